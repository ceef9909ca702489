"""The start talk at the daycare: asking the health visitor to take part, and, apart from it, what may be passed on."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from parentsite.consent.rules import Answer
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.language import language
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.town.service import current_town
from parentsite.visits.forms import PassingOnForm, StartTalkForm
from parentsite.visits.service import passing_on, start_talks
from parentsite.visits.service.errors import NoSuchHouse, NotFound
from parentsite.visits.service.passing_on import Sheet
from parentsite.visits.views.blueprint import mit

_ANOTHER = _l("The daycare is another one by now. Read the page again before you answer.")


@mit.route("/<uuid:child>/start-samtale", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(parents)
def start_talk(child: UUID) -> AnyResponse:
    """What the start talk is, whether the health visitor comes, and my answer about passing on."""
    sheet = passing_on.sheet_of(work(), me(), child)
    form = typed(StartTalkForm)
    form.house.choices = _houses(sheet)
    if form.is_submitted() and not sheet.may_ask:
        raise NotFound(child)
    if form.is_submitted() and form.validate():
        try:
            start_talks.ask(work(), me(), child, form.house.data)
            said = gettext("You have asked the health visitor to take part. We pass nothing on without your consent.")
            return go_to(_here(child), said=said)
        except NoSuchHouse:
            form.refuse(form.house, _ANOTHER)
    return _show(sheet, form)


@mit.post("/<uuid:child>/start-samtale/fortryd")
@open_to(parents)
def start_talk_off(child: UUID) -> AnyResponse:
    """The health visitor need not come."""
    start_talks.take_back(work(), me(), child)
    return go_to(_here(child), said=gettext("The health visitor does not take part."))


@mit.post("/<uuid:child>/start-samtale/samtykke")
@open_to(parents)
def pass_on(child: UUID) -> AnyResponse:
    """My yes or no to passing on."""
    sheet = passing_on.sheet_of(work(), me(), child)
    form = typed(PassingOnForm)
    if not sheet.may_answer:
        raise NotFound(child)
    if form.validate() and form.is_to(passing_on.VERSION, form.answer):
        said = Answer(form.answer.data)
        try:
            passing_on.answer(work(), me(), child, form.house.data, said, language().code)
            told = (
                gettext("You have said yes.") if said is Answer.YES else gettext("You have said no. Nothing changes.")
            )
            return go_to(_here(child), said=told)
        except NoSuchHouse:
            form.refuse(form.answer, _ANOTHER)
    return _show(sheet, form)


@mit.post("/<uuid:child>/start-samtale/samtykke/tilbage")
@open_to(parents)
def pass_on_off(child: UUID) -> AnyResponse:
    """I take my yes back: the one that the page showed, whichever daycare the talk is at by now."""
    passing_on.withdraw(work(), me(), child, typed(PassingOnForm).house.data or "")
    return go_to(_here(child), said=gettext("You have taken your yes back. It counts no more."))


def _show(sheet: Sheet, form: StartTalkForm | PassingOnForm) -> AnyResponse:
    show = refused if form.is_submitted() else page
    asking = form if isinstance(form, StartTalkForm) else StartTalkForm(None)
    asking.house.choices = _houses(sheet)
    return show("visits/start_talk.html", form=form, asking=asking, sheet=sheet, **_words())


def _words() -> dict[str, Any]:
    """The version of the words that are read before the answer, and the day that stands in them."""
    return {"version": passing_on.VERSION, "until": passing_on.until(work(), work().today)}


def _houses(sheet: Sheet) -> list[tuple[str, str]]:
    """The daycare that is known; else the town's, to choose from."""
    town, today = current_town(work().session), work().today
    if sheet.house is not None:
        known = town.facility(sheet.house)
        return [(sheet.house, known.name if known else sheet.house)]
    return [("", ""), *((one.code, one.name) for one in town.facilities if one.takes_wishes(today))]


def _here(child: UUID) -> str:
    return url_for("visits.start_talk", child=child)
