"""The pages of the log. What is opened or saved is in the audit first, with why."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.desk.acts import say
from parentsite.desk.forms import FindForm
from parentsite.desk.log.forms import LogForm
from parentsite.desk.log.words import Words
from parentsite.foundation import chain
from parentsite.foundation.journey import Journey
from parentsite.foundation.reading import Reading
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to, staff
from parentsite.foundation.web.forms import PageForm, asked, typed
from parentsite.foundation.web.language import gettext
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.reading import read_for
from parentsite.foundation.web.spreadsheet import cell_of, spreadsheet
from parentsite.foundation.web.transactions import look, work
from parentsite.people.casework import Named, named
from parentsite.people.finding import children_like
from parentsite.people.logbook import MOST_IN_A_FILE, page_of, whole
from parentsite.people.oversight import EXPORT, FOUND, LOG, PURPOSES, ROLE, Oversight

NEWEST = 20_000
"""So many links are proved while somebody waits; all of them by `parentsite audit`."""
officer = staff(ROLE)


def log_pages(journeys: Sequence[Journey]) -> Blueprint:
    """The blueprint `desk_log`, over what is done in all journeys."""
    log, words = Blueprint("desk_log", __name__, url_prefix="/desk/log"), Words(tuple(journeys))

    @log.get("")
    @open_to(officer)
    def entries() -> Response:
        """What was asked for, newest first; at first only the question."""
        return _entries(words)

    @log.get("/log.csv")
    @open_to(officer)
    def file() -> Response:
        """The same, whole, as a file."""
        return _file(words)

    log.add_url_rule("/barn", view_func=child, methods=["GET", "POST"])
    log.add_url_rule("/kaede", view_func=prove, methods=["POST"])
    return log


def _entries(words: Words) -> Response:
    form = _form(words)
    purposes = [(one.value, say(told), None) for one, told in PURPOSES.items()]
    shown: dict[str, Any] = {"form": form, "roles": words.roles(), "purposes": purposes, "child": _child(form)}
    if not form.has_begun:
        form.fra.data, form.til.data = form.period(work().today)
        return page("desk/log/entries.html", sheet=None, **shown)
    if not form.is_sound(work().today):
        return refused("desk/log/entries.html", sheet=None, **shown)
    form.fra.data, form.til.data = form.period(work().today)
    sheet = page_of(work(), form.asked(work().today), asked(PageForm).number)
    again = form.again(work().today)
    _note(LOG, form)
    told = [words.told(one) for one in sheet.rows]
    return page("desk/log/entries.html", sheet=sheet, rows=told, again=again, **shown)


def _file(words: Words) -> Response:
    form = _form(words)
    if not form.has_begun or not form.is_sound(work().today):
        abort(404)
    found = whole(work(), form.asked(work().today))
    if found is None:
        return refused("desk/log/too_much.html", again=form.again(work().today), most=MOST_IN_A_FILE)
    _note(EXPORT, form)
    heads = [gettext("When (Danish time)"), gettext("Who"), gettext("What"), gettext("Children"), gettext("Adults")]
    told = (words.told(one) for one in found)
    rows = (
        (cell_of(one.entry.at), one.who, one.what, str(one.entry.children), str(one.entry.adults), one.why)
        for one in told
    )
    return spreadsheet("log", [*heads, gettext("Why")], rows)


@gives_back_what_was_typed
@open_to(officer)
def child() -> AnyResponse:
    """Find the child whose log is to be read: by name or number, sent and never in an address."""
    form = typed(FindForm)
    if not form.is_submitted():
        return page("desk/log/child.html", form=form, found=None)
    if not form.validate():
        return refused("desk/log/child.html", form=form, found=None)
    with look() as now:
        found = children_like(now.session, form.q.data)
    read_for(Oversight.QUESTION, FOUND, [(one.id, one.id) for one in found], ("search", "children"))
    # A personal number is shown nowhere, not even to who typed it.
    return page("desk/log/child.html", form=FindForm(None), found=found)


@open_to(officer)
def prove() -> AnyResponse:
    """Prove the newest links of the chain, while the officer waits."""
    with look() as now:
        broken = chain.broken_links(now.session, NEWEST)
    if broken:
        return refused("desk/log/broken.html", broken=broken)
    said = gettext("The chain proves itself: no entry among the newest is missing or has been changed.")
    return go_to(url_for("desk_log.entries"), said)


def _form(words: Words) -> LogForm:
    form = asked(LogForm)
    form.rolle.choices = ["", *words.offices]
    return form


def _child(form: LogForm) -> Named | None:
    """The child whose log it is; no other id than a child's leads anywhere."""
    try:
        wanted: UUID | None = form.child
    except ValueError:
        abort(404)
    return None if wanted is None else named(work().session, [wanted]).get(wanted) or abort(404)


def _note(kind: Reading, form: LogForm) -> None:
    """What was opened, in the audit before it is shown; told to the child's parents when it was one child's."""
    wanted, (first, last) = form.child, form.period(work().today)
    about = ("log", f"{first} {last} {form.rolle.data or '*'}")
    read_for(form.purpose, kind, [(wanted, wanted)] if wanted else [], about)
