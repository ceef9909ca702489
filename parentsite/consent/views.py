"""A parent's own receipts about a child, for every journey: each answer, its words and how it stands, as a page and as
a file to keep; and the form that a custody holder signs who cannot answer on the site. The journey asks who may see
them, and says what each was for.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, abort

from parentsite.consent.rules import Answer, Matter
from parentsite.consent.service.receipts import Kept, Now
from parentsite.foundation.i18n import DANISH, LANGUAGES, Language
from parentsite.foundation.web.language import gettext, language
from parentsite.foundation.web.pages import page, part
from parentsite.foundation.web.spreadsheet import cell_of, spreadsheet

WhatFor = Callable[[Matter], str]
"""What the receiver may do, in a journey's words."""


def receipts_page(child: Any, kept: Sequence[Kept], what_for: WhatFor, *, back: tuple[str, str], file: str) -> Response:
    """The newest first; `back` is the address and the name of the page where they were given, `file` that of the
    download.
    """
    words = {"what_for": what_for, "said": said, "stands": stands, "languages": LANGUAGES}
    return page("consent/receipts.html", child=child, receipts=kept, words=words, back=back, file=file)


def receipts_file(kept: Sequence[Kept], what_for: WhatFor) -> Response:
    """All of them, to keep."""
    heads = (
        gettext("When (Danish time)"),
        gettext("Who"),
        gettext("Answer"),
        gettext("What for"),
        gettext("To whom"),
        gettext("Words and language"),
        gettext("Ends by itself on"),
        gettext("Now"),
        gettext("Kept at least until"),
        gettext("Control code"),
    )
    return spreadsheet("kvitteringer", heads, (_row(one, what_for) for one in kept))


def _row(one: Kept, what_for: WhatFor) -> tuple[str, ...]:
    receipt = one.receipt
    version = gettext("Version %(number)s") % {"number": receipt.shown.version}
    return (
        cell_of(receipt.said_at),
        gettext("You, on paper") if receipt.on_paper else gettext("You"),
        said(receipt.answer),
        what_for(one.matter),
        receipt.shown.receiver_name,
        f"{version} · {LANGUAGES[receipt.shown.language].name}",
        language().day(receipt.until) if receipt.until else "",
        stands(one.now),
        language().day(one.until) if one.until else "",
        receipt.link,
    )


def said(answer: Answer) -> str:
    """Yes, no, or taken back."""
    return {"yes": gettext("Yes"), "no": gettext("No"), "withdrawn": gettext("Taken back")}[answer]


def stands(now: Now) -> str:
    """How the answer stands today."""
    words = {
        Now.HOLDS: gettext("Counts now"),
        Now.ENDED: gettext("Has ended by itself"),
        Now.TAKEN_BACK: gettext("Taken back"),
        Now.REPLACED: gettext("You have answered anew since"),
    }
    return words[now]


def form_to_sign(
    written: str, question: str, terms: str | None = None, *, asked: Mapping[str, Any], **facts: Any
) -> Response:
    """The words of the version that a signature will stand for, to print: of the questions that are `asked` those that
    a yes can answer, `written` in that language of the site and in Danish, which binds; 404 for any other. `question`
    is the template of one question, `terms` of what is read before all of them; `facts` are what both know.
    """
    if written not in LANGUAGES:
        abort(404)
    spoken = [LANGUAGES[written]] if written == DANISH.code else [LANGUAGES[written], DANISH]

    def say(template: str, **more: Any) -> Sequence[tuple[Language, Any]]:
        return [(one, part(one, template, **facts, **more)) for one in spoken]

    questions = [one for one in asked.values() if Answer.YES in one.answers]
    return page("consent/desk/form.html", say=say, question=question, terms=terms, questions=questions, **facts)
