"""What became of an application: the list, the receipt, the case, withdrawing it."""

from typing import Any
from uuid import UUID

from flask import Response, abort, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import work
from parentsite.people.children import children_of
from parentsite.places.forms import DecideForm
from parentsite.places.rules.vocabulary import ApplicationState
from parentsite.places.service import cases, overview, withdrawing
from parentsite.places.service.errors import OtherParentMustAgree, Stale
from parentsite.places.views.blueprint import mit
from parentsite.town.service import current_town


@mit.get("")
@open_to(parents)
def front() -> Response:
    """All my cases, and the way to a new one: for the child by whose name one came, if by any."""
    children = children_of(work().session, me(), work().today)
    asked = next((child for child in children if str(child.id) == request.args.get("barn")), None)
    return page("places/cases.html", cases=overview.cases_of(work(), me(), children), child=asked)


@mit.get("/<uuid:application>/kvittering")
@open_to(parents)
def receipt(application: UUID) -> Response:
    """The receipt: case number, guarantee in writing, what happens next."""
    case = cases.case_for(work(), me(), application)
    if not case.may_act:
        abort(404)
    return page("places/receipt.html", case=case, reply_days=_settings().expected_reply_days.value)


@mit.get("/<uuid:application>")
@open_to(parents)
def case(application: UUID) -> Response:
    """Follow the case."""
    facts = {"reply_days": _settings().expected_reply_days.value, "today": work().today}
    return page("places/case.html", case=cases.case_for(work(), me(), application), **facts)


@mit.route("/<uuid:application>/traek-tilbage", methods=["GET", "POST"])
@open_to(parents)
def withdraw(application: UUID) -> AnyResponse:
    """Withdraw, the consequence said first."""
    form = typed(DecideForm)
    changed = False
    if form.is_submitted():
        try:
            withdrawing.withdraw(work(), me(), application, form.shown, bool(form.agrees.data))
            return go_to(url_for("places.case", application=application))
        except OtherParentMustAgree:
            form.ask_other_parent()
        except Stale:
            changed = True
    now = cases.case_for(work(), me(), application)
    if not now.may_act:
        abort(404)
    if now.state is ApplicationState.WITHDRAWN or not now.is_live:
        return go_to(url_for("places.case", application=application))
    facts: dict[str, Any] = {"case": now, "form": form, "changed": changed}
    return refused("places/withdraw.html", **facts) if form.is_submitted() else page("places/withdraw.html", **facts)


def _settings() -> Any:
    return current_town(work().session).settings
