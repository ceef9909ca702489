"""A child with two homes, and adults whom a home is hidden from: the own view alone, on pages, in files, in letters."""

from collections.abc import Callable
from uuid import UUID

import pytest
from icalendar import Calendar

from parentsite.foundation.clock import local_date
from parentsite.foundation.work import Work
from parentsite.people.models import RelationKind
from parentsite.visits.journey import JOURNEY
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service import asking, booking, contacts, planning
from parentsite.visits.service.homes import Home, save_home
from tests import builders
from tests.builders import Pair
from tests.conftest import Working
from tests.places.seen import letters, row
from tests.sites import Site
from tests.strict import Client
from tests.visits.scene import BORN, DISTRICT, LATER, OTHER, TWO_MONTHS, WEEKS, mornings, times, visitor

BESOG = "/mit/en/besog"
RESIDENCE, CUSTODY = RelationKind.RESIDENCE, RelationKind.CUSTODY
OF_VISITS = {name: build for name, build in JOURNEY.letters.items() if name != "start_talk"}
"""A start talk is no visit: also a parent elsewhere, who holds custody, has a say in it."""


def two_homes(work: Work) -> tuple[Pair, Pair]:
    """A mother and a father in two districts, whose child lives with both."""
    visitor(work)
    visitor(work, *mornings(OTHER, days=(1, 3)))
    child = builders.child(work, born=BORN, district=DISTRICT)
    pairs = [
        Pair(builders.person(work, given_name=name, district=where, address=f"{name}s vej 1"), child)
        for name, where in (("Mette", DISTRICT), ("Rasmus", OTHER))
    ]
    for pair in pairs:
        builders.relate(work, pair.parent, child, CUSTODY)
        builders.relate(work, pair.parent, child, RESIDENCE, shared=True)
    return pairs[0], pairs[1]


def booked(work: Work, of: Pair, visit: str = WEEKS) -> UUID:
    return booking.book(work, of.parent, of.child, visit, times(work, of, visit)[0].slot_id)


def answers(client: Client, of: UUID, token: str) -> set[int]:
    """What an appointment's own addresses answer: the page, its file, and every button."""
    path = f"{BESOG}/aftale/{of}"
    gets = {client.get(f"{path}{end}", status=(200, 404)).status for end in ("", "/aflys", "/aftale.ics")}
    sent = {"csrf_token": token}
    return gets | {client.post(f"{path}{end}", sent, status=(303, 404, 422)).status for end in ("/ja", "/aflys")}


def csrf(client: Client) -> str:
    return str(client.get(f"{BESOG}/hjem").all("//main//input[@name='csrf_token']/@value")[0])


def test_each_parent_books_in_the_own_home_with_the_own_team(site: Site) -> None:
    with site.work() as now:
        mother, father = two_homes(now)
        hers, his = booked(now, mother), booked(now, father, TWO_MONTHS)
        slots = [row(now.session, VisitSlot, row(now.session, HomeVisit, one).slot_id) for one in (hers, his)]
        assert [slot.district for slot in slots] == [DISTRICT, OTHER]
        assert letters(now.session) == [("visits/booked", mother.parent), ("visits/booked", father.parent)]
    for own, theirs, who in ((hers, his, mother), (his, hers, father)):
        client = site.parent(who.parent)
        plan = client.get(BESOG)
        assert len([link for link in plan.links() if f"aftale/{own}" in link]) == 1
        assert not [link for link in plan.links() if f"aftale/{theirs}" in link]
        assert plan.text.count("The visit is in the child's other home.") == 1
        assert plan.text.count("We come on") == 2, "when the child is visited both may know"
        assert answers(client, theirs, csrf(client)) == {404}
        client.get(f"{BESOG}/aftale/{own}")
        (event,) = Calendar.from_ical(client.get(f"{BESOG}/aftale/{own}/aftale.ics").response.data).walk("VEVENT")
        assert event["uid"] == str(own)
    with site.look() as now:
        assert {row(now.session, HomeVisit, one).state for one in (hers, his)} == {"booked"}


def test_the_other_home_has_no_times_to_pick_for_the_same_visit(site: Site) -> None:
    with site.work() as now:
        mother, father = two_homes(now)
        booked(now, mother)
    client = site.parent(father.parent)
    client.get(f"{BESOG}/{father.child}/{WEEKS}", status=404)
    headings = client.get(f"{BESOG}/{father.child}/{TWO_MONTHS}").texts("//section//h3")
    assert {heading.split(",")[0] for heading in headings} <= {"Monday", "Wednesday", "Does no time fit?"}


def test_neither_home_is_told_of_on_the_other_parents_pages(site: Site) -> None:
    with site.work() as now:
        mother, father = two_homes(now)
        save_home(now, mother.parent, Home(interpreter="Amharisk", door_code="12#34", at_home="Min søster"))
        booked(now, mother)
        asking.ask_for_extra(now, mother.parent, mother.child, "Vi sover ikke.")
    client = site.parent(father.parent)
    for path in ("", "/hjem", f"/{father.child}/{TWO_MONTHS}", f"/{father.child}/ekstra"):
        html = client.get(f"{BESOG}{path}").response.get_data(as_text=True)
        for hidden in ("Mette", "vej 1", "Amharisk", "12#34", "Min søster", "Vi sover ikke", "You have asked us"):
            assert hidden not in html, path


def together(work: Work, child: UUID) -> UUID:
    found = builders.person(work)
    builders.lives_with(work, found, child)
    return found


def other_home(work: Work, child: UUID) -> UUID:
    found = builders.person(work, district=OTHER)
    builders.relate(work, found, child, CUSTODY)
    builders.relate(work, found, child, RESIDENCE, shared=True)
    return found


def elsewhere(work: Work, child: UUID) -> UUID:
    found = builders.person(work)
    builders.relate(work, found, child, CUSTODY)
    return found


def blocked(work: Work, child: UUID) -> UUID:
    found = together(work, child)
    builders.block(work, found, child)
    return found


def moved_out(work: Work, child: UUID) -> UUID:
    found = builders.person(work)
    builders.relate(work, found, child, CUSTODY, RESIDENCE, until=work.today)
    return found


NOT_THE_HOST: dict[str, Callable[[Work, UUID], UUID]] = {
    "custody, another home": other_home,
    "custody, lives elsewhere": elsewhere,
    "blocked": blocked,
    "moved out": moved_out,
    "a stranger": lambda work, child: builders.person(work),
}


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize("kind", NOT_THE_HOST)
def test_no_letter_tells_anybody_else_of_the_visit(work: Working, kind: str, protected: bool) -> None:
    with work() as now:
        her = visitor(now)
        child = builders.child(now, born=BORN, district=DISTRICT, address_protected=protected)
        host = builders.person(now, district=DISTRICT, address_protected=protected)
        builders.relate(now, host, child, CUSTODY)
        builders.relate(now, host, child, RESIDENCE, shared=kind == "custody, another home")
        other = NOT_THE_HOST[kind](now, child)
        visit = booked(now, Pair(host, child))
        request = asking.ask_for_extra(now, host, child, "Vi sover ikke.")
        contacts.answer(now, request, her)
        ids = {"visit": str(visit), "request": str(request)}
        told = {name for name, build in OF_VISITS.items() if build(now, host, **ids) is not None}
        assert not any(build(now, other, **ids) for build in OF_VISITS.values())
        day = local_date(row(now.session, VisitSlot, row(now.session, HomeVisit, visit).slot_id).starts_at)
        planning.be_away(now, her, day, day)
        told |= {name for name, build in OF_VISITS.items() if build(now, host, **ids) is not None}
        assert not any(build(now, other, **ids) for build in OF_VISITS.values())
        assert told == OF_VISITS.keys(), "else the matrix would prove nothing"
        assert {who for _, who in letters(now.session)} == {host}


@pytest.mark.parametrize("kind", NOT_THE_HOST)
def test_a_home_under_protection_shows_no_time_to_who_does_not_live_there(site: Site, kind: str) -> None:
    """Not even that somebody comes: the plan says where to call, and every address of the visit leads to nothing."""
    with site.work() as now:
        visitor(now)
        child = builders.child(now, born=BORN, district=DISTRICT, name="Alba", address_protected=True)
        host = builders.person(now, district=DISTRICT, address_protected=True)
        builders.lives_with(now, host, child)
        other = elsewhere(now, child) if kind == "custody, another home" else NOT_THE_HOST[kind](now, child)
        visit = booked(now, Pair(host, child))
    client = site.parent(other)
    plan = client.get(BESOG)
    assert "We come on" not in plan.text
    assert not [link for link in plan.links() if str(child) in link or str(visit) in link]
    assert ("Alba" in plan.text) == kind.startswith("custody")
    assert ("You cannot see the visits of this child here." in plan.text) == kind.startswith("custody")
    assert answers(client, visit, csrf(client)) == {404}
    client.get(f"{BESOG}/{child}/{LATER}", status=404)
