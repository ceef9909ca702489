"""Other families' ids, in every address and in every hidden field: for who has no right there is nothing there."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import select

from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.work import Work
from parentsite.people.models import Child, RelationKind
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.families import StartTalk, VisitRequest
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service import planning, times
from tests import builders
from tests.house_rules.routes import routes_of
from tests.places.seen import letters
from tests.sites import Site
from tests.visits.desks import token
from tests.visits.scene import LATER, OTHER, TWO_MONTHS, WEEKS, Visits, family, mornings, visitor, visits_of

LONG_AFTER = date(2026, 12, 1)
RESIDENCE, CUSTODY = RelationKind.RESIDENCE, RelationKind.CUSTODY


SHUT_OUT: dict[str, Callable[[Work, builders.Pair], None]] = {
    "a stranger": lambda work, one: None,
    "lives elsewhere": lambda work, one: builders.relate(work, one.parent, one.child, CUSTODY),
    "lives there without custody": lambda work, one: builders.relate(work, one.parent, one.child, RESIDENCE),
    "foster carer": lambda work, one: builders.relate(work, one.parent, one.child, RelationKind.FOSTER),
    "moved out today": lambda work, one: builders.relate(
        work, one.parent, one.child, CUSTODY, RESIDENCE, until=work.today
    ),
    "moves in tomorrow": lambda work, one: builders.relate(
        work, one.parent, one.child, CUSTODY, RESIDENCE, since=date(2026, 2, 13)
    ),
    "blocked": lambda work, one: _blocked(work, one),
}
MAY_KNOW_THE_TIME = {"lives elsewhere", "lives there without custody", "foster carer"}


def _blocked(work: Work, one: builders.Pair) -> None:
    builders.lives_with(work, one.parent, one.child)
    builders.block(work, one.parent, one.child, since=work.today)


def traces(site: Site) -> list[object]:
    """All that a verb could have changed."""
    with site.look() as now:
        slots = now.session.execute(select(VisitSlot.id, VisitSlot.state, VisitSlot.held_by).order_by(VisitSlot.id))
        visits = now.session.execute(select(HomeVisit.id, HomeVisit.state, HomeVisit.slot_id, HomeVisit.sequence))
        requests = now.session.execute(select(VisitRequest.id, VisitRequest.state))
        talks = now.session.execute(select(StartTalk.id, StartTalk.state))
        return [*slots.all(), *visits.all(), *requests.all(), *talks.all(), *letters(now.session)]


def addresses(site: Site, of: Visits) -> Iterator[tuple[str, bool]]:
    """Every address of the journey with this family's ids in it, and whether it changes anything."""
    for route in routes_of(site):
        if not route.rule.endpoint.startswith("visits.") or not route.rule.arguments - {"lang"}:
            continue
        for appointment in (of.agreed, of.proposed):
            for visit in (WEEKS, TWO_MONTHS, LATER, "extra"):
                ids = {"child": of.child, "visit": visit, "slot": of.held, "asked": of.request}
                yield route.with_values({**ids, "appointment": appointment}), route.is_unsafe


@pytest.mark.parametrize("who", SHUT_OUT)
def test_no_address_leads_into_another_familys_visits(site: Site, who: str) -> None:
    with site.work() as now:
        of = visits_of(now, builders.person(now))
        own = family(now)
        SHUT_OUT[who](now, builders.Pair(own.parent, of.child))
    other = site.parent(own.parent)
    sent = token(other.get("/mit/da/besog/hjem"))
    with site.look() as now:
        sent |= {"slot": str(of.held), "reason": "Mit", "ill": "1", "house": builders.houses(now)[0]}
    before, asked = traces(site), dict(addresses(site, of))
    assert len(asked) > 20
    for path, is_unsafe in asked.items():
        # Who holds custody answers about passing on, wherever the child lives: on a page of its own.
        nothing = (404, 405) if who != "lives elsewhere" or "/start-samtale" not in path else (200, 303, 404, 405, 422)
        if is_unsafe:
            other.post(path, sent, status=nothing)
        other.get(path, status=nothing)
    assert traces(site) == before
    shown = other.get("/mit/da/besog")
    links = [link for link in shown.links() if who != "lives elsewhere" or not link.endswith("/start-samtale")]
    assert not [link for link in links for each in (of.child, of.agreed, of.proposed) if str(each) in link]
    assert ("Vi kommer" in shown.text) is (who in MAY_KNOW_THE_TIME)


def test_a_time_that_is_not_there_for_this_family_is_refused_in_one_way(site: Site) -> None:
    """Posted by hand: held by others, taken, withdrawn, past, too near, another district's, outside of the window."""
    with site.work() as now:
        her = visitor(now, *mornings(until=None))
        visitor(now, *mornings(OTHER))
        one, two = family(now), family(now)
        free = now.session.scalars(
            select(VisitSlot).where(VisitSlot.visitor_id == her).order_by(VisitSlot.starts_at)
        ).all()
        in_window = [slot for slot in free if date(2026, 3, 13) <= slot.starts_at.date() <= date(2026, 3, 27)]
        elsewhere = now.session.scalars(select(VisitSlot).where(VisitSlot.district == OTHER)).all()
        same_day = [slot for slot in elsewhere if slot.starts_at == in_window[9].starts_at]
        times.hold(now, two.parent, two.child, TWO_MONTHS, in_window[0].id)
        for slot, state in ((in_window[1], "taken"), (in_window[2], "withdrawn")):
            slot.state = state
        forged = [*(slot.id for slot in in_window[:3]), free[0].id, free[-1].id, same_day[0].id, one.child]
    parent = site.parent(one.parent)
    path = f"/mit/da/besog/{one.child}/{TWO_MONTHS}"
    sent, before = token(parent.get(path)), traces(site)
    for slot in forged:
        parent.post(path, sent | {"slot": str(slot)}, status=422)
        parent.post(f"{path}/tid/{slot}", sent, status=422)
        parent.get(f"{path}/tid/{slot}", status=422)
    for junk in ("", "x", "\0", "%00", "9" * 5000, "تعبت\N{RIGHT-TO-LEFT OVERRIDE}"):
        parent.post(path, sent | {"slot": junk}, status=422)
    assert traces(site) == before


def test_the_time_of_the_next_hour_is_too_near_when_the_page_stood_open(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        one = family(now)
        slot = times.free_times(now, one.parent, one.child, WEEKS)[0]
    site.clock.moment = slot.starts_at.astimezone(COPENHAGEN)
    parent = site.parent(one.parent)
    path = f"/mit/da/besog/{one.child}/{WEEKS}"
    parent.post(path, token(parent.get(path)) | {"slot": str(slot.slot_id)}, status=422)


def test_a_child_who_has_died_is_nowhere(site: Site) -> None:
    with site.work() as now:
        of = visits_of(now, mother := builders.person(now))
        before = len(letters(now.session))
        now.session.get_one(Child, of.child).died_on = now.today
    parent = site.parent(mother)
    for path in ("/mit/da/", "/mit/da/besog"):
        assert "Alba" not in parent.get(path).text
        assert not [link for link in parent.get(path).links() if "aftale" in link or str(of.child) in link]
    for path, _is_unsafe in addresses(site, of):
        parent.get(path, status=(404, 405))
    with site.work() as now:
        planning.be_away(now, *now.session.scalars(select(VisitSlot.visitor_id).distinct()), now.today, LONG_AFTER)
        assert len(letters(now.session)) == before
