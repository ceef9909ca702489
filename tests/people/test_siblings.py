"""Where a child's brothers and sisters go: what step 4 proposes, and what counts in line; asked of the gate."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

from parentsite.foundation.work import Work
from parentsite.people.attendance import sibling_facilities
from parentsite.people.models import RelationKind
from tests import builders
from tests.databases import MOMENT

Working = Callable[..., AbstractContextManager[Work]]
TODAY = MOMENT.date()


def told_by(work: Work, parent: builders.Pair, day: date = TODAY) -> set[str]:
    return set(sibling_facilities(work.session, parent.parent, parent.child, day))


def test_brothers_and_sisters_at_home_count_where_they_go_or_are_about_to(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        here, soon, before, elsewhere = (builders.child(now, born=date(2022, 1, 1)) for _ in range(4))
        builders.lives_with(now, family.parent, here, soon, before)
        builders.relate(now, family.parent, elsewhere, RelationKind.CUSTODY)
        builders.attends(now, here, "globen")
        builders.attends(now, soon, "regnbuen", since=TODAY + timedelta(days=30))
        builders.attends(now, before, "fregatten", until=TODAY)
        builders.attends(now, elsewhere, "kaerlodden")
        builders.attends(now, family.child, "troldebo")
        assert told_by(now, family) == {"globen", "regnbuen"}


def test_an_adult_shut_out_from_a_sibling_is_not_told_where_it_goes(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        sibling = builders.child(now, born=date(2022, 1, 1))
        builders.lives_with(now, family.parent, sibling)
        builders.attends(now, sibling, "globen")
        builders.block(now, family.parent, sibling, since=TODAY)
        assert told_by(now, family) == set()
        assert told_by(now, family, TODAY - timedelta(days=1)) == {"globen"}


def test_a_home_that_has_not_begun_tells_nothing_yet(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        sibling = builders.child(now, born=date(2022, 1, 1))
        begins = TODAY + timedelta(days=7)
        builders.relate(now, family.parent, sibling, RelationKind.CUSTODY, RelationKind.RESIDENCE, since=begins)
        builders.attends(now, sibling, "globen")
        assert told_by(now, family) == set()
        assert told_by(now, family, begins) == {"globen"}
