"""The staff's front page: what waits, across the journeys. In demo mode also the letters that were sent."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from flask import Blueprint, Response, g

from parentsite.foundation.journey import Journey
from parentsite.foundation.web.access import anyone, open_to, staff
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work

LETTERS_SHOWN = 50


def desk_pages(journeys: Sequence[Journey]) -> Blueprint:
    """The blueprint `desk`, over all journeys."""
    desk = Blueprint("desk", __name__, url_prefix="/desk")

    @desk.get("/")
    @open_to(staff())
    def front() -> Response:
        items = [item for journey in journeys for item in journey.queue(work()) if item.role in g.actor.roles]
        return page("desk/front.html", items=items, roles=g.actor.roles)

    return desk


def outbox_pages(folder: Path) -> Blueprint:
    """The blueprint `outbox`: letters a demo site wrote to `folder` instead of sending them. Never in production."""
    outbox = Blueprint("outbox", __name__, url_prefix="/desk/udbakke")

    @outbox.get("")
    @open_to(anyone)
    def letters() -> Response:
        newest = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
        parser = BytesParser(EmailMessage, policy=default)
        messages = [parser.parsebytes(path.read_bytes()) for path in newest[:LETTERS_SHOWN]]
        shown = [
            {
                "subject": str(message["Subject"]),
                "to": str(message["To"]),
                "sent_at": message["Date"].datetime,
                "text": _plain(message),
                "lang": str(message["Content-Language"]),
            }
            for message in messages
        ]
        return page("desk/outbox.html", letters=shown)

    return outbox


def _plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""
