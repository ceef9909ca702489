"""What helps a visit is read where the visit is: two adults of one home need not both have told of the door."""

from uuid import UUID

from parentsite.foundation.work import Work
from parentsite.people.models import RelationKind
from parentsite.visits.service import booking, rounds
from parentsite.visits.service.homes import Home, save_home
from tests import builders
from tests.builders import Pair
from tests.conftest import Working
from tests.visits.scene import BORN, DISTRICT, WEEKS, family, times, visitor

TOLD = Home("Arabisk", "1234#", "En hund")


def moved_by_the_other(now: Work, one: Pair, partner: UUID) -> UUID:
    """The first adult tells what helps and books; the partner moves the visit, and has it from then on."""
    first, second = (free.slot_id for free in times(now, one)[:2])
    save_home(now, one.parent, TOLD)
    visit = booking.book(now, one.parent, one.child, WEEKS, first)
    booking.move(now, partner, visit, second)
    return visit


def read_by(now: Work, her: UUID, visit: UUID) -> tuple[Home, str | None]:
    opened = rounds.open_visit(now, her, visit)
    (stop,) = rounds.day_of(now, her, opened.stop.starts_at.date())
    return opened.home, stop.interpreter


def test_what_one_adult_has_told_holds_when_the_other_moves_the_visit(work: Working) -> None:
    with work() as now:
        her, one = visitor(now), family(now)
        partner = builders.person(now, district=DISTRICT)
        builders.lives_with(now, partner, one.child)
        visit = moved_by_the_other(now, one, partner)
        assert read_by(now, her, visit) == (TOLD, "Arabisk")
        save_home(now, partner, Home(door_code="9999#"))
        assert read_by(now, her, visit) == (Home("Arabisk", "9999#", "En hund"), "Arabisk")
        builders.block(now, one.parent, one.child)
        assert read_by(now, her, visit) == (Home(door_code="9999#"), None), "who is shut out tells of no home any more"


def test_what_was_told_of_the_other_home_is_not_read_in_this_one(work: Working) -> None:
    with work() as now:
        her, child = visitor(now), builders.child(now, born=BORN, district=DISTRICT)
        mother, father = (builders.person(now, given_name=name, district=DISTRICT) for name in ("Mette", "Bo"))
        for adult in (mother, father):
            builders.relate(now, adult, child, RelationKind.CUSTODY)
            builders.relate(now, adult, child, RelationKind.RESIDENCE, shared=True)
        save_home(now, mother, TOLD)
        his = Pair(father, child)
        visit = booking.book(now, father, child, WEEKS, times(now, his)[0].slot_id)
        assert read_by(now, her, visit) == (Home(), None)
