"""The staff's front page: what waits, across the journeys. In demo mode also the letters that were sent."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from flask import Blueprint, Response, g, request

from parentsite.desk.acts import all_offices, say
from parentsite.desk.figures import figure_pages
from parentsite.desk.log.pages import log_pages
from parentsite.desk.queue import in_order
from parentsite.desk.search import search_pages
from parentsite.foundation.journey import Journey
from parentsite.foundation.web.access import anyone, open_to, staff
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.transactions import work

LETTERS_SHOWN = 50


def desks_own(journeys: Sequence[Journey]) -> list[Blueprint]:
    """All pages that are no journey's own."""
    return [desk_pages(journeys), search_pages(journeys), figure_pages(journeys), log_pages(journeys)]


def desk_pages(journeys: Sequence[Journey]) -> Blueprint:
    """The blueprint `desk`, over all journeys."""
    desk = Blueprint("desk", __name__, url_prefix="/desk")

    offices = all_offices(journeys)

    @desk.get("/")
    @open_to(staff())
    def front() -> Response:
        """What waits for this member of the staff, of all teams or of one."""
        items = [item for journey in journeys for item in journey.queue(work()) if item.role in g.actor.roles]
        own = sorted({item.role for item in items if item.role in offices})
        wanted = request.args.get("team")
        shown = [item for item in items if item.role == wanted] if wanted in own else items
        teams = [(role, say(offices[role])) for role in own] if len(own) > 1 else []
        team = wanted if wanted in own else None
        return page("desk/front.html", queue=in_order(shown, work().today), teams=teams, team=team)

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
