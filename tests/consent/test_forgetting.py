"""Receipts and papers are forgotten when they need prove nothing any more, and what is left still proves itself."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Executable, delete, select, text, update
from sqlalchemy.exc import IntegrityError

from parentsite.consent.models import ConsentChain, ConsentReceipt, PaperReceipt, SignedPaper
from parentsite.consent.rules import Answer
from parentsite.consent.service import saying
from parentsite.consent.service.chain import broken_chains
from parentsite.consent.service.forgetting import forget_over
from parentsite.foundation.attached import AttachedFile, Untrue, attached
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.work import Work
from tests.conftest import Working
from tests.consent.scene import family, how_many, matter, say, tamper
from tests.places.racing import Act, at_once, told
from tests.places.seen import acts_on
from tests.readiness.scene import pedagogue, scene
from tests.readiness.test_service_receiving import on_paper

KEEP = 1095
"""The pack's `consent_proof_days`."""
HELD = 365
"""Days that a yes holds."""


def test_a_yes_is_kept_for_so_long_after_it_ended_and_a_no_after_it_was_said(work: Working, clock: FixedClock) -> None:
    with work() as now:
        child, (anne, bo) = family(now)
        say(now, anne, matter(child), days=HELD)
        say(now, bo, matter(child), Answer.NO)
    for days, left in ((KEEP + HELD - 1, 2), (1, 0)):
        clock.move(days=days)
        with work() as now:
            # Bo's no came after the yes: from the first one on, so that the rest proves itself.
            assert forget_over(now) == (left == 0)
            assert how_many(now.session) == left
            assert broken_chains(now.session) == []
    with work() as now:
        assert acts_on(now.session, child) == {"consents.forgotten": 1}
        assert forget_over(now) == 0


def test_the_chain_goes_on_where_it_has_forgotten(work: Working, clock: FixedClock) -> None:
    with work() as now:
        child, (anne, bo) = family(now)
        say(now, anne, matter(child), Answer.NO)
    clock.move(days=KEEP - 1)
    with work() as now:
        say(now, bo, matter(child))
        say(now, anne, matter(child))
        saying.withdraw(now, bo, matter(child))
    for days, left in ((1, 3), (HELD + KEEP - 2, 3), (1, 0)):
        clock.move(days=days)
        with work() as now:
            forget_over(now)
            assert how_many(now.session) == left
            assert broken_chains(now.session) == []
    with work() as now:
        say(now, bo, matter(child), Answer.NO)
        assert broken_chains(now.session) == []
        assert how_many(now.session) == 1
    clock.move(days=KEEP)
    with work() as now:
        assert (forget_over(now), how_many(now.session), broken_chains(now.session)) == (1, 0, [])


def test_a_yes_that_still_holds_is_never_forgotten_nor_what_came_after_it(work: Working, clock: FixedClock) -> None:
    with work() as now:
        child, (anne, bo) = family(now)
        say(now, anne, matter(child), days=None)
        say(now, bo, matter(child), Answer.NO)
    clock.move(days=KEEP * 9)
    with work() as now:
        assert (forget_over(now), how_many(now.session)) == (0, 2)


def test_the_paper_goes_with_the_last_receipt_that_it_stands_behind(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = scene(now)
        on_paper(pedagogue(now, of), of, of.holders[0])
        until = now.session.scalars(select(ConsentReceipt.until)).one()
        file_id = now.session.scalars(select(SignedPaper.file_id)).one()
        assert until is not None
        wait = (until - now.today).days + KEEP
    clock.move(days=wait - 1)
    with work() as now:
        assert forget_over(now) == 0
        assert attached(now, file_id).content
    clock.move(days=1)
    with work() as now:
        assert forget_over(now) == 1
        for model in (ConsentReceipt, PaperReceipt, SignedPaper):
            assert now.session.scalars(select(model)).all() == []
        with pytest.raises(Untrue):
            attached(now, file_id)
        assert now.session.get(AttachedFile, file_id) is not None, "that there was one stays, and nothing of it"


@pytest.mark.parametrize(
    "forbidden",
    [
        delete(ConsentReceipt),
        delete(PaperReceipt),
        delete(SignedPaper),
        delete(ConsentChain),
        update(ConsentChain).values(forgotten=9),
        update(ConsentChain).values(forgotten_link="x"),
        update(ConsentChain).values(forgotten=1, length=2),
        update(ConsentReceipt).values(number=0),
    ],
    ids=str,
)
def test_the_database_lets_nobody_forget_by_another_way(work: Working, forbidden: Executable) -> None:
    with work() as now:
        of = scene(now)
        on_paper(pedagogue(now, of), of, of.holders[0])
    with pytest.raises(IntegrityError), work() as now:
        now.session.connection().execute(forbidden)


@pytest.mark.parametrize(
    "how",
    [
        "DELETE FROM consent_receipt WHERE number = 2 AND about = :about",
        "UPDATE consent_receipt SET answer = 'no', until = NULL WHERE number = 2 AND about = :about",
        "UPDATE consent_chain SET forgotten_link = 'x' WHERE about = :about",
        "UPDATE consent_chain SET forgotten = 0 WHERE about = :about",
    ],
)
def test_what_is_left_still_shows_what_was_changed(
    database: Database, work: Working, clock: FixedClock, how: str
) -> None:
    with work() as now:
        child, (anne, bo) = family(now)
        say(now, anne, matter(child), Answer.NO)
    clock.move(days=KEEP)
    with work() as now:
        say(now, bo, matter(child))
        forget_over(now)
        assert (how_many(now.session), broken_chains(now.session)) == (1, [])
    tamper(database, how, child)
    with database.read() as session:
        assert broken_chains(session) == [child]


def test_workers_who_meet_forget_once(database: Database, work: Working, clock: FixedClock) -> None:
    children: list[UUID] = []
    with work() as now:
        for _ in range(3):
            child, (anne, _) = family(now)
            say(now, anne, matter(child), Answer.NO)
            children.append(child)
    later = timedelta(days=KEEP)

    def forget(now: Work) -> int:
        return forget_over(Work(now.session, now.now + later, now.actor))

    done = at_once(database, *[Act(forget)] * 4)
    assert {told(one) for one in done} == {"done"}
    with work() as now:
        assert [acts_on(now.session, child) for child in children] == [{"consents.forgotten": 1}] * 3
        assert broken_chains(now.session) == []


def test_what_was_written_before_has_a_day_too(work: Working) -> None:
    """The day stands on the chain from its first receipt on: new ones do not move it."""
    with work() as now:
        child, (anne, bo) = family(now)
        say(now, anne, matter(child), days=HELD)
        say(now, bo, matter(child), days=HELD + 9)
        day = now.session.execute(text("SELECT over_on FROM consent_chain")).scalar_one()
        assert str(day) == str(now.today + timedelta(days=HELD))
