"""My own receipts about a child: every answer, its words, and how it stands; and the same as a file to keep."""

from uuid import UUID

from flask import Response

from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.language import gettext, language
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.spreadsheet import cell_of, spreadsheet
from parentsite.foundation.web.transactions import work
from parentsite.readiness.service.receipts import Kept, receipts_of_child
from parentsite.readiness.views.blueprint import mit
from parentsite.readiness.views.receipt_words import said, stands, what_for


@mit.get("/<uuid:child>/kvitteringer")
@open_to(parents)
def receipts(child: UUID) -> Response:
    """The newest first."""
    seen, found = receipts_of_child(work(), me(), child)
    words = {"what_for": what_for, "said": said, "stands": stands, "languages": LANGUAGES}
    return page("readiness/receipts.html", child=seen, receipts=found, words=words)


@mit.get("/<uuid:child>/kvitteringer.csv")
@open_to(parents)
def receipts_file(child: UUID) -> Response:
    """All of them, to keep."""
    _, found = receipts_of_child(work(), me(), child)
    heads = (
        gettext("When (Danish time)"),
        gettext("Who"),
        gettext("Answer"),
        gettext("What for"),
        gettext("To whom"),
        gettext("Words and language"),
        gettext("Ends by itself on"),
        gettext("Now"),
        gettext("Control code"),
    )
    return spreadsheet("kvitteringer", heads, map(_row, found))


def _row(one: Kept) -> tuple[str, ...]:
    receipt = one.receipt
    version = gettext("Version %(number)s") % {"number": receipt.shown.version}
    return (
        cell_of(receipt.said_at),
        gettext("You, on paper") if receipt.on_paper else gettext("You"),
        said(receipt.answer),
        what_for(one.kind, one.allowed),
        receipt.shown.receiver_name,
        f"{version} · {LANGUAGES[receipt.shown.language].name}",
        language().day(receipt.until) if receipt.until else "",
        stands(one.now),
        receipt.link,
    )
