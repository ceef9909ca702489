"""A case that stayed open for a promise is closed once the place has begun, and not a day before."""

from datetime import date, timedelta

import pytest

from parentsite.foundation.clock import FixedClock
from parentsite.places.models import Application
from parentsite.places.service import cases, placements
from tests import builders
from tests.conftest import Working
from tests.places.seen import acts_on, row

WANTED, STARTS = date(2026, 6, 12), date(2026, 10, 1)
"""The place begins after the day guaranteed: what was promised in between is not undone by a Yes."""


@pytest.mark.parametrize("others", [[], ["regnbuen"]], ids=["nothing more is wished for", "another wish waits"])
def test_once_the_place_begins_the_promise_is_met(work: Working, clock: FixedClock, others: list[str]) -> None:
    with work() as now:
        family = builders.family(now, born=date(2025, 8, 28))
        case = builders.sent(now, family, wanted=WANTED, wishes=["globen", *others])
        made = builders.offer(now, case, facility="globen", starts_on=STARTS)
        builders.answered(now, family.parent, made, yes=True)
        assert row(now.session, Application, case).guaranteed_by == WANTED
    clock.moment += STARTS - timedelta(days=1) - clock.now().date()
    with work() as now:
        assert placements.run_due(now) == 0
        assert cases.case_for(now, family.parent, case).is_live
    clock.move(days=1)
    for begun in (1, 0):
        with work() as now:
            assert placements.run_due(now) == begun
    with work() as now:
        found = row(now.session, Application, case)
        assert (found.guaranteed_by, found.guarantee_outcome) == (None, "met")
        assert found.state == ("waiting" if others else "closed")
        told = acts_on(now.session, case)
        assert (told["application.closed"], told["application.guarantee_met"]) == ((0, 1) if others else (1, 0))


@pytest.mark.parametrize("has_begun", [False, True], ids=["agreed", "begun"])
def test_a_case_with_a_place_whose_last_wish_is_taken_off_is_closed(
    work: Working, clock: FixedClock, has_begun: bool
) -> None:
    with work() as now:
        family = builders.family(now, born=date(2025, 8, 28))
        case = builders.sent(now, family, wanted=WANTED, wishes=["globen", "regnbuen"])
        yes = builders.offer(now, case, facility="globen", starts_on=WANTED)
        builders.answered(now, family.parent, yes, yes=True)
    if has_begun:
        clock.moment += WANTED - clock.now().date()
    with work() as now:
        assert placements.run_due(now) == has_begun
        no = builders.offer(now, case, facility="regnbuen", starts_on=STARTS)
        wish = next(one.wish_id for one in cases.case_for(now, family.parent, case).wishes if one.facility != "globen")
        builders.answered(now, family.parent, no, yes=False, remove=[wish])
        assert row(now.session, Application, case).state == "closed"


def test_a_child_that_still_waits_for_its_first_place_is_left_alone(work: Working, clock: FixedClock) -> None:
    with work() as now:
        case = builders.sent(now, builders.family(now))
    clock.move(days=400)
    with work() as now:
        placements.run_due(now)
        assert row(now.session, Application, case).guaranteed_by is not None
