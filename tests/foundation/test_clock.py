"""Clocks: one that stands still for tests, one that a whole demo shares, and Denmark's calendar."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from parentsite.foundation.clock import FileClock, FixedClock, SystemClock, local_date, monotonic
from parentsite.foundation.work import SYSTEM, Work

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 2, 12, 22, 59, 59, tzinfo=UTC), date(2026, 2, 12)),
        (datetime(2026, 2, 12, 23, 0, tzinfo=UTC), date(2026, 2, 13)),
        (datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_the_day_is_denmarks_summer_and_winter(moment: datetime, day: date) -> None:
    assert local_date(moment) == day
    assert Work(None, moment, SYSTEM).today == day  # type: ignore[arg-type]


def test_a_fixed_clock_moves_when_it_is_moved() -> None:
    clock = FixedClock(datetime(2026, 2, 28, tzinfo=UTC))
    assert clock.now() == clock.now()
    clock.move(days=1, hours=2)
    assert clock.now() == datetime(2026, 3, 1, 2, tzinfo=UTC)


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)
    assert monotonic() <= monotonic()


def test_a_demos_clock_is_the_machines_until_it_is_set(tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "clock")
    assert abs(clock.now() - SystemClock().now()) < SECOND
    assert clock.shift() == timedelta()


def test_a_demos_clock_is_shared_goes_on_and_can_be_given_back(tmp_path: Path) -> None:
    here, there = FileClock(tmp_path / "clock"), FileClock(tmp_path / "clock")
    wanted = datetime(2027, 3, 1, 11, tzinfo=UTC)
    here.set(wanted)
    assert timedelta(0) <= there.now() - wanted < SECOND
    assert there.now() <= there.now()
    there.set(None)
    assert abs(here.now() - SystemClock().now()) < SECOND
