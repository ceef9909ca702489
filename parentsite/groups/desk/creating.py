"""A new group: first what kind it is, then the rest, filled in as that kind usually is."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, abort, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.i18n import DANISH
from parentsite.foundation.web.access import gives_back_what_was_typed, open_to
from parentsite.foundation.web.asker import fresh_key, key_of, me
from parentsite.foundation.web.forms import typed
from parentsite.foundation.web.pages import go_to, page, refused
from parentsite.foundation.web.transactions import moment, work
from parentsite.groups.desk.blueprint import desk, organisers
from parentsite.groups.desk.forms import GroupForm, OpenGroupForm
from parentsite.groups.policy import policy_of
from parentsite.groups.rules.fitting import proposed_births
from parentsite.groups.rules.series import Rhythm
from parentsite.groups.service import meetings, staffing
from parentsite.town.groups import GroupForm as Way
from parentsite.town.groups import GroupKind
from parentsite.town.service import current_town


@desk.get("/ny")
@open_to(organisers)
def kinds() -> Response:
    """Which kind the new group is of."""
    return page("groups/desk/kinds.html")


@desk.route("/ny/<code>", methods=["GET", "POST"])
@gives_back_what_was_typed
@open_to(organisers)
def create(code: str) -> AnyResponse:
    """Fill in the rest, and make the group with its meetings."""
    town = current_town(work().session)
    kind = town.group_kind(code) or abort(404)
    form = typed(OpenGroupForm if kind.form is Way.OPEN else GroupForm, data=_usual(kind)).of(town)
    if form.is_submitted():
        made = key_of(form.once.data)
        if form.validate() and form.is_sound(town, moment()):
            _make(made, kind, form)
            return go_to(url_for("groups_desk.group", group_id=made), gettext("The group is made."))
    show = refused if form.is_submitted() else page
    return show("groups/desk/create.html", form=form, kind=kind)


def _make(made: UUID, kind: GroupKind, form: OpenGroupForm) -> None:
    town = current_town(work().session)
    plan = staffing.Plan(
        kind.code, form.district.data or None, form.births, form.places, tuple(form.languages.data or ())
    )
    staffing.open_group(work(), made, me(), plan)
    meetings.plan_meetings(work(), made, made, form.all_hours(town), form.address.data)


_DAYTIME = {"begins": "10:00", "ends": "12:00", "every": Rhythm.WEEKLY.value, "times": 8}
_USUAL: Mapping[Way, Mapping[str, Any]] = {
    Way.FIXED: _DAYTIME,
    Way.OPEN: {**_DAYTIME, "times": 10},
    Way.EVENING: {"begins": "19:00", "ends": "21:00", "every": Rhythm.ONCE.value, "times": 1},
}
"""How each form of group usually meets, for the desk to change."""


def _usual(kind: GroupKind) -> dict[str, Any]:
    proposed: dict[str, Any] = {**_USUAL[kind.form], "languages": [DANISH.code], "once": fresh_key()}
    if kind.form is Way.FIXED:
        policy = policy_of(current_town(work().session))
        # The children who are there already: the mothers' groups of those to come are made later.
        births = proposed_births(work().today - timedelta(weeks=policy.birth_weeks) / 2, policy.birth_weeks)
        proposed |= {"capacity": policy.size, "born_from": births.first, "born_until": births.last}
    return proposed
