"""Consent on paper: the house writes down what was signed, with the paper; it holds like any other answer."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.consent.models import PaperReceipt, SignedPaper
from parentsite.consent.rules import Answer
from parentsite.consent.service.chain import broken_chains
from parentsite.consent.service.errors import AnsweredSince, NothingToRecord, SignedOutOfTime
from parentsite.consent.service.recording import Signed
from parentsite.foundation.attached import AttachedFile
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.files import cleaned
from parentsite.foundation.work import Work
from parentsite.people.models import RelationKind
from parentsite.readiness.service import allowing, papers
from parentsite.readiness.service.errors import NoSuchReceiver, NotFound
from parentsite.readiness.service.facts import Office
from parentsite.readiness.service.papers import record
from parentsite.readiness.service.receipts import kept_of
from tests import builders
from tests.conftest import Working
from tests.foundation.test_files import PDF
from tests.places.racing import Act, at_once, told
from tests.places.seen import acts_on
from tests.readiness.scene import OTHER_HOUSE, OTHER_SCHOOL, SCHOOL, pedagogue, published, scene, staff
from tests.readiness.test_service_receiving import HERE, READING, TALKING, opens, say, teacher

FILE = cleaned(PDF)


def signed(now: Work, person: UUID, on: date | None = None, **said: Answer) -> Signed:
    """A paper that says yes to reading, unless told otherwise."""
    answers = said or {"reading": Answer.YES}
    switches = {"reading": READING, "talking": TALKING}
    return Signed(person, "ar", on or now.today, {switches[name].key: one for name, one in answers.items()}, FILE)


def test_a_paper_holds_like_an_answer_on_the_site_and_is_kept(work: Working) -> None:
    with work() as now:
        of, by = scene(now), teacher(now)
        anne, bo = of.holders
        builders.block(now, bo, of.child)
        published(now, of)
        say(now, of, anne)
    assert not opens(work, by, of)
    with work() as now:
        mine = pedagogue(now, of)
        record(mine, new_id(), of.child, signed(now, bo, now.today - timedelta(days=3)))
        (kept,) = papers.papers(mine, of.child)
        assert (kept.person, kept.signed_on) == (bo, now.today - timedelta(days=3))
        assert papers.file_of(mine, of.child, kept.id).content == PDF
        assert acts_on(now.session, kept.id) == {"paper.recorded": 1}
        assert broken_chains(now.session) == []
    assert opens(work, by, of)
    with work() as now:
        record(pedagogue(now, of), new_id(), of.child, signed(now, bo, reading=Answer.WITHDRAWN))
    assert not opens(work, by, of)


def test_the_yes_of_a_paper_ends_as_one_of_the_day_it_was_signed(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = scene(now, holders=1)
        (anne,) = of.holders
        before = now.today
    clock.move(days=300)
    with work() as now:
        mine = pedagogue(now, of)
        with pytest.raises(SignedOutOfTime):
            record(mine, new_id(), of.child, signed(now, anne, date(2025, 2, 1)))
        record(mine, new_id(), of.child, signed(now, anne, before + timedelta(days=290)))
        sheet = allowing.sheet_of(now, anne, of.child).questions
        (own,) = [one.standing.own for one in sheet if one.switch == READING]
        assert own
        assert own.on_paper
        assert own.until == before + timedelta(days=290 + 365)
        assert own.shown.language == "ar"


def test_a_day_to_come_or_before_custody_is_no_day_to_sign(work: Working) -> None:
    with work() as now:
        of = scene(now, holders=1)
        new = builders.person(now)
        builders.relate(now, new, of.child, RelationKind.CUSTODY, since=now.today - timedelta(days=5))
        mine = pedagogue(now, of)
        for days in (1, -6):
            with pytest.raises(SignedOutOfTime):
                record(mine, new_id(), of.child, signed(now, new, now.today + timedelta(days=days)))
        record(mine, new_id(), of.child, signed(now, new, now.today - timedelta(days=5)))


def test_a_paper_never_overrides_what_was_said_on_the_site_since(work: Working) -> None:
    with work() as now:
        of = scene(now, holders=1)
        (anne,) = of.holders
        mine, yesterday = pedagogue(now, of), now.today - timedelta(days=1)
        say(now, of, anne, said=Answer.NO)
        for day in (yesterday, now.today):
            with pytest.raises(AnsweredSince):
                record(mine, new_id(), of.child, signed(now, anne, day))
        say(now, of, anne)
        with pytest.raises(AnsweredSince):
            record(mine, new_id(), of.child, signed(now, anne, yesterday, reading=Answer.WITHDRAWN))
        record(mine, new_id(), of.child, signed(now, anne, reading=Answer.WITHDRAWN))
        assert now.session.scalar(select(func.count()).select_from(SignedPaper)) == 1


def test_a_slip_at_the_desk_can_be_mended_from_the_same_paper(work: Working) -> None:
    with work() as now:
        of = scene(now, holders=1)
        (anne,) = of.holders
        mine, yesterday = pedagogue(now, of), now.today - timedelta(days=1)
        record(mine, new_id(), of.child, signed(now, anne, yesterday, reading=Answer.NO))
        record(mine, new_id(), of.child, signed(now, anne, yesterday))
        with pytest.raises(AnsweredSince):
            record(mine, new_id(), of.child, signed(now, anne, yesterday - timedelta(days=1), reading=Answer.NO))
        (own,) = [one.standing.own for one in allowing.sheet_of(now, anne, of.child).questions if one.switch == READING]
        assert own
        assert own.answer is Answer.YES


def test_what_cannot_be_written_down_leaves_nothing(work: Working) -> None:
    with work() as now:
        of = scene(now, holders=1)
        (anne,) = of.holders
        mine = pedagogue(now, of)
        elsewhere = replace(READING, office=Office(HERE.kind, OTHER_SCHOOL))
        with pytest.raises(NothingToRecord):
            record(mine, new_id(), of.child, signed(now, anne, reading=Answer.WITHDRAWN))
        both = replace(signed(now, anne), said={READING.key: Answer.YES, elsewhere.key: Answer.YES})
        with pytest.raises(NoSuchReceiver):
            record(mine, new_id(), of.child, both)
        stranger = builders.person(now)
        for by, person in (
            (staff(now, "pedagogue", OTHER_HOUSE), anne),
            (staff(now, "school", SCHOOL), anne),
            (mine, stranger),
        ):
            with pytest.raises(NotFound):
                record(by, new_id(), of.child, signed(now, person))
        for table in (SignedPaper, PaperReceipt, AttachedFile):
            assert now.session.scalar(select(func.count()).select_from(table)) == 0
        assert papers.papers(mine, of.child) == ()


def test_another_house_sees_no_paper_also_when_the_child_goes_there_by_now(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of, one = scene(now, holders=1), new_id()
        record(pedagogue(now, of), one, of.child, signed(now, of.holders[0]))
        other = staff(now, "pedagogue", OTHER_HOUSE)
        for look in (papers.papers, papers.signers):
            with pytest.raises(NotFound):
                look(other, of.child)
        with pytest.raises(NotFound):
            papers.questions(other, of.child, of.holders[0])
        builders.attends(now, of.child, OTHER_HOUSE, since=now.today)
        assert papers.papers(other, of.child) == ()
        with pytest.raises(NotFound):
            papers.file_of(other, of.child, one)


def test_one_paper_sent_twice_at_the_same_moment_is_written_down_once(database: Database, work: Working) -> None:
    with work() as now:
        of, one = scene(now, holders=1), new_id()
        paper = signed(now, of.holders[0], reading=Answer.YES, talking=Answer.NO)
    done = at_once(database, *[Act(lambda now: record(pedagogue(now, of), one, of.child, paper))] * 4)
    assert {told(each) for each in done} == {"done"}
    with work() as now:
        counted = {
            table: now.session.scalar(select(func.count()).select_from(table))
            for table in (SignedPaper, PaperReceipt, AttachedFile)
        }
        assert counted == {SignedPaper: 1, PaperReceipt: 2, AttachedFile: 1}
        assert broken_chains(now.session) == []


def test_a_paper_beside_the_same_parents_press_leaves_one_of_the_two_last(database: Database, work: Working) -> None:
    """The press is of today; the paper, of yesterday, is refused when it comes after, and outlived when before."""
    with work() as now:
        of = scene(now, holders=1)
        (anne,) = of.holders
        paper = signed(now, anne, now.today - timedelta(days=1))

    def write(now: Work) -> object:
        try:
            return record(pedagogue(now, of), new_id(), of.child, paper)
        except AnsweredSince:
            return None

    done = at_once(database, Act(write), Act(lambda now: say(now, of, anne, said=Answer.NO)))
    assert {told(each) for each in done} == {"done"}
    with work() as now:
        (own,) = [one.standing.own for one in allowing.sheet_of(now, anne, of.child).questions if one.switch == READING]
        assert own
        assert own.answer is Answer.NO


def test_any_yes_that_still_holds_can_be_taken_back_on_paper(work: Working) -> None:
    """The child goes to another school by now."""
    with work() as now:
        of = scene(now)
        anne, bo = of.holders
        mine = pedagogue(now, of)
        say(now, of, anne)
        say(now, of, bo, said=Answer.NO)
        builders.attends(now, of.child, OTHER_SCHOOL)
        found = papers.questions(mine, of.child, anne)
        assert found[READING.key].answers == (Answer.WITHDRAWN,)
        assert found[READING.key].name == "Hedegårdsskolen"
        assert READING.key not in papers.questions(mine, of.child, bo), "a no is nothing to take back"
        with pytest.raises(NoSuchReceiver):
            record(mine, new_id(), of.child, signed(now, anne))
        once = new_id()
        for _ in range(2):
            record(mine, once, of.child, signed(now, anne, reading=Answer.WITHDRAWN))
        assert [one.receipt.answer for one in kept_of(now, anne, of.child)] == [Answer.WITHDRAWN, Answer.YES]
        assert len(papers.papers(mine, of.child)) == 1
        builders.attends(now, of.child, SCHOOL)
        assert set(papers.questions(mine, of.child, anne)[READING.key].answers) == set(Answer)
