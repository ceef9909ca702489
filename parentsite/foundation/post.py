"""How a letter leaves the house: by SMTP, or (a demo) into a folder that can be read on a page."""

import hashlib
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from parentsite.foundation.i18n import DANISH, LANGUAGES, Language
from parentsite.foundation.templates import LanguageEnvironment

TIMEOUT_SECONDS = 20


class CannotSend(Exception):
    """The transport did not take the letter; the message says why, without the receiver's address."""


@dataclass(frozen=True)
class Addressee:
    """Who receives: an e-mail address and the language the letter is read in."""

    email: str
    language: str


@dataclass(frozen=True)
class Parts:
    """A rendered letter: one subject, and the same text plain and as HTML."""

    subject: str
    text: str
    html: str


class Transport(Protocol):
    """Takes a finished message or raises `CannotSend`."""

    def send(self, message: EmailMessage) -> None: ...


@dataclass(frozen=True)
class SmtpTransport:
    """SMTP; TLS from the start for `smtps`, upgraded whenever the server offers it for `smtp`."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    implicit_tls: bool = False

    def send(self, message: EmailMessage) -> None:
        try:
            with self._connection() as server:
                if not self.implicit_tls and server.has_extn("starttls"):
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password or "")
                server.send_message(message)
        except smtplib.SMTPResponseException as error:
            raise CannotSend(f"{type(error).__name__} {error.smtp_code}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise CannotSend(type(error).__name__) from error

    def _connection(self) -> smtplib.SMTP:
        if self.implicit_tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        server.ehlo()
        return server


@dataclass(frozen=True)
class FolderTransport:
    """Writes each message as an `.eml` file named by its key; a repeat overwrites itself."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").split("@")[0]
        (self.folder / f"{name}.eml").write_bytes(bytes(message))


def transport_for(url: str) -> Transport:
    """The transport of a `smtp://user:password@host:port`, `smtps://…` or `file:///folder` address."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderTransport(Path(unquote(parts.path)))
    secure = parts.scheme == "smtps"
    return SmtpTransport(
        host=parts.hostname or "localhost",
        port=parts.port or (465 if secure else 25),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        implicit_tls=secure,
    )


class LetterPress:
    """Renders letters: the receiver's language first, the Danish below, since Danish binds."""

    def __init__(self, template_globals: Mapping[str, Any]) -> None:
        languages = LANGUAGES.values()
        self._html = {one.code: LanguageEnvironment(one, template_globals) for one in languages}
        self._text = {one.code: LanguageEnvironment(one, template_globals, plain=True) for one in languages}

    def render(self, name: str, language: Language, context: Mapping[str, Any]) -> Parts:
        """The letter `name` (`journey/letter`) in `language`, and in Danish below when that is another."""
        codes = [language.code] if language == DANISH else [language.code, DANISH.code]
        folder = f"letters/{name}"
        return Parts(
            subject=self._text[language.code].get_template(f"{folder}/subject.txt").render(context).strip(),
            text="\n\n———\n\n".join(
                self._text[code].get_template(f"{folder}/body.txt").render(context).strip() for code in codes
            ),
            html=self._html[language.code]
            .get_template("letters/frame.html")
            .render(
                bodies=[
                    (LANGUAGES[code], self._html[code].get_template(f"{folder}/body.html").render(context))
                    for code in codes
                ]
            ),
        )


def compose(parts: Parts, to: Addressee, sender: str, key: str, moment: datetime) -> EmailMessage:
    """A mail with a Message-ID made from the letter's key, so that a repeat is recognised."""
    message = EmailMessage()
    message["Subject"] = parts.subject
    message["From"] = sender
    message["To"] = to.email
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2].strip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parts.text)
    message.add_alternative(parts.html, subtype="html")
    # After the parts: making a message of several moves the Content-… headers it has into the first.
    message["Content-Language"] = to.language
    return message
