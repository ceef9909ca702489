"""What a site is told from outside: all of it from the environment, read once, checked before the first request."""

import json
import os
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from parentsite.foundation.clock import Clock, FileClock, SystemClock
from parentsite.foundation.sealed import KEY_BYTES, Keyring

PREFIX = "PARENTSITE_"
DEMO = "demo-"
"""What the ids and secrets of the demo's clients begin with."""
BEGUN_EACH_HOUR = 20
"""Anonymous conversations that may begin in an hour, when nothing else is set."""
SECRET_NAMES = ("SECRET_PARENTS", "SECRET_SAMTALE", "SECRET_DESK", "SEAL_KEYS", "INDEX_KEY")


class Mode(StrEnum):
    """Production keeps every promise; demo and test bring their own keys, sign-in and clock."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class SettingsError(Exception):
    """The site must not start; `problems` says in sentences what to mend."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Provider:
    """One OpenID Connect provider as the site is registered with it."""

    issuer: str
    client_id: str
    client_secret: str
    minimum_assurance: str | None = None


@dataclass(frozen=True)
class Apart:
    """Where the anonymous conversation keeps what is its own: a SQLite file, and a folder of secrets that lies neither
    beside it nor in its backup; so many conversations may begin in an hour; so many days a backup of the file is kept,
    which whoever deletes a conversation is told (a demo has none).
    """

    database: Path
    keys: Path
    begun_each_hour: int
    backup_days: int


@dataclass(frozen=True)
class Settings:
    """Everything a process of the site needs to know; `base_url` has no trailing slash.

    `proxies` is how many proxies of the town's own stand in front and may say who the visitor is.
    """

    mode: Mode
    data: Path
    database_url: str
    base_url: str
    secrets: Mapping[str, str]
    keyring: Keyring
    keys_are_embedded: bool
    parents_provider: Provider
    staff_provider: Provider
    mail_url: str
    mail_sender: str
    apart: Apart
    proxies: int = 0

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read `PARENTSITE_*`; raises `SettingsError` naming every variable that is missing or malformed."""
        env = {k[len(PREFIX) :]: v for k, v in (environ or os.environ).items() if k.startswith(PREFIX)}
        mode = _mode(env.get("MODE", Mode.PRODUCTION.value))
        data = Path(env.get("DATA", "data")).resolve()
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        embedded = mode is not Mode.PRODUCTION and not all(name in env for name in SECRET_NAMES)
        if embedded:
            env = {**_embedded_secrets(data), **env}
        missing = tuple(f"{PREFIX}{name} is not set." for name in _required(mode) if not env.get(name))
        if missing:
            raise SettingsError(missing)
        try:
            keyring = Keyring.from_text(env["SEAL_KEYS"], env["INDEX_KEY"])
        except ValueError as error:
            raise SettingsError((f"{PREFIX}SEAL_KEYS or {PREFIX}INDEX_KEY: {error}.",)) from error
        settings = cls(
            mode=mode,
            data=data,
            database_url=env.get("DATABASE_URL", f"sqlite:///{data / 'parentsite.db'}"),
            base_url=env.get("BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
            secrets={name: env[f"SECRET_{name.upper()}"] for name in ("parents", "samtale", "desk")},
            keyring=keyring,
            keys_are_embedded=embedded,
            parents_provider=_provider(env, "PARENTS", mode),
            staff_provider=_provider(env, "STAFF", mode),
            mail_url=env.get("MAIL_URL", f"file://{data / 'letters'}"),
            mail_sender=env.get("MAIL_SENDER", "parentsite@example.org"),
            apart=_apart(env, data),
            proxies=_number(env, "PROXIES", 0),
        )
        if problems := settings.problems():
            raise SettingsError(problems)
        return settings

    @property
    def is_production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @property
    def clock(self) -> Clock:
        """The machine's clock; in demo and test one that can be set from outside for the whole site."""
        return SystemClock() if self.is_production else FileClock(self.data / "clock")

    @property
    def host(self) -> str:
        """The one host name (with port) that the site answers to."""
        return urlsplit(self.base_url).netloc

    @property
    def is_secure(self) -> bool:
        """Whether cookies may demand HTTPS."""
        return self.base_url.startswith("https://")

    def problems(self) -> tuple[str, ...]:
        """Why a production site must not start; empty for demo and test."""
        if not self.is_production:
            return ()
        providers = (self.parents_provider, self.staff_provider)
        checks = (
            (self.is_secure, f"{PREFIX}BASE_URL must begin with https://."),
            (
                all(one.issuer.startswith("https://") for one in providers),
                "A sign-in provider must begin with https://; the demo one is refused.",
            ),
            (
                not any(name.startswith(DEMO) for one in providers for name in (one.client_id, one.client_secret)),
                "A sign-in provider still has the demo's client: ask it for a CLIENT_ID and CLIENT_SECRET of your own.",
            ),
            (self.mail_url.startswith(("smtp://", "smtps://")), f"{PREFIX}MAIL_URL must be smtp:// or smtps://."),
            (
                _are_apart(self.apart.database.parent, self.apart.keys),
                f"{PREFIX}COUNSELLING_KEYS must not lie with {PREFIX}COUNSELLING_DATABASE, nor in its backup.",
            ),
            (len(set(self.secrets.values())) == 3, "Each of the three apps needs a secret of its own."),
            (all(len(s) >= 32 for s in self.secrets.values()), "Each secret needs 32 characters or more."),
        )
        return tuple(message for holds, message in checks if not holds)


def _required(mode: Mode) -> tuple[str, ...]:
    if mode is not Mode.PRODUCTION:
        return ()
    clients = tuple(
        f"{who}_{what}" for who in ("PARENTS", "STAFF") for what in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    )
    # How sure MitID must be is for the town to choose (NSIS): left out, any level would do.
    places = ("DATABASE_URL", "COUNSELLING_DATABASE", "COUNSELLING_KEYS", "COUNSELLING_BACKUP_DAYS")
    return (*SECRET_NAMES, *places, "BASE_URL", "MAIL_URL", "MAIL_SENDER", *clients, "PARENTS_ASSURANCE")


def _mode(written: str) -> Mode:
    if written not in list(Mode):
        raise SettingsError((f"{PREFIX}MODE must be one of {', '.join(Mode)}.",))
    return Mode(written)


def _number(env: Mapping[str, str], name: str, otherwise: int) -> int:
    written = env.get(name, str(otherwise))
    if not written.isdecimal():
        raise SettingsError((f"{PREFIX}{name} must be a whole number.",))
    return int(written)


def _apart(env: Mapping[str, str], data: Path) -> Apart:
    return Apart(
        database=Path(env.get("COUNSELLING_DATABASE", data / "samtale" / "samtale.db")).resolve(),
        keys=Path(env.get("COUNSELLING_KEYS", data / "samtale-keys")).resolve(),
        begun_each_hour=_number(env, "COUNSELLING_EACH_HOUR", BEGUN_EACH_HOUR),
        backup_days=_number(env, "COUNSELLING_BACKUP_DAYS", 0),
    )


def _are_apart(one: Path, other: Path) -> bool:
    return not (one.is_relative_to(other) or other.is_relative_to(one))


def _provider(env: Mapping[str, str], who: str, mode: Mode) -> Provider:
    return Provider(
        issuer=env.get(f"{who}_ISSUER", "http://127.0.0.1:8001"),
        client_id=env.get(f"{who}_CLIENT_ID", f"{DEMO}{who.lower()}"),
        client_secret=env.get(f"{who}_CLIENT_SECRET", f"{DEMO}{who.lower()}-secret"),
        minimum_assurance=env.get(f"{who}_ASSURANCE"),
    )


def _embedded_secrets(data: Path) -> dict[str, str]:
    """Keys made on the first start of a demo and kept beside its database, readable by its owner only."""
    path = data / "keys.json"
    made = {name: _new_secret(name) for name in SECRET_NAMES}
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
            json.dump(made, handle)
        return made
    except FileExistsError:
        kept: dict[str, str] = json.loads(path.read_text(encoding="ascii"))
        return kept


def _new_secret(name: str) -> str:
    if name in {"SEAL_KEYS", "INDEX_KEY"}:
        return b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    return secrets.token_urlsafe(32)
