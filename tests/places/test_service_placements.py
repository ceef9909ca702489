"""Places that children have: agreed, begun and ended on their days, one at a time, and attendance as they say."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import Attendance
from parentsite.places.models import Placement
from parentsite.places.rules.answers import Answer
from parentsite.places.service import offered, placements
from parentsite.town.models import Facility
from tests import builders
from tests.conftest import Working
from tests.databases import MOMENT
from tests.places.racing import sound
from tests.places.seen import entries, subjects

HOUSES = ["globen", "regnbuen", "fregatten", "stjernehoej"]
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def test_a_place_begins_on_its_day_and_not_before(work: Working, clock: FixedClock) -> None:
    with work() as now:
        family, application = _applied(now)
        _accepted(now, family, application, "globen", MAY)
        assert _places(now) == {"globen": ("agreed", MAY, None)}
    clock.moment = datetime(2026, 4, 30, 21, 59, tzinfo=UTC)
    with work() as now:
        assert placements.run_due(now) == 0
    clock.move(minutes=1)
    with work() as now:
        assert placements.run_due(now) == 1
        assert _places(now) == {"globen": ("running", MAY, None)}
        (entry,) = entries(now.session, "placement.running")
        assert subjects(now.session, entry) == {family.child}
        assert placements.run_due(now) == 0


def test_a_place_agreed_before_runs_until_the_wished_one_begins(work: Working, clock: FixedClock) -> None:
    with work() as now:
        family, application = _applied(now)
        _accepted(now, family, application, "globen", MAY)
        offer = builders.offer(now, application, facility="regnbuen", starts_on=JUNE)
        view = offered.offer_for(now, family.parent, offer)
        assert offered.consequences(now, view)[Answer.YES].ends_current_place
        builders.answered(now, family.parent, offer, yes=True)
        assert _places(now) == {"globen": ("agreed", MAY, JUNE), "regnbuen": ("agreed", JUNE, None)}
        assert _attends(now, family.child) == {"globen": (MAY, JUNE), "regnbuen": (JUNE, None)}
    clock.moment = datetime(2026, 5, 2, tzinfo=UTC)
    with work() as now:
        placements.run_due(now)
        assert _places(now) == {"globen": ("running", MAY, JUNE), "regnbuen": ("agreed", JUNE, None)}
    clock.moment = datetime(2026, 6, 1, tzinfo=UTC)
    with work() as now:
        placements.run_due(now)
        assert _places(now) == {"globen": ("ended", MAY, JUNE), "regnbuen": ("running", JUNE, None)}


def test_a_place_that_would_begin_after_the_wished_one_never_does(work: Working, database: Database) -> None:
    with work() as now:
        family, application = _applied(now)
        _accepted(now, family, application, "globen", JULY)
        _accepted(now, family, application, "regnbuen", MAY)
        assert _places(now) == {"globen": ("ended", JULY, JULY), "regnbuen": ("agreed", MAY, None)}
        assert _attends(now, family.child) == {"regnbuen": (MAY, None)}
    sound(database)


def test_what_the_child_attends_already_ends_when_the_place_begins(work: Working) -> None:
    with work() as now:
        family, application = _applied(now)
        builders.attends(now, family.child, "birkegaarden", since=date(2026, 1, 1))
        _accepted(now, family, application, "globen", MAY)
        assert _attends(now, family.child) == {"birkegaarden": (date(2026, 1, 1), MAY), "globen": (MAY, None)}


def test_a_school_that_the_register_knows_of_stands_whatever_place_is_given(work: Working) -> None:
    with work() as now:
        family, application = _applied(now)
        builders.attends(now, family.child, "skovlunde-skole", since=JULY)
        builders.attends(now, family.child, "maaloevhoej-skole", since=date(2026, 1, 1), until=JUNE)
        builders.attends(now, family.child, "birkegaarden", since=JULY)
        _accepted(now, family, application, "globen", MAY)
        assert _attends(now, family.child) == {
            "globen": (MAY, None),
            "skovlunde-skole": (JULY, None),
            "maaloevhoej-skole": (date(2026, 1, 1), JUNE),
        }


def test_a_house_that_the_town_has_given_up_is_left_like_any_other(work: Working) -> None:
    with work() as now:
        family, application = _applied(now)
        now.session.add(Facility(code="gamle-hus", kind="house", first_loaded_at=now.now, retired_on=now.today))
        now.session.flush()
        builders.attends(now, family.child, "gamle-hus", since=date(2026, 1, 1))
        _accepted(now, family, application, "globen", MAY)
        assert _attends(now, family.child)["gamle-hus"] == (date(2026, 1, 1), MAY)


def test_a_place_that_notice_ends_earlier_is_not_drawn_out(work: Working) -> None:
    with work() as now:
        family, application = _applied(now)
        _accepted(now, family, application, "globen", MAY)
        place = now.session.scalars(select(Placement)).one()
        place.ends_on, place.state = date(2026, 5, 15), "notice_given"
        now.session.flush()
        _accepted(now, family, application, "regnbuen", JUNE)
        assert _places(now)["globen"] == ("notice_given", MAY, date(2026, 5, 15))


def test_a_worker_that_slept_for_a_month_puts_everything_right(work: Working, clock: FixedClock) -> None:
    with work() as now:
        family, application = _applied(now)
        for house, starts in (("globen", MAY), ("regnbuen", JUNE), ("fregatten", JULY)):
            _accepted(now, family, application, house, starts)
    clock.moment = datetime(2026, 7, 2, tzinfo=UTC)
    with work() as now:
        placements.run_due(now)
        assert {house: place[0] for house, place in _places(now).items()} == {
            "globen": "ended",
            "regnbuen": "ended",
            "fregatten": "running",
        }


DAYS = st.integers(80, 130)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(starts=st.lists(DAYS, min_size=1, max_size=4), rounds=st.lists(DAYS, max_size=5))
def test_whatever_is_accepted_a_child_is_in_one_place_at_a_time(
    database: Database, starts: list[int], rounds: list[int]
) -> None:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        family, application = _applied(now)
        expected: dict[date, str] = {}
        for house, days in zip(HOUSES, starts, strict=False):
            day = now.today + timedelta(days=days)
            _accepted(now, family, application, house, day)
            expected = {begins: where for begins, where in expected.items() if begins < day} | {day: house}
        for days in sorted(rounds):
            later = Work(session, MOMENT + timedelta(days=days), SYSTEM)
            placements.run_due(later)
            begun = [where for begins, where in sorted(expected.items()) if begins <= later.today]
            running = [house for house, place in _places(later).items() if place[0] == "running"]
            assert running == begun[-1:]
        spells = _attends(now, family.child)
        assert {since: house for house, (since, _) in spells.items()} == expected
        session.rollback()


def _applied(work: Work) -> tuple[builders.Pair, UUID]:
    family = builders.family(work, born=date(2025, 8, 1))
    return family, builders.sent(work, family, wanted=date(2026, 4, 1), wishes=HOUSES)


def _accepted(work: Work, family: builders.Pair, application: UUID, house: str, starts: date) -> None:
    offer = builders.offer(work, application, facility=house, starts_on=starts)
    builders.answered(work, family.parent, offer, yes=True)


def _places(work: Work) -> dict[str, tuple[str, date, date | None]]:
    found = work.session.execute(select(Placement.facility, Placement.state, Placement.starts_on, Placement.ends_on))
    return {row.facility: (row.state, row.starts_on, row.ends_on) for row in found}


def _attends(work: Work, child: UUID) -> dict[str, tuple[date, date | None]]:
    found = select(Attendance.facility, Attendance.since, Attendance.until).where(Attendance.child_id == child)
    return {row.facility: (row.since, row.until) for row in work.session.execute(found)}
