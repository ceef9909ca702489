"""Picking a time: the free ones by day, one held for a few minutes, then confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from parentsite.foundation.clock import local_date
from parentsite.foundation.web.access import open_to, parents
from parentsite.foundation.web.asker import me
from parentsite.foundation.web.forms import asked, typed
from parentsite.foundation.web.pages import REFUSED, answer, go_to, page
from parentsite.foundation.web.transactions import look, settle, work
from parentsite.visits.forms import PickForm, TimesForm
from parentsite.visits.service import asking, booking, times
from parentsite.visits.service.errors import AlreadyBooked, SlotGone, TooLate
from parentsite.visits.service.plans import Plan
from parentsite.visits.service.times import FreeTime
from parentsite.visits.views.blueprint import live, mit, my_policy, offered, open_to_picking


class Refusal(StrEnum):
    """Why a time was not given; the page says it in words and shows the times anew."""

    UNREADABLE = auto()
    GONE = auto()
    BOOKED = auto()
    LATE = auto()


MOST_SHOWN = 40
"""Times on one page, in whole days: more than anybody compares, and as many bytes as a page may have."""


@dataclass(frozen=True)
class Shown:
    """Free times by day, and the first day that did not find room."""

    days: Sequence[tuple[date, Sequence[FreeTime]]]
    later: date | None


@mit.route("/<uuid:child>/<visit>", methods=["GET", "POST"])
@open_to(parents)
def pick(child: UUID, visit: str) -> AnyResponse:
    """The free times; pressing one holds it."""
    form = typed(PickForm)
    if not form.is_submitted():
        return _times(open_to_picking(child, visit), visit)
    if form.slot_id is None:
        return _refuse(open_to_picking(child, visit), visit, Refusal.UNREADABLE)
    is_gone, plan = _is_gone(child, form.slot_id), open_to_picking(child, visit)
    try:
        if is_gone:
            raise SlotGone(form.slot_id)
        times.hold(work(), me(), child, visit, form.slot_id)
    except SlotGone:
        return _refuse(plan, visit, Refusal.GONE)
    return go_to(url_for("visits.decide", child=child, visit=visit, slot=form.slot_id))


@mit.route("/<uuid:child>/<visit>/tid/<uuid:slot>", methods=["GET", "POST"])
@open_to(parents)
def decide(child: UUID, visit: str, slot: UUID) -> AnyResponse:
    """The time that is held, and the one button that takes it; a hold that has run out is said to have."""
    if request.method != "POST":
        return _decide(open_to_picking(child, visit), visit, slot)
    is_gone, plan = _is_gone(child, slot), open_to_picking(child, visit)
    try:
        return _take(plan, visit, slot, is_gone=is_gone)
    except (SlotGone, AlreadyBooked, TooLate) as error:
        return _refuse(plan, visit, _REFUSALS[type(error)])


@mit.post("/<uuid:child>/<visit>/slip")
@open_to(parents)
def let_go(child: UUID, visit: str) -> AnyResponse:
    """Give back what is held: others can take it at once."""
    open_to_picking(child, visit)
    times.let_go(work(), me(), child)
    return go_to(url_for("visits.pick", child=child, visit=visit), said=gettext("We no longer hold the time."))


def _decide(plan: Plan, visit: str, slot: UUID) -> AnyResponse:
    before = live(plan, visit)
    if before is not None and before.slot_id == slot:
        return go_to(url_for("visits.appointment", appointment=before.id))
    free = times.free_in(work(), me(), plan, visit)
    wanted = next((one for one in free if one.slot_id == slot), None)
    if wanted is None:
        return _times(plan, visit, Refusal.GONE)
    facts: dict[str, Any] = {"offer": offered(plan, visit), "time": wanted, "before": before, "policy": my_policy()}
    return page("visits/decide.html", child=plan.child, visit=visit, **facts)


def _is_gone(child: UUID, slot: UUID) -> bool:
    """Asked before the plan is read: what is gone because this very parent has it, the plan then shows."""
    with look() as now:
        return times.is_gone(now, me(), child, slot)


def _take(plan: Plan, visit: str, slot: UUID, *, is_gone: bool) -> AnyResponse:
    before = live(plan, visit)
    if before is not None and before.slot_id == slot:
        return go_to(url_for("visits.appointment", appointment=before.id))
    if is_gone:
        raise SlotGone(slot)
    if before is None:
        made = booking.book(work(), me(), plan.child.id, visit, slot)
        said = gettext("The time is yours.")
    else:
        made = before.id
        booking.move(work(), me(), made, slot)
        said = gettext("The visit is moved. Your old time is free for others.")
    return go_to(url_for("visits.appointment", appointment=made), said=said)


def _refuse(plan: Plan, visit: str, refusal: Refusal) -> Response:
    """The times that are left now. The write is given up first: when many are too late at once, nobody waits for the
    others' pages.
    """
    settle(commit=False)
    is_as_read = refusal in (Refusal.GONE, Refusal.UNREADABLE)
    return _times(plan if is_as_read else open_to_picking(plan.child.id, visit), visit, refusal)


def _times(plan: Plan, visit: str, refusal: Refusal | None = None) -> Response:
    form = asked(TimesForm)
    before = live(plan, visit)
    free = times.free_in(work(), me(), plan, visit)
    facts: dict[str, Any] = {
        "child": plan.child,
        "visit": visit,
        "offer": offered(plan, visit),
        "before": before,
        "is_late": before is not None and not before.must_move and work().now >= before.change_by,
        "held": next((one for one in free if one.held_until), None),
        "weekdays": sorted({local_date(one.starts_at).isoweekday() for one in free} | _asked_weekday(form)),
        "any_free": bool(free),
        "shown": _shown(free, form),
        "form": form,
        "refusal": refusal,
        "policy": my_policy(),
        "asked": next((one for one in asking.open_requests(work(), me(), [plan.child]) if one.visit == visit), None),
        "htmx_page": True,
    }
    return answer("visits/times.html", "visits/_times.html", status=REFUSED if refusal else 200, **facts)


def _asked_weekday(form: TimesForm) -> set[int]:
    """Stays on the page also when the last time of that weekday has just gone."""
    return {form.wanted_weekday} if form.wanted_weekday else set()


def _shown(free: Sequence[FreeTime], form: TimesForm) -> Shown:
    """The times that were asked for, by day, as many days as find room."""
    weekday, first = form.wanted_weekday, form.first_day
    days: list[tuple[date, Sequence[FreeTime]]] = []
    for day, found in groupby(free, key=lambda one: local_date(one.starts_at)):
        if (weekday and day.isoweekday() != weekday) or (first and day < first):
            continue
        if sum(len(told) for _, told in days) >= MOST_SHOWN:
            return Shown(days, day)
        days.append((day, tuple(found)))
    return Shown(days, None)


_REFUSALS = {SlotGone: Refusal.GONE, AlreadyBooked: Refusal.BOOKED, TooLate: Refusal.LATE}
