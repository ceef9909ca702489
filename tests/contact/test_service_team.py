"""What the teams do with letters: who reads which, taking, answering, handing over, closing; and what is forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.contact.letters import about_letter
from parentsite.contact.models import Letter, LetterAttachment, LetterHandover, LetterMark, LetterMessage
from parentsite.contact.service import answering, chores, desk_lists, marking, own, references, writing
from parentsite.contact.service.desk_letter import desk_letter
from parentsite.contact.service.errors import ChangedMeanwhile, Closed, NobodyThere, NotFound
from parentsite.foundation.attached import CONTENT, AttachedFile, Untrue, attached
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.files import cleaned
from parentsite.foundation.sealed import keyring_of
from parentsite.foundation.work import Work
from tests import builders
from tests.conftest import Working
from tests.contact.scene import (
    ELSEWHERE,
    FAMILY,
    HERE,
    HOUSE,
    NURSES,
    OFFICE,
    SOCIAL,
    as_parent,
    as_staff,
    begun,
    home,
    said,
    state,
    told,
)
from tests.foundation.test_files import PDF
from tests.places.racing import Act, at_once
from tests.places.racing import told as outcome
from tests.places.seen import entries


def queue_of(work: Work) -> list[UUID]:
    return [one.id for one in desk_lists.queue(work).rows]


def test_each_team_reads_its_own_letters_in_its_own_place(work: Working) -> None:
    with work() as now:
        of = home(now)
        (house, other, *_) = builders.houses(now)
        builders.attends(now, of.child, house)
        by_team = {team: begun(now, of.mother, of.child, team=team) for team in (OFFICE, NURSES, SOCIAL, HOUSE)}
        for reader, team in (
            (as_staff(now, "placement"), OFFICE),
            (as_staff(now, "health_visitor", HERE), NURSES),
            (as_staff(now, "social_worker"), SOCIAL),
            (as_staff(now, "pedagogue", house), HOUSE),
        ):
            assert queue_of(reader) == [by_team[team]]
            for code, letter in by_team.items():
                if code != team:
                    with pytest.raises(NotFound):
                        desk_letter(reader, letter)
        for outsider in (
            as_staff(now, "health_visitor", ELSEWHERE),
            as_staff(now, "pedagogue", other),
            as_staff(now, "counsellor"),
            as_parent(now, of.mother),
        ):
            assert queue_of(outsider) == []
            with pytest.raises(NotFound):
                answering.answer(outsider, by_team[NURSES], said(), read=1)


def test_who_has_waited_longest_stands_first(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = home(now)
        first = begun(now, of.mother, of.child)
    clock.move(days=4)
    with work() as now:
        second = begun(now, of.father, of.child)
        writing.write_on(as_parent(now, of.mother), of.mother, first, said("Er der nyt?"))
        here = as_staff(now, "placement")
        found = desk_lists.queue(here).rows
        assert [one.id for one in found] == [first, second]
        # From a Thursday to a Monday.
        assert [one.waited for one in found] == [2, 0]
        assert (found[0].person, found[0].language) == ("Mette Lund", "da")
        assert desk_lists.waiting_by_team(here) == {OFFICE: 2}
        assert desk_lists.waiting_by_team(as_staff(now, "family_team")) == {}


def test_a_letter_is_taken_by_one_and_taken_over_from_who_was_seen_to_have_it(work: Working) -> None:
    with work() as now:
        letter = begun(now, home(now).mother)
        one, two, three = (as_staff(now, "placement") for _ in range(3))
        assert answering.claim(one, letter)
        assert answering.claim(one, letter)
        assert not answering.claim(two, letter)
        assert answering.claim(two, letter, instead_of=one.actor.id)
        assert not answering.claim(three, letter, instead_of=one.actor.id)
        assert not answering.let_go(one, letter)
        assert answering.let_go(two, letter)
        assert state(now.session, letter) == "open"


def test_two_who_take_at_once_are_told_who_has_it(database: Database, work: Working) -> None:
    with work() as now:
        letter = begun(now, home(now).mother)
        actors = [as_staff(now, "placement").actor for _ in range(4)]
    done = at_once(database, *[Act(lambda now: answering.claim(now, letter), actor) for actor in actors])
    assert sorted(one.answer for one in done) == [False, False, False, True]


def test_an_answer_reaches_all_who_see_the_letter_once(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child, shared=True)
        here, form = as_staff(now, "placement"), said("جواب", language="ar", danish="Svar")
        assert answering.answer(here, letter, form, read=1)
        assert not answering.answer(here, letter, form, read=1)
        (answer,) = own.letter_of(now, of.mother, letter).conversation.messages[1:]
        assert (answer.words.body, answer.words.language, answer.words.danish) == ("جواب", "ar", "Svar")
        assert own.letter_of(now, of.mother, letter).due is None
        assert told(now.session, of.mother) == ["contact/answered"]
        assert told(now.session, of.father) == ["contact/answered", "contact/shared"]
        assert told(now.session, of.stranger) == []


def test_nobody_answers_closes_or_hands_over_what_they_have_not_read(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter, here = begun(now, of.mother, of.child), as_staff(now, "placement")
        writing.write_on(as_parent(now, of.mother), of.mother, letter, said("Vent!"))
        with pytest.raises(ChangedMeanwhile):
            answering.answer(here, letter, said(), read=1)
        with pytest.raises(ChangedMeanwhile):
            answering.close(here, letter, read=1)
        with pytest.raises(ChangedMeanwhile):
            answering.hand_over(here, letter, FAMILY, read=1)
        assert answering.close(here, letter, read=2)
        assert not answering.close(here, letter, read=2)
        with pytest.raises(Closed):
            answering.answer(here, letter, said(), read=2)


def test_two_answers_at_once_are_one_and_a_second_look(database: Database, work: Working) -> None:
    with work() as now:
        letter = begun(now, home(now).mother)
        actors = [as_staff(now, "placement").actor for _ in range(3)]
    acts = [Act(lambda now: answering.answer(now, letter, said(), read=1), actor) for actor in actors]
    assert sorted(outcome(one) for one in at_once(database, *acts)) == ["ChangedMeanwhile", "ChangedMeanwhile", "done"]


def test_who_hands_over_reads_it_no_more_and_the_parent_sees_to_whom(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child)
        here = as_staff(now, "placement")
        answering.claim(here, letter)
    clock.move(days=1)
    with work() as now:
        here, there = as_staff(now, "placement"), as_staff(now, "health_visitor", HERE)
        assert answering.hand_over(here, letter, NURSES, read=1)
        with pytest.raises(NotFound):
            desk_letter(here, letter)
        found = desk_letter(there, letter)
        assert (found.head.waited, found.head.taken_by, found.place) == (1, None, HERE)
        (handed,) = own.letter_of(now, of.mother, letter).conversation.handovers_after(1)
        assert (handed.from_team, handed.to_team) == (OFFICE, NURSES)
        assert told(now.session, of.mother) == ["contact/handed_over"]
        with pytest.raises(NobodyThere):
            answering.hand_over(there, letter, HOUSE, read=1)
        assert references.codes_in_use(now, frozenset({OFFICE, NURSES, FAMILY})) == {OFFICE, NURSES}


def test_the_team_marks_as_one_and_is_warned_of_a_parent_who_is_kept_apart(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child)
        one, two = as_staff(now, "placement"), as_staff(now, "placement")
        assert (marking.marked_by_team(one, letter), marking.marked_by_team(two, letter)) == (1, 0)
        assert own.letter_of(now, of.mother, letter).conversation.messages[0].read_on == {letter: now.today}
        assert not desk_letter(one, letter).is_kept_apart
        builders.block(now, of.mother, of.child)
        assert desk_letter(one, letter).is_kept_apart


def test_a_letter_of_the_outbox_leads_only_to_what_is_still_seen(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child)
        assert about_letter(now, of.mother, letter=str(letter)) == {"path": f"beskeder/{letter}"}
        assert about_letter(now, of.father, letter=str(letter)) is None


def test_a_quiet_letter_closes_by_itself_and_one_without_an_answer_never(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = home(now)
        quiet, waiting = begun(now, of.mother, of.child), begun(now, of.mother)
        answering.answer(as_staff(now, "placement"), quiet, said(), read=1)
    clock.move(days=59)
    with work() as now:
        assert chores.close_quiet(now) == 0
    clock.move(days=1)
    with work() as now:
        assert chores.close_quiet(now) == 1
        assert chores.close_quiet(now) == 0
        assert (state(now.session, quiet), state(now.session, waiting)) == ("closed", "open")
        assert "contact/closed" in told(now.session, of.mother)


def test_what_is_over_is_forgotten_with_all_that_it_held(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child)
        form = said("Se her.", cleaned(PDF))
        writing.write_on(as_parent(now, of.mother), of.mother, letter, form)
        here = as_staff(now, "placement")
        marking.marked_by_team(here, letter)
        answering.hand_over(here, letter, FAMILY, read=2)
        answering.close(as_staff(now, "family_team"), letter, read=2)
        file = now.session.scalars(select(LetterAttachment.file_id)).one()
    clock.move(days=364)
    with work() as now:
        assert chores.forget_old(now) == 0
        assert now.today + timedelta(days=1) == own.letter_of(now, of.mother, letter).deleted_on
    clock.move(days=1)
    with work() as now:
        assert chores.forget_old(now) == 1
        for model in (Letter, LetterMessage, LetterHandover, LetterAttachment, LetterMark):
            assert now.session.scalar(select(func.count()).select_from(model)) == 0
        with pytest.raises(Untrue):
            attached(now, file)
        left = now.session.scalars(select(AttachedFile.content)).one()
        assert keyring_of(now.session).unseal_bytes(left, CONTENT) == b""
        (entry,) = entries(now.session, "letter.forgotten")
        assert entry.record_id == str(letter)
        assert chores.forget_old(now) == 0


def test_nobody_answers_a_letter_that_is_not_there(work: Working) -> None:
    with work() as now, pytest.raises(NotFound):
        answering.answer(as_staff(now, "placement"), new_id(), said(), read=1)
