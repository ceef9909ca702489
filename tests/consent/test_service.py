"""Receipts of consents: who may answer, what is written, what another may know, and that nobody can change one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.base import Executable

from parentsite.consent.models import ConsentChain, ConsentReceipt
from parentsite.consent.rules import Answer, Matter, Subject
from parentsite.consent.service import saying
from parentsite.consent.service.chain import broken_chains
from parentsite.consent.service.effect import in_force, standing, unanswered
from parentsite.consent.service.errors import NotAsked
from parentsite.consent.service.reading import receipts_of
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import RelationKind
from tests import builders
from tests.bench.inprocess import statements
from tests.conftest import Working
from tests.consent.scene import READ, READ_ANEW, family, how_many, is_allowed, matter, say, tamper
from tests.databases import MOMENT
from tests.places.seen import entries, subjects


def test_both_custody_holders_must_say_yes_and_either_ends_it_alone(work: Working, clock: FixedClock) -> None:
    with work() as now:
        child, (anne, bo) = family(now)
        of = matter(child)
        say(now, anne, of)
        assert not is_allowed(now, of)
        say(now, bo, of)
        assert is_allowed(now, of)
        assert saying.withdraw(now, bo, of)
        assert not is_allowed(now, of)
        assert not saying.withdraw(now, bo, of)
    clock.move(days=1)
    with work() as now:
        say(now, bo, of)
        assert is_allowed(now, of)
        say(now, anne, of, Answer.NO)
        assert not is_allowed(now, of)


def test_a_receipt_says_what_was_asked_what_was_read_and_until_when(work: Working) -> None:
    with work() as now:
        child, (anne, _) = family(now)
        say(now, anne, matter(child), days=10)
        (one,) = receipts_of(now, anne, matter(child))
        assert (one.answer, one.said_at, one.shown) == (Answer.YES, now.now, READ)
        assert one.until == now.today + timedelta(days=10)
        (entry,) = entries(now.session, "consent.answered")
        assert subjects(now.session, entry) == {anne, child}
        assert (entry.record_kind, entry.role) == ("consent_receipt", "parent")


def test_a_yes_ends_by_itself_and_can_be_given_again(work: Working, clock: FixedClock) -> None:
    with work() as now:
        child, (anne,) = family(now, holders=1)
        of = matter(child)
        say(now, anne, of, days=10)
    clock.move(days=9)
    with work() as now:
        assert is_allowed(now, of)
        assert not standing(now, of, anne).must_answer
    clock.move(days=1)
    with work() as now:
        assert not is_allowed(now, of)
        assert standing(now, of, anne).must_answer
        assert not saying.withdraw(now, anne, of)
        say(now, anne, of, days=10)
        assert is_allowed(now, of)


def test_another_receiver_purpose_or_child_is_another_matter(work: Working) -> None:
    with work() as now:
        child, (anne,) = family(now, holders=1)
        sibling = builders.child(now)
        builders.lives_with(now, anne, sibling)
        of = matter(child)
        say(now, anne, of)
        others = [matter(child, "maaloev"), matter(child, purpose="test.other"), matter(sibling)]
        assert in_force(now, [of, *others]) == {of}
        assert receipts_of(now, anne, others[0]) == ()


def test_the_same_answer_again_is_the_same_receipt_until_the_text_is_another(work: Working) -> None:
    with work() as now:
        child, (anne, _) = family(now)
        of = matter(child)
        for answer in (Answer.NO, Answer.NO, Answer.YES, Answer.YES):
            say(now, anne, of, answer)
        assert how_many(now.session) == 2
        saying.say(builders.as_parent(now, anne), anne, of, Answer.YES, READ_ANEW)
        newest, *_ = receipts_of(now, anne, of)
        assert (how_many(now.session), newest.shown) == (3, READ_ANEW)


@pytest.mark.parametrize("kinds", [(), (RelationKind.RESIDENCE,), (RelationKind.FOSTER,), (RelationKind.DECLARER,)])
def test_who_holds_no_custody_is_not_asked(work: Working, kinds: tuple[RelationKind, ...]) -> None:
    with work() as now:
        child, _ = family(now)
        other = builders.person(now)
        builders.relate(now, other, child, *kinds)
        with pytest.raises(NotAsked):
            say(now, other, matter(child))
        assert how_many(now.session) == 0


def test_nobody_answers_for_another_adult(work: Working) -> None:
    with work() as now:
        one, other = builders.person(now), builders.person(now)
        own = Matter(Subject.PERSON, one, "test.own", "group", "1")
        with pytest.raises(NotAsked):
            say(now, other, own)
        say(now, one, own, days=None)
        assert is_allowed(now, own)


def test_who_is_blocked_still_counts_and_answers_through_staff_alone(work: Working) -> None:
    with work() as now:
        child, (anne, bo) = family(now)
        builders.block(now, bo, child)
        of = matter(child)
        say(now, anne, of)
        assert not is_allowed(now, of)
        with pytest.raises(NotAsked):
            say(now, bo, of)
        saying.say(builders.as_clerk(now), bo, of, Answer.YES, READ)
        assert is_allowed(now, of)
        recorded = select(ConsentReceipt.recorded_by).where(ConsentReceipt.giver_id == bo)
        assert now.session.scalars(recorded).one() == "staff"


def test_a_new_custody_holder_is_asked_and_a_former_one_counts_no_more(work: Working, clock: FixedClock) -> None:
    with work() as now:
        child, (anne,) = family(now, holders=1)
        of, new = matter(child), builders.person(now)
        say(now, anne, of)
        today = now.today
        builders.relate(now, new, child, RelationKind.CUSTODY, since=today, until=today + timedelta(days=5))
        assert not is_allowed(now, of)
        assert unanswered(now, of) == {new}
    clock.move(days=5)
    with work() as now:
        assert is_allowed(now, of)
        with pytest.raises(NotAsked):
            say(now, new, of)


def test_each_sees_of_the_other_only_whether_there_is_an_answer(work: Working) -> None:
    with work() as now:
        child, (anne, bo) = family(now)
        of = matter(child)
        assert standing(now, of, anne).others == (False,)
        told = set()
        for answer in (Answer.YES, Answer.NO):
            say(now, bo, of, answer)
            told.add(standing(now, of, anne))
        saying.withdraw(now, bo, of)
        assert told | {standing(now, of, anne)} == {standing(now, of, anne)}
        assert standing(now, of, anne).others == (True,)
        assert receipts_of(now, anne, of) == ()


def test_many_matters_cost_no_more_statements_than_one(work: Working, database: Database) -> None:
    with work() as now:
        families = [family(now) for _ in range(6)]
        for child, adults in families:
            for adult in adults:
                say(now, adult, matter(child))
    with database.read() as session, statements() as sent:
        asked = [matter(child) for child, _ in families]
        assert in_force(Work(session, MOMENT, SYSTEM), asked) == set(asked)
    assert len(sent) == 2


@pytest.mark.parametrize(
    "forbidden",
    [
        update(ConsentReceipt).values(answer="no", until=None),
        update(ConsentReceipt).values(until=date(2030, 1, 1)),
        delete(ConsentReceipt),
        delete(ConsentChain),
        update(ConsentChain).values(link="x"),
        update(ConsentChain).values(length=0, link=""),
    ],
    ids=str,
)
def test_the_database_lets_nobody_change_or_delete_one(work: Working, forbidden: Executable) -> None:
    with work() as now:
        child, (anne, _) = family(now)
        say(now, anne, matter(child))
    with pytest.raises(IntegrityError), work() as now:
        now.session.connection().execute(forbidden)


TAMPERED: dict[str, str] = {
    "a no made a yes": "UPDATE consent_receipt SET answer = 'yes' WHERE number = 2",
    "a later end": "UPDATE consent_receipt SET until = '2031-01-01' WHERE number = 1",
    "another receiver": "UPDATE consent_receipt SET receiver_name = 'Another house' WHERE number = 3",
    "one taken from the middle": "DELETE FROM consent_receipt WHERE number = 2",
    "the first taken away": "DELETE FROM consent_receipt WHERE number = 1",
    "the last taken away": "DELETE FROM consent_receipt WHERE number = 3",
    "all taken away": "DELETE FROM consent_receipt",
    "the end moved": "UPDATE consent_chain SET length = 2",
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_is_changed_behind_the_sites_back_shows(database: Database, work: Working, how: str) -> None:
    with work() as now:
        (child, (anne, bo)), (other, (carla,)) = family(now), family(now, holders=1)
        for adult, answer in ((anne, Answer.YES), (bo, Answer.NO), (bo, Answer.YES)):
            say(now, adult, matter(child), answer)
        say(now, carla, matter(other))
        assert broken_chains(now.session) == []
    tamper(database, f"{TAMPERED[how]}{' AND' if 'WHERE' in TAMPERED[how] else ' WHERE'} about = :about", child)
    with database.read() as session:
        assert broken_chains(session) == [child]
