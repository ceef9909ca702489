"""The parent's road: she sees the plan, picks a time, gets a receipt, moves, and gives the time back."""

from datetime import timedelta
from uuid import UUID

import pytest
from icalendar import Calendar, Event

from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.work import Work
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service import booking, offering, visiting
from tests import builders
from tests.builders import Pair
from tests.places.seen import letters, row
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits.scene import BORN, DISTRICT, TWO_MONTHS, family, mornings, times, visitor

BESOG = "/mit/en/besog"


@pytest.fixture
def home(site: Site) -> Pair:
    with site.work() as now:
        visitor(now)
        return family(now)


@pytest.fixture
def parent(site: Site, home: Pair) -> Client:
    return site.parent(home.parent)


def picking(home: Pair) -> str:
    return f"{BESOG}/{home.child}/{TWO_MONTHS}"


def pick(parent: Client, page: Page, number: int = 0) -> Page:
    """Press one of the times that are shown."""
    return parent.follow(parent.submit(page, press="slot", value=page.all("//button[@name='slot']/@value")[number]))


def book(parent: Client, home: Pair) -> Page:
    return parent.follow(parent.submit(pick(parent, parent.get(picking(home)))))


def path_to(page: Page, end: str) -> str:
    return next(link for link in page.links() if link.endswith(end))


def the_id(page: Page) -> UUID:
    return UUID(page.path.rsplit("/", 1)[1])


def test_the_plan_has_six_dated_offers(parent: Client) -> None:
    plan = parent.get(BESOG)
    assert "The visits are an offer" in plan.text
    assert len(plan.all("//ol[@class='path']/li")) == 6
    assert "13 March 2026 to 27 March 2026" in plan.text.replace("\N{NO-BREAK SPACE}", " ")
    assert plan.texts("//ol/li[1]//p[@class='meta']")[-1] == "The days for this visit are past."


def test_an_expecting_parent_sees_provisional_dates_and_no_times(site: Site) -> None:
    with site.work() as now:
        mother, child = builders.person(now), builders.child(now, due=now.today + timedelta(days=60), name=None)
        builders.lives_with(now, mother, child)
    parent = site.parent(mother)
    plan = parent.get(BESOG)
    assert "These dates are not certain yet" in plan.text
    assert not [link for link in plan.links() if str(child) in link]
    parent.get(f"{BESOG}/{child}/{TWO_MONTHS}", status=404)


def test_days_are_headings_and_the_next_free_time_comes_first(parent: Client, home: Pair) -> None:
    page = parent.get(picking(home))
    assert page.texts("//section//h3")[0].replace("\N{NO-BREAK SPACE}", " ") == "Friday, 13 March 2026"
    assert page.texts("//button[@name='slot']")[:4] == ["08:00", "09:20", "10:40", "12:00"]
    later = parent.get(path_to(page, "since=2026-03-27"))
    assert [heading[:6] for heading in later.texts("//section//h3")] == ["Friday"]


def test_exactly_the_weekdays_that_have_times_are_offered(site: Site) -> None:
    with site.work() as now:
        visitor(now, *mornings(days=(2, 6)))
        home = family(now)
    parent = site.parent(home.parent)
    offered = parent.get(picking(home)).all("//select[@name='weekday']/option/@value")
    assert offered == ["", "2", "6"]
    saturdays = parent.get(f"{picking(home)}?weekday=6")
    assert {heading.split(",")[0] for heading in saturdays.texts("//section//h3")} == {"Saturday"}
    gone = parent.get(f"{picking(home)}?weekday=4")
    assert "No free times on that day" in gone.text
    assert gone.all("//select[@name='weekday']/option[@selected]/@value") == ["4"]


def test_only_the_weekday_that_suits(parent: Client, home: Pair) -> None:
    page = parent.get(f"{picking(home)}?weekday=2")
    assert page.all("//select[@name='weekday']/option[@selected]/@value") == ["2"]
    assert {heading.split(",")[0] for heading in page.texts("//section//h3")} == {"Tuesday"}
    for nonsense in ("9", "x", "%00"):
        parent.get(f"{picking(home)}?weekday={nonsense}&since=x")


def test_a_time_is_held_confirmed_and_receipted(site: Site, parent: Client, home: Pair) -> None:
    decide = pick(parent, parent.get(picking(home)))
    assert "We hold the time for you until 10:10. It is not yours before you confirm it." in decide.text
    assert "24 hours before" in decide.text
    receipt = parent.follow(parent.submit(decide))
    assert receipt.texts("//*[@role='status']")[0] == "The time is yours."
    assert "What happens next?" in receipt.text
    assert "ask for the health visitors" in receipt.text
    with site.look() as now:
        assert row(now.session, HomeVisit, the_id(receipt)).state == "booked"
        assert ("visits/booked", home.parent) in letters(now.session)


def test_a_held_time_is_shown_and_given_back_by_a_press(site: Site, parent: Client, home: Pair) -> None:
    decide = pick(parent, parent.get(picking(home)))
    with site.work() as now:
        other = family(now)
        assert not _is_free_to(now, other, decide)
    shown = parent.get(picking(home))
    assert shown.texts("//section[@aria-labelledby='held']//p")[0].startswith("Friday, 13 March 2026")
    back = parent.follow(parent.submit(shown, action=f"{picking(home)}/slip"))
    assert back.texts("//*[@role='status']")[0] == "We no longer hold the time."
    assert not back.all("//section[@aria-labelledby='held']")
    with site.look() as now:
        assert _is_free_to(now, other, decide)


def test_a_held_time_that_is_forgotten_blocks_nobody_for_ever(site: Site, parent: Client, home: Pair) -> None:
    decide = pick(parent, parent.get(picking(home)))
    site.clock.move(minutes=9)
    with site.work() as now:
        other = family(now)
        assert not _is_free_to(now, other, decide)
    site.clock.move(minutes=1)
    with site.look() as now:
        assert _is_free_to(now, other, decide)
    assert not site.parent(home.parent).get(picking(home)).all("//section[@aria-labelledby='held']")


def _is_free_to(now: Work, other: Pair, decide: Page) -> bool:
    return str(times(now, other, TWO_MONTHS)[0].slot_id) == decide.path.rsplit("/", 1)[1]


def test_a_press_made_twice_is_one_appointment(site: Site, parent: Client, home: Pair) -> None:
    decide = pick(parent, parent.get(picking(home)))
    assert parent.submit(decide).location == parent.submit(decide).location
    with site.look() as now:
        assert now.session.query(HomeVisit).count() == 1


def test_a_hold_that_has_run_out_is_said_to_have(site: Site, parent: Client, home: Pair) -> None:
    decide = pick(parent, parent.get(picking(home)))
    site.clock.move(minutes=11)
    again = parent.get(decide.path)
    assert "We do not hold the time any more" in again.text
    with site.work() as now:
        other = family(now)
        booking.book(now, other.parent, other.child, TWO_MONTHS, UUID(decide.path.rsplit("/", 1)[1]))
    refused = parent.submit(again, status=422)
    assert "That time has just gone to somebody else" in refused.text
    assert refused.texts("//button[@name='slot']")[0] == "09:20"
    assert "gone to somebody else" in parent.get(decide.path, status=422).text


def test_a_time_that_is_gone_shows_the_next_ones(site: Site, parent: Client, home: Pair) -> None:
    page = parent.get(picking(home))
    with site.work() as now:
        other = family(now)
        booking.book(now, other.parent, other.child, TWO_MONTHS, times(now, other, TWO_MONTHS)[0].slot_id)
    slot = page.all("//button[@name='slot']/@value")[0]
    refused = parent.submit(page, press="slot", value=slot, status=422)
    assert refused.errors == ["Choose one of these times."]
    assert slot not in refused.all("//button[@name='slot']/@value")


def test_moving_keeps_the_old_time_until_the_new_one_is_confirmed(site: Site, parent: Client, home: Pair) -> None:
    receipt = book(parent, home)
    decide = pick(parent, parent.get(picking(home)), 3)
    with site.look() as now:
        before = row(now.session, HomeVisit, the_id(receipt)).slot_id
    assert "another family can take it at once" in decide.text
    moved = parent.follow(parent.submit(decide))
    assert moved.path == receipt.path
    with site.look() as now:
        assert row(now.session, VisitSlot, before).state == "open"
        assert ("visits/moved", home.parent) in letters(now.session)


def test_cancelling_says_what_follows_first(site: Site, parent: Client, home: Pair) -> None:
    receipt = book(parent, home)
    page = parent.get(path_to(receipt, "/aflys"))
    assert "Another family can take the time at once." in page.text
    after = parent.follow(parent.submit(page))
    assert "The visit is cancelled" in after.text
    assert parent.submit(page).location == receipt.path, "pressed again, nothing more happens"
    with site.look() as now:
        assert {slot.state for slot in now.session.query(VisitSlot)} == {"open"}


def test_illness_is_one_tap_as_late_as_the_visit_itself(site: Site, parent: Client, home: Pair) -> None:
    path = book(parent, home).path
    with site.look() as now:
        begins = row(now.session, VisitSlot, row(now.session, HomeVisit, UUID(path[-36:])).slot_id).starts_at
    site.clock.moment = begins - timedelta(hours=1)
    parent = site.parent(home.parent)
    page = parent.get(path)
    assert not [link for link in page.links() if link.endswith("/aflys")]
    parent.post(f"{path}/aflys", {"csrf_token": page.all("//main//input[@name='csrf_token']/@value")[0]}, status=422)
    assert "The visit is cancelled" in parent.follow(parent.submit(page, press="ill")).text


def test_a_proposed_time_is_confirmed_or_moved(site: Site, parent: Client, home: Pair) -> None:
    with site.work() as now:
        slot = times(now, home, TWO_MONTHS)[0].slot_id
        proposed = visiting.propose(now, home.child, home.parent, TWO_MONTHS, slot)
    mine = parent.get("/mit/en/")
    assert "The health visitor proposes a time" in mine.text
    page = parent.get(path_to(mine, str(proposed)))
    assert picking(home) in page.links()
    action = f"{BESOG}/aftale/{proposed}/ja"
    for _ in range(2):
        assert "Agreed" in parent.follow(parent.submit(page, action=action)).text
    assert "The health visitor proposes a time" not in parent.get("/mit/en/").text


def test_yes_is_said_to_the_time_that_was_shown_and_to_no_other(site: Site, parent: Client, home: Pair) -> None:
    with site.work() as now:
        first, second, *_ = (free.slot_id for free in times(now, home, TWO_MONTHS))
        proposed = visiting.propose(now, home.child, home.parent, TWO_MONTHS, first)
    action = f"{BESOG}/aftale/{proposed}/ja"
    page = parent.get(f"{BESOG}/aftale/{proposed}")
    with site.work() as now:
        offering.propose_anew(now, proposed, second)
    refused = parent.submit(page, action=action, status=422)
    assert "Nothing was changed" in refused.text
    with site.look() as now:
        assert row(now.session, HomeVisit, proposed).state == "proposed"
    assert "Agreed" in parent.follow(parent.submit(refused, action=action)).text


def test_no_free_time_leads_to_being_contacted_by_a_day(site: Site) -> None:
    with site.work() as now:
        alone = builders.family(now, born=BORN, district=DISTRICT)
    parent = site.parent(alone.parent)
    page = parent.get(picking(alone))
    assert "There are no free times" in page.text
    for _ in range(2):
        plan = parent.follow(parent.submit(page, action=f"{picking(alone)}/find"))
        assert plan.text.replace("\N{NO-BREAK SPACE}", " ").count("no later than Saturday, 14 February 2026") == 1


def test_the_calendar_entry_is_one_and_the_same(parent: Client, home: Pair) -> None:
    receipt = book(parent, home)
    first = entry(parent, receipt)
    assert first["dtstart"].dt.astimezone(COPENHAGEN).hour == 8
    assert first["dtstart"].params["TZID"] == "Europe/Copenhagen"
    parent.submit(pick(parent, parent.get(picking(home)), 3))
    moved = entry(parent, receipt)
    assert moved["uid"] == first["uid"] == str(the_id(receipt))
    assert (first["sequence"], moved["sequence"]) == (0, 1)
    assert moved["dtstart"].dt > first["dtstart"].dt
    parent.submit(parent.get(f"{receipt.path}/aflys"))
    assert (entry(parent, receipt)["status"], entry(parent, receipt)["sequence"]) == ("CANCELLED", 2)


def entry(parent: Client, receipt: Page) -> Event:
    calendar = Calendar.from_ical(parent.get(f"{receipt.path}/aftale.ics").response.data)
    (event,) = calendar.walk("VEVENT")
    assert "Asta" not in str(event)
    assert calendar["method"] == ("CANCEL" if event["status"] == "CANCELLED" else "PUBLISH")
    return event
