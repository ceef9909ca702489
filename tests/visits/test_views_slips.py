"""Parents' pages that stood open too long, were pressed twice, or came too late: what they say is still true."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from parentsite.people.merging import merge
from parentsite.people.models import Child, Relation, RelationKind
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.families import VisitRequest
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.service import booking, planning, visiting
from tests import builders
from tests.builders import Pair
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits.desks import token
from tests.visits.scene import DISTRICT, TWO_MONTHS, WEEKS, family, times, visitor

BESOG = "/mit/en/besog"
AGAIN = 307
SAID = "//*[@role='status']"


@pytest.fixture
def her(site: Site) -> UUID:
    with site.work() as now:
        return visitor(now)


@pytest.fixture
def home(site: Site, her: UUID) -> Pair:
    with site.work() as now:
        return family(now)


def booked(site: Site, home: Pair, visit: str = WEEKS, number: int = 0) -> UUID:
    with site.work() as now:
        slot = times(now, home, visit)[number].slot_id
        return booking.book(now, home.parent, home.child, visit, slot)


def begins(site: Site, home: Pair, visit: UUID) -> None:
    """Let it be the moment at which the visit begins."""
    with site.look() as now:
        site.clock.moment = booking.standing(now, home.parent, visit).starts_at


def test_what_a_double_click_says_is_what_happened(site: Site, home: Pair) -> None:
    parent = site.parent(home.parent)
    with site.look() as now:
        slot = times(now, home)[0].slot_id
    page = parent.get(f"{BESOG}/{home.child}/{WEEKS}/tid/{slot}")
    parent.submit(page)
    receipt = parent.follow(parent.submit(page))
    assert receipt.texts(SAID)[0] == "The time is yours."


def test_who_cannot_be_visited_after_all_cancels_as_late_as_the_page_says(site: Site, home: Pair, her: UUID) -> None:
    visit = booked(site, home, number=2)
    begins(site, home, visit)
    site.clock.move(minutes=-90)
    with site.work() as now:
        planning.be_away(now, her, now.today, now.today)
    parent = site.parent(home.parent)
    page = parent.get(f"{BESOG}/aftale/{visit}")
    (cancel,) = (link for link in page.links() if link.endswith("/aflys"))
    assert "The visit is cancelled" in parent.follow(parent.submit(parent.get(cancel))).text


def test_a_visit_that_has_begun_is_not_promised_any_more(site: Site, home: Pair) -> None:
    visit = booked(site, home)
    parent = site.parent(home.parent)
    assert "We come on" in parent.get(BESOG).text
    begins(site, home, visit)
    site.clock.move(days=1)
    plan = site.parent(home.parent).get(BESOG)
    assert "We come on" not in plan.text
    assert "See, move or cancel" not in plan.text


def test_with_two_homes_who_met_nobody_is_booked_again_from_either(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        mother, father = (builders.person(now, district=DISTRICT) for _ in range(2))
        child = builders.child(now, born=date(2026, 1, 20), district=DISTRICT)
        for adult in (mother, father):
            builders.relate(now, adult, child, RelationKind.CUSTODY)
            builders.relate(now, adult, child, RelationKind.RESIDENCE, shared=True)
    visit = booked(site, Pair(mother, child))
    begins(site, Pair(mother, child), visit)
    with site.work() as now:
        visiting.say_outcome(now, visit, VisitState.NOT_AT_HOME)
    for adult in (mother, father):
        parent = site.parent(adult)
        for link in parent.get(BESOG).links():
            if str(child) in link:
                parent.get(link)


def test_a_declared_child_that_the_register_knows_by_now_is_found_again(site: Site, her: UUID) -> None:
    with site.work() as now:
        mother = builders.person(now, district=DISTRICT)
        declared = builders.child(now, born=date(2026, 1, 20), origin="declared", district=DISTRICT)
        builders.relate(now, mother, declared, RelationKind.DECLARER)
        registered = builders.child(now, born=date(2026, 1, 20), district=DISTRICT)
    parent = site.parent(mother)
    path = f"{BESOG}/{declared}/{WEEKS}"
    page = parent.get(path)
    slot = page.all("//button[@name='slot']/@value")[0]
    extra = parent.get(f"{BESOG}/{declared}/ekstra")
    with site.work() as now:
        builders.lives_with(now, mother, registered)
        merge(now, declared, registered)
        stranger = family(now).parent
    site.parent(stranger).get(path, status=404)
    assert "Choose a time" in parent.follow(parent.get(f"{path}?weekday=1", status=AGAIN)).h1
    parent.follow(asked_again(parent, page, slot=slot))
    assert asked_again(parent, extra, reason="Vi sover ikke.").location == BESOG
    with site.look() as now:
        assert [one.child_id for one in now.session.query(VisitRequest)] == [registered]
        assert now.session.query(VisitSlot).filter_by(held_child=registered).one().id == UUID(slot)


def asked_again(parent: Client, page: Page, **fields: str) -> Page:
    """Send what was typed where the answer leads, as a browser does after a 307."""
    sent = token(page) | fields
    return parent.post(parent.post(page.path, sent, status=AGAIN).location, sent)


@pytest.mark.parametrize("days", [-40, 40])
def test_a_birth_date_that_is_put_right_leaves_the_visit_and_moves_the_windows(
    site: Site, home: Pair, days: int
) -> None:
    visit = booked(site, home)
    parent = site.parent(home.parent)
    with site.work() as now:
        child = now.session.get_one(Child, home.child)
        assert child.birth_date
        child.birth_date = min(child.birth_date + timedelta(days=days), now.today)
    receipt = parent.get(f"{BESOG}/aftale/{visit}")
    assert "Agreed" in receipt.text
    parent.get(f"{BESOG}/{home.child}/{WEEKS}")
    assert "We come on" in parent.get(BESOG).text
    parent.submit(parent.get(f"{BESOG}/aftale/{visit}/aflys"))
    parent.get(BESOG)


def test_who_loses_the_right_in_the_middle_finds_nothing(site: Site, home: Pair) -> None:
    parent = site.parent(home.parent)
    with site.look() as now:
        slot = times(now, home)[0].slot_id
    page = parent.get(f"{BESOG}/{home.child}/{WEEKS}/tid/{slot}")
    with site.work() as now:
        now.session.query(Relation).filter_by(person_id=home.parent).update({"until": now.today})
    parent.submit(page, status=404)
    with site.look() as now:
        assert now.session.query(HomeVisit).count() == 0


def test_the_role_is_gone_while_the_page_is_open(site: Site, home: Pair) -> None:
    parent, other = site.parent(home.parent), site.clerk("health_visitor")
    page = other.get(f"/desk/besog/familie/{home.child}/{TWO_MONTHS}")
    taken = site.clerk("placement")
    taken.post(f"/desk/besog/familie/{home.child}/{TWO_MONTHS}", token(page), status=(400, 403))
    assert parent.get(BESOG).status == 200


@pytest.mark.parametrize("told", ["x" * 501, "ت" * 501, "\0"])
def test_what_is_too_long_or_unreadable_is_given_back_with_words(site: Site, home: Pair, told: str) -> None:
    parent = site.parent(home.parent)
    page = parent.get(f"{BESOG}/{home.child}/ekstra")
    refused = parent.submit(page, reason=told, status=422)
    assert refused.errors


def test_mixed_directions_are_kept_apart(site: Site, home: Pair) -> None:
    parent: Client = site.parent(home.parent)
    mixed = "طفلتي Asta لا تنام 4 ساعات (ليلا)"
    parent.submit(parent.get(f"{BESOG}/{home.child}/ekstra"), reason=mixed)
    shown = site.clerk("health_visitor").get(f"/desk/besog/familie/{home.child}")
    assert shown.texts("//blockquote[@dir='auto']") == [mixed]


def test_the_youngest_comes_first_and_what_is_long_past_is_folded_away(site: Site, home: Pair) -> None:
    with site.work() as now:
        older, pupil = (builders.child(now, born=born, name="Ole") for born in (date(2021, 6, 1), date(2017, 6, 1)))
        builders.lives_with(now, home.parent, older, pupil)
    parent = site.parent(home.parent)
    mine, plan = parent.get("/mit/en/"), parent.get(BESOG)
    assert plan.texts("//main//h2")[:2] == ["Asta", "Ole"]
    assert len(plan.all("//section[1]//ol[@class='path']/li")) == 6
    assert len(plan.all("//section[2]//details//ol[@class='path']/li")) == 6
    anchors = {f"{BESOG}#child-{each}" for each in (home.child, older)}
    assert anchors == {link for link in mine.links() if link.startswith(f"{BESOG}#")}, "a pupil has no home visits"
    assert plan.all(f"//*[@id='child-{older}']")


def test_nobody_says_of_a_child_of_five_that_the_health_visitor_should_have_called(site: Site) -> None:
    with site.work() as now:
        old, young = (family(now, born=born) for born in (date(2021, 2, 1), date(2026, 1, 20)))
    for of, may in ((old, False), (young, True)):
        parent = site.parent(of.parent)
        page = parent.get(BESOG)
        path = f"{BESOG}/{of.child}/ikke-kontaktet"
        assert (path in page.all("//form/@action")) is may
        parent.post(path, token(parent.get(f"{BESOG}/hjem")), status=303 if may else 404)


def test_who_gave_the_time_back_for_an_ill_child_can_choose_the_next_at_once(site: Site, home: Pair) -> None:
    visit = booked(site, home)
    parent, path = site.parent(home.parent), f"{BESOG}/{home.child}/{WEEKS}"
    parent.submit(parent.get(f"{BESOG}/aftale/{visit}/aflys"))
    cancelled = f"{BESOG}/aftale/{visit}"
    parent.get(next(link for link in parent.get(cancelled).links() if link == path))
    again = booked(site, home)
    assert path not in parent.get(cancelled).links(), "there is a time already"
    assert again != visit
    site.clock.move(days=60)
    assert path not in site.parent(home.parent).get(cancelled).links(), "the days are past"
