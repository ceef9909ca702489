"""Two parents at the same moment, many presses of one, a yes beside its withdrawal: on both databases."""

from collections import Counter
from uuid import UUID

from parentsite.consent.rules import Answer, Matter
from parentsite.consent.service import saying
from parentsite.consent.service.chain import broken_chains
from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from tests.consent.scene import family, how_many, is_allowed, matter, say
from tests.databases import MOMENT
from tests.places.racing import Act, at_once, told

PRESSES = 6


def prepared(database: Database, holders: int = 2) -> tuple[Matter, list[UUID]]:
    with database.write() as session:
        child, adults = family(Work(session, MOMENT, SYSTEM), holders)
        return matter(child), list(adults)


def saying_yes(person: UUID, of: Matter) -> Act:
    return Act(lambda work: say(work, person, of))


def left(database: Database, of: Matter) -> tuple[int, bool]:
    """How many receipts there are, and whether the matter is in force; the chain proves itself."""
    with database.read() as session:
        assert broken_chains(session) == []
        return how_many(session), is_allowed(Work(session, MOMENT, SYSTEM), of)


def test_both_parents_press_yes_at_the_same_moment_many_times(database: Database) -> None:
    of, adults = prepared(database)
    done = at_once(database, *[saying_yes(adult, of) for adult in adults] * PRESSES)
    assert Counter(map(told, done)) == {"done": 2 * PRESSES}
    assert {one.tries for one in done} == {1}
    assert left(database, of) == (2, True)


def test_many_who_answer_about_one_child_are_all_written(database: Database) -> None:
    of, adults = prepared(database, holders=10)
    done = at_once(database, *[saying_yes(adult, of) for adult in adults])
    assert Counter(map(told, done)) == {"done": 10}
    assert left(database, of) == (10, True)


def test_a_yes_is_taken_back_once_however_often_it_is_pressed(database: Database) -> None:
    of, (anne, _) = prepared(database)
    with database.write() as session:
        say(Work(session, MOMENT, SYSTEM), anne, of)
    done = at_once(database, *[Act(lambda work: saying.withdraw(work, anne, of))] * PRESSES)
    assert Counter(one.answer is not None for one in done) == {True: 1, False: PRESSES - 1}
    assert left(database, of) == (2, False)


def test_one_withdraws_while_the_other_says_yes(database: Database) -> None:
    of, (anne, bo) = prepared(database)
    with database.write() as session:
        say(Work(session, MOMENT, SYSTEM), anne, of)
    acts = [Act(lambda work: saying.withdraw(work, anne, of)), saying_yes(bo, of)]
    done = at_once(database, *acts, Act(lambda work: say(work, bo, of, Answer.YES)))
    assert {told(one) for one in done} == {"done"}
    assert left(database, of) == (3, False)
