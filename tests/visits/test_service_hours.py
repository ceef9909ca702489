"""Weekly hours change from a day on: what is before it stays, nothing is doubled, and nobody changes a colleague's."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.foundation.work import Work
from parentsite.visits.models.team import VisitHours, VisitSlot
from parentsite.visits.rules.slots import COPENHAGEN, Shift
from parentsite.visits.service import planning
from parentsite.visits.service.errors import NotFound
from tests.conftest import Working
from tests.visits.scene import DISTRICT, SPRING, broken, mornings, visitor

BEGUN, MARCH = date(2026, 1, 1), date(2026, 3, 1)


def worked(work: Work, her: UUID) -> list[tuple[date, date | None, time]]:
    """From when until when, and when the day begins."""
    rows = select(VisitHours).where(VisitHours.visitor_id == her).order_by(VisitHours.since)
    return [(row.since, row.until, row.opens) for row in work.session.scalars(rows)]


def hours_of(work: Work, her: UUID) -> UUID:
    """The first of them."""
    rows = select(VisitHours.id).where(VisitHours.visitor_id == her).order_by(VisitHours.since)
    return work.session.scalars(rows.limit(1)).one()


def first_hours(work: Work, her: UUID) -> dict[date, time]:
    """The first time of each day with times."""
    open_ones = select(VisitSlot.starts_at).where(VisitSlot.visitor_id == her, VisitSlot.state == "open")
    found: dict[date, time] = {}
    for moment in work.session.scalars(open_ones.order_by(VisitSlot.starts_at)):
        local = moment.astimezone(COPENHAGEN)
        found.setdefault(local.date(), local.time())
    return found


def later(since: date, until: date | None = SPRING) -> Shift:
    return Shift(DISTRICT, 1, time(9), time(13), since, until)


def test_what_is_before_the_change_stays(work: Working) -> None:
    with work() as now:
        her = visitor(now, *mornings(days=[1]))
        for _ in range(2):
            planning.change_hours(now, her, hours_of(now, her), later(MARCH))
        assert worked(now, her) == [(BEGUN, MARCH, time(8)), (MARCH, SPRING, time(9))]
        told = first_hours(now, her)
        assert {opens for day, opens in told.items() if day < MARCH} == {time(8)}
        assert {opens for day, opens in told.items() if day >= MARCH} == {time(9)}
        assert broken(now.session) == []


def test_a_change_from_their_first_day_on_takes_their_place(work: Working) -> None:
    with work() as now:
        her = visitor(now, *mornings(days=[1]))
        for _ in range(2):
            planning.change_hours(now, her, hours_of(now, her), later(BEGUN))
        assert worked(now, her) == [(BEGUN, SPRING, time(9))]


def test_hours_end_on_a_day_and_never_later_than_they_would(work: Working) -> None:
    with work() as now:
        her = visitor(now, *mornings(days=[1]))
        ours = hours_of(now, her)
        for day in (MARCH, MARCH, SPRING + timedelta(days=9)):
            planning.end_hours(now, her, ours, day)
            assert worked(now, her) == [(BEGUN, MARCH, time(8))]
        assert max(first_hours(now, her)) < MARCH
        planning.end_hours(now, her, ours, now.today)
        assert (worked(now, her), first_hours(now, her)) == ([], {})


def test_a_colleagues_hours_are_not_reached_by_their_id(work: Working) -> None:
    with work() as now:
        her, other = visitor(now, *mornings(days=[1])), visitor(now, *mornings(days=[2]))
        with pytest.raises(NotFound):
            planning.change_hours(now, other, hours_of(now, her), later(MARCH))
        planning.end_hours(now, other, hours_of(now, her), MARCH)
        assert worked(now, her) == [(BEGUN, SPRING, time(8))]
