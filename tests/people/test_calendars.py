"""A person's calendar address: one at most, known to nobody but who was shown it, dead the moment it is stopped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import new_id
from parentsite.foundation.work import Work
from parentsite.people import calendars
from parentsite.people.calendars import OwnAddress
from parentsite.people.models import CalendarAddress
from tests import builders
from tests.conftest import Working
from tests.places.seen import acts_on


def own(now: Work, person: UUID) -> OwnAddress:
    found = calendars.own_address(now, person)
    assert found
    return found


def made(now: Work, person: UUID, *, shows_place: bool = False) -> str:
    calendars.make(now, person, shows_place=shows_place)
    token = own(now, person).token
    assert token
    return token


def test_the_token_is_long_and_stands_nowhere_to_be_read(work: Working) -> None:
    with work() as now:
        parent = builders.person(now)
        token = made(now, parent)
        assert len(token) >= 43
        row = now.session.execute(select(CalendarAddress)).scalar_one()
        assert token not in repr([getattr(row, column.name) for column in CalendarAddress.__table__.columns])
        assert calendars.reader_by(now, row.token_hash) is None


def test_once_shown_it_is_never_shown_again_and_still_read(work: Working) -> None:
    with work() as now:
        parent = builders.person(now, language="ar")
        token = made(now, parent, shows_place=True)
        calendars.mark_shown(now, own(now, parent).id)
        assert own(now, parent).token is None
        reader = calendars.reader_by(now, token)
        assert reader
        assert (reader.person, reader.language, reader.shows_place) == (parent, "ar", True)


def test_pressing_twice_makes_one_and_keeps_the_first(work: Working) -> None:
    with work() as now:
        parent = builders.person(now)
        first = made(now, parent)
        assert made(now, parent, shows_place=True) == first
        assert own(now, parent).shows_place
        assert acts_on(now.session, own(now, parent).id) == {"calendar.made": 1, "calendar.place_shown": 1}


def test_two_presses_at_once_leave_one_address_that_works(work: Working) -> None:
    with work() as now:
        parent = builders.person(now)
    together = Barrier(4)

    def press(_: int) -> None:
        together.wait()
        with work() as now:
            calendars.make(now, parent, shows_place=False)

    with ThreadPoolExecutor(4) as browsers:
        list(browsers.map(press, range(4)))
    with work() as now:
        assert now.session.scalar(select(func.count()).select_from(CalendarAddress)) == 1
        token = own(now, parent).token
        assert token
        assert calendars.reader_by(now, token)


def test_two_who_replace_it_at_once_leave_one(work: Working) -> None:
    with work() as now:
        parent = builders.person(now)
        old = made(now, parent)
        present = own(now, parent).id
    together = Barrier(3)

    def press(_: int) -> None:
        together.wait()
        with work() as now:
            calendars.replace(now, parent, present)

    with ThreadPoolExecutor(3) as browsers:
        list(browsers.map(press, range(3)))
    with work() as now:
        assert calendars.reader_by(now, old) is None
        assert acts_on(now.session, own(now, parent).id) == {"calendar.replaced": 1}
        assert now.session.scalar(select(func.count()).select_from(CalendarAddress)) == 1


def test_a_replaced_address_is_dead_and_the_choice_stays(work: Working) -> None:
    with work() as now:
        parent = builders.person(now)
        old = made(now, parent, shows_place=True)
        calendars.mark_read(now, own(now, parent).id)
        calendars.replace(now, parent, own(now, parent).id)
        new = own(now, parent)
        assert calendars.reader_by(now, old) is None
        assert new.token
        assert new.token != old
        assert (new.shows_place, new.read_on) == (True, None)
        calendars.replace(now, parent, new_id())
        assert own(now, parent) == new


def test_nobody_replaces_or_stops_anothers(work: Working) -> None:
    with work() as now:
        parent, other = builders.person(now), builders.person(now)
        token = made(now, parent)
        calendars.replace(now, other, own(now, parent).id)
        calendars.stop(now, other)
        calendars.choose_place(now, other, shows_place=True)
        reader = calendars.reader_by(now, token)
        assert reader
        assert not reader.shows_place


def test_a_stopped_address_is_gone_and_one_can_be_made_anew(work: Working) -> None:
    with work() as now:
        parent = builders.person(now)
        token = made(now, parent)
        stopped = own(now, parent).id
        for _ in range(2):
            calendars.stop(now, parent)
        assert calendars.reader_by(now, token) is None
        assert calendars.own_address(now, parent) is None
        assert acts_on(now.session, stopped) == {"calendar.made": 1, "calendar.stopped": 1}
        assert made(now, parent) != token


def test_only_the_day_of_the_last_reading_is_kept(work: Working, clock: FixedClock) -> None:
    with work() as now:
        parent = builders.person(now)
        made(now, parent)
        address = own(now, parent).id
        calendars.mark_read(now, address)
        first = now.today
        assert own(now, parent).read_on == first
    clock.move(days=1)
    with work() as now:
        calendars.mark_read(now, address)
        assert own(now, parent).read_on == first + timedelta(days=1)
        assert acts_on(now.session, address) == {"calendar.made": 1}


@pytest.mark.parametrize("token", ["", "0", "\0", "%", "x" * 5000, "æøå", "' OR 1=1 --"])
def test_what_is_no_token_finds_nobody(work: Working, token: str) -> None:
    with work() as now:
        made(now, builders.person(now))
        assert calendars.reader_by(now, token) is None
