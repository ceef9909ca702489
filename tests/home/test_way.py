"""The whole way: the town's dates for a date, what has really happened to a child, and what an adult may know of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar
from sqlalchemy import update

from parentsite import app
from parentsite.foundation.work import Work
from parentsite.people.merging import merge_declared
from parentsite.people.models import Child, ChildOrigin, RelationKind
from parentsite.town.town import Town
from parentsite.visits.service import shifting
from tests import builders
from tests.builders import Pair
from tests.groups import scene as groups
from tests.page_laws import words
from tests.readiness import scene as readiness
from tests.sites import Site
from tests.strict import Page
from tests.visits.scene import TWO_MONTHS, visits_of

DUE = date(2026, 5, 20)
BORN = date(2025, 9, 1)
SHIPPED = {
    "Your child is expected": "20 May 2026",
    "First visit after the birth (barselsbesøg)": "24 May 2026",
    "Getting started (etableringsbesøg)": "27 May 2026",
    "Visit at 3 to 4 weeks": "10 June 2026",
    "Visit at 2 months": "13 July 2026",
    "Visit at 4 to 6 months": "20 September 2026",
    "Visit at 8 to 9 months": "20 January 2027",
    "Last day to apply in time": "18 September 2026",
    "26 weeks: the right to a place begins": "18 November 2026",
    "The guaranteed day (garantidato)": "16 December 2026",
    "Language assessment (sprogvurdering)": "May 2029",
    "After-school care (BFO)": "1 May 2032",
    "School starts (skolestart)": "1 August 2032",
}
UNKNOWN = {
    "A group for parents (mødregruppe)",
    "Start talk at the daycare (start-samtale)",
    "First day in daycare",
    "The daycare's description (beskrivelse)",
    "Sign up for school (skoleindskrivning)",
}


def stations(page: Page) -> dict[str, Any]:
    """The stops of the line, by name, in their order."""
    return {one.xpath("string(.//strong)").strip(): one for one in page.all("//ol[contains(@class, 'way')]/li")}


def text(station: Any) -> str:
    return words(station).replace("\N{NO-BREAK SPACE}", " ")


def where(page: Page) -> dict[str, str]:
    return {name: one.get("class") for name, one in stations(page).items()}


def day_of(stop: str, page: Page) -> str:
    return text(stations(page)[stop])


class TestOfADate:
    """Before sign-in."""

    def test_every_stop_has_the_day_that_law_and_town_give_it_or_says_that_nobody_knows(self, site: Site) -> None:
        found = stations(site.client().get(f"/en/barnets-vej?birth={DUE}"))
        assert found.keys() == SHIPPED.keys() | UNKNOWN
        wrong = {name: text(found[name]) for name, day in SHIPPED.items() if day not in text(found[name])}
        assert not wrong
        assert not {name for name in UNKNOWN if "The day is not known yet." not in text(found[name])}

    def test_each_day_says_where_it_comes_from(self, site: Site, town: Town) -> None:
        page = site.client().get(f"/en/barnets-vej?birth={DUE}")
        assert "The Daycare Act (dagtilbudsloven), section 23" in day_of("26 weeks: the right to a place begins", page)
        for name in ("Last day to apply in time", "The guaranteed day (garantidato)"):
            assert town.settings.timely.is_demo
            assert "Example only." in day_of(name, page)
        assert "The page of District Baltorp" in day_of("After-school care (BFO)", page)
        for name in SHIPPED.keys() - {"Your child is expected"}:
            assert stations(page)[name].xpath(".//*[@class='known']"), name

    def test_late_in_applying_the_guaranteed_day_is_that_of_today(self, site: Site) -> None:
        page = site.client().get("/en/barnets-vej?birth=2025-09-01")
        assert "You can still apply." in day_of("Last day to apply in time", page)
        assert "If you apply today" in day_of("The guaranteed day (garantidato)", page)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "Write the birth date"),
            ("2027-06-01", "nine months ahead"),
            ("2015-01-01", "A child of that age goes to school."),
        ],
    )
    def test_a_date_that_cannot_be_is_refused_in_words(self, site: Site, typed: str, said: str) -> None:
        page = site.client().get(f"/en/barnets-vej?birth={typed}", status=422)
        assert said in page.text
        assert not stations(page)

    def test_nothing_is_left_in_the_browser_and_no_answer_is_kept(self, site: Site) -> None:
        page = site.client().get(f"/en/barnets-vej?birth={DUE}")
        assert "no-store" in page.headers["Cache-Control"]
        assert "Set-Cookie" not in page.headers

    def test_a_stop_goes_into_a_calendar_on_its_first_day_and_one_without_a_day_cannot(self, site: Site) -> None:
        browser = site.client()
        file = browser.get(f"/en/barnets-vej/4-6-maaneder.ics?birth={DUE}")
        (event,) = Calendar.from_ical(file.response.data).walk("VEVENT")
        assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 9, 20), date(2026, 9, 21))
        assert event["summary"] == "Visit at 4 to 6 months"
        assert str(event["description"]).startswith("20\N{NO-BREAK SPACE}September")
        for nothing in ("start-talk", "qqq"):
            browser.get(f"/en/barnets-vej/{nothing}.ics?birth={DUE}", status=404)
        browser.get("/en/barnets-vej/right.ics", status=404)


class TestOfAChild:
    """Signed in."""

    def test_what_has_happened_stands_in_place_of_the_rules(self, site: Site) -> None:
        with site.work() as now:
            parent = builders.person(now)
            visits = visits_of(now, parent)
        page = site.parent(parent).get(f"/mit/en/vej/{visits.child}")
        agreed = stations(page)["Visit at 3 to 4 weeks"]
        assert "at 08:00" in text(agreed)
        assert agreed.xpath(f".//a[contains(@href, '{visits.agreed}/aftale.ics')]"), "its own calendar file"
        assert where(page)["Getting started (etableringsbesøg)"] == "past", "nobody has said that it was held"
        assert where(page)["Your child is born"] == "done"

    def test_a_visit_that_staff_have_moved_stands_where_they_moved_it(self, site: Site) -> None:
        with site.work() as now:
            of = builders.family(now, born=date(2026, 1, 20), district="baltorp")
            shifting.shift_window(now, of.child, TWO_MONTHS, 21, "Født for tidligt.")
        page = site.parent(of.parent).get(f"/mit/en/vej/{of.child}")
        assert "3 April 2026" in day_of("Visit at 2 months", page)

    def test_an_application_and_a_place_are_told_of_with_their_own_days(self, site: Site) -> None:
        with site.work() as now:
            of = builders.family(now, born=BORN, district="skovvejen")
            case = builders.sent(now, of, wishes=["lundegaarden"], confirmed=True)
            waiting = Pair(of.parent, builders.child(now, born=BORN, name="Bo", district="skovvejen"))
            builders.lives_with(now, of.parent, waiting.child)
            builders.sent(now, waiting, confirmed=True)
            builders.answered(now, of.parent, builders.offer(now, case, facility="lundegaarden"), yes=True)
        parent = site.parent(of.parent)
        in_line, placed = (parent.get(f"/mit/en/vej/{child}") for child in (waiting.child, of.child))
        assert where(in_line)["You have applied for a place"] == "done"
        assert "The town has promised it." in day_of("The guaranteed day (garantidato)", in_line)
        assert "The day is not known yet." in day_of("First day in daycare", in_line)
        assert "Your child has a place at Lundegården." in day_of("First day in daycare", placed)

    def test_a_child_that_the_register_knows_in_a_house_is_promised_nothing_it_has(self, site: Site) -> None:
        with site.work() as now:
            of = builders.family(now, born=date(2023, 5, 4), district="hedegaarden")
            builders.attends(now, of.child, "regnbuen", since=date(2024, 3, 1))
        page = site.parent(of.parent).get(f"/mit/en/vej/{of.child}")
        assert where(page)["First day in daycare"] == where(page)["The guaranteed day (garantidato)"] == "done"
        assert "1 March 2024" in day_of("First day in daycare", page)
        assert "If you apply today" not in page.text

    def test_a_group_is_told_of_without_its_kind(self, site: Site) -> None:
        with site.work() as now:
            joined, (mette, _), _ = groups.two_members(now, kind="unge-moedre")
            groups.meeting(now, joined)
        page = site.parent(mette.parent).get(f"/mit/da/vej/{mette.child}")
        assert "19. februar 2026" in day_of("En gruppe for forældre (mødregruppe)", page)
        assert "unge" not in page.text.lower()

    def test_a_description_that_is_written_is_behind(self, site: Site) -> None:
        with site.work() as now:
            of = readiness.scene(now)
            readiness.published(now, of)
        page = site.parent(of.holders[0]).get(f"/mit/en/vej/{of.child}")
        assert where(page)["The daycare's description (beskrivelse)"] == "done"
        assert "12 February 2026" in day_of("The daycare's description (beskrivelse)", page)

    def test_who_may_know_only_that_there_is_a_child_is_shown_no_way(self, site: Site) -> None:
        with site.work() as now:
            parent, apart = builders.person(now), builders.person(now)
            visits = visits_of(now, parent)
            builders.relate(now, apart, visits.child, RelationKind.CUSTODY)
            now.session.execute(update(Child).where(Child.id == visits.child).values(address_protected=True))
        other = site.parent(apart)
        assert not stations(other.get("/mit/en/"))
        other.get(f"/mit/en/vej/{visits.child}", status=404)
        other.get(f"/mit/en/vej/{visits.child}/right.ics", status=404)

    def test_there_is_no_way_of_somebody_elses_child(self, site: Site) -> None:
        with site.work() as now:
            of, other = builders.family(now), builders.family(now)
        stranger = site.parent(other.parent)
        stranger.get(f"/mit/en/vej/{of.child}", status=404)
        stranger.get(f"/mit/en/vej/{of.child}/right.ics", status=404)

    def test_a_calendar_file_names_no_child(self, site: Site) -> None:
        with site.work() as now:
            of = builders.family(now, born=date(2026, 1, 20))
        parent = site.parent(of.parent)
        (way, *_) = parent.get(f"/mit/en/vej/{of.child}").all("//a[contains(@href, '/right.ics')]/@href")
        file = parent.get(way).response.data.decode()
        assert "Asta" not in file
        assert "DTSTART;VALUE=DATE:20260721" in file


class TestExpecting:
    """From the due date to the register."""

    def test_a_declared_child_has_a_way_like_any_other_and_keeps_it(self, site: Site) -> None:
        with site.work() as now:
            parent = builders.person(now, district="baltorp")
            declared = _expected(now, parent, now.today + timedelta(days=30))
        before = site.parent(parent).get(f"/mit/en/vej/{declared}")
        assert "Your child is not born yet" in before.text
        assert set(where(before).values()) == {"ahead"}
        with site.work() as now:
            child = builders.child(now, born=now.today - timedelta(days=1), name=None, district="baltorp")
            builders.lives_with(now, parent, child)
            assert merge_declared(now, now.session.get_one(Child, child), [parent]) == [declared]
        after = site.parent(parent).get(f"/mit/en/vej/{child}")
        assert len(stations(after)) == len(stations(before))
        assert "Your child was born 4 weeks early" in after.text

    def test_a_due_date_that_has_gone_by_asks_whether_the_child_is_born(self, site: Site) -> None:
        with site.work() as now:
            parent = builders.person(now)
            declared = _expected(now, parent, now.today - timedelta(days=10))
        page = site.parent(parent).get(f"/mit/en/vej/{declared}")
        assert "Is the child born?" in day_of("Your child is expected", page)


def test_a_journey_that_cannot_answer_leaves_the_rest_of_the_way(
    new_site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Any:
        raise ZeroDivisionError

    journeys = tuple(replace(one, stops=fails, errands=fails) if one.name == "visits" else one for one in app.JOURNEYS)
    monkeypatch.setattr(app, "JOURNEYS", journeys)
    site = new_site()
    with site.work() as now:
        of = builders.family(now)
    parent = site.parent(of.parent)
    for path in ("/mit/en/", f"/mit/en/vej/{of.child}"):
        assert "Something cannot be shown just now" in parent.get(path).text
    assert "School starts (skolestart)" in stations(parent.get(f"/mit/en/vej/{of.child}"))


def test_my_page_tells_each_childs_way_in_short_and_leads_to_all_of_it(site: Site) -> None:
    with site.work() as now:
        parent = builders.person(now)
        visits = visits_of(now, parent)
    page = site.parent(parent).get("/mit/en/")
    assert list(where(page)) == [
        "Getting started (etableringsbesøg)",
        "Visit at 3 to 4 weeks",
        "A group for parents (mødregruppe)",
    ]
    assert page.all(f"//main//a[@href='/mit/en/vej/{visits.child}']")


def _expected(work: Work, parent: UUID, due: date) -> UUID:
    child = builders.child(work, due=due, name=None, origin=ChildOrigin.DECLARED, district="baltorp")
    work.session.execute(update(Child).where(Child.id == child).values(declared_at=work.now))
    builders.relate(work, parent, child, RelationKind.DECLARER)
    return child
