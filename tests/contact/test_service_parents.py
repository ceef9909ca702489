"""What a parent does with letters, and who sees them: the writer; the other parent only what was shared with both."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from parentsite.contact.models import Letter, LetterMessage
from parentsite.contact.rules.sight import View
from parentsite.contact.service import answering, marking, own, teams, writing
from parentsite.contact.service.errors import Closed, NobodyThere, NotFound, TooMany
from parentsite.contact.service.own import Listed
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.files import cleaned
from parentsite.foundation.work import Work
from parentsite.people.children import children_of
from parentsite.people.models import Child
from tests import builders
from tests.conftest import Working
from tests.contact.scene import (
    ELSEWHERE,
    HERE,
    HOUSE,
    MARKER,
    NURSES,
    OFFICE,
    Home,
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
from tests.places.seen import entries, subjects


def letters(work: Work, person: UUID, number: int = 1) -> Sequence[Listed]:
    children = children_of(work.session, person, work.today)
    sheet = own.letters_of(work, person, children, number)
    news = {one.id for one in own.news_for(work, person, children)}
    assert sheet.has_more or number > 1 or news == {one.id for one in sheet.rows if one.unread}
    return sheet.rows


def sees(work: Work, person: UUID) -> set[UUID]:
    return {one.id for one in letters(work, person)}


def open_to(work: Work, person: UUID, letter: UUID) -> bool:
    try:
        own.letter_of(work, person, letter)
    except NotFound:
        return False
    return True


def closed(now: Work, of: Home) -> UUID:
    letter = begun(now, of.mother, of.child)
    answering.close(as_staff(now, "placement"), letter, read=1)
    return letter


def test_a_letter_is_sealed_and_its_writer_reads_it_back(work: Working, database: Database) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child)
        found = own.letter_of(now, of.mother, letter)
        (message,) = found.conversation.messages
        assert (message.words.body, message.person, found.team) == (MARKER, of.mother, OFFICE)
        assert found.due is not None
        (kept,) = now.session.scalars(select(LetterMessage.body))
        assert MARKER.encode() not in kept
        (entry,) = entries(now.session, "letter.begun")
        assert subjects(now.session, entry) == {of.mother}


def test_only_the_writer_sees_a_letter_that_is_not_shared(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child)
        assert sees(now, of.mother) == {letter}
        for other in (of.father, of.stranger):
            assert sees(now, other) == set()
            assert not open_to(now, other, letter)
            with pytest.raises(NotFound):
                writing.write_on(as_parent(now, other), other, letter, said())
            with pytest.raises(NotFound):
                writing.share(as_parent(now, other), other, letter)
            with pytest.raises(NotFound):
                marking.marked_by_parent(now, other, letter)
        assert told(now.session, of.father) == []


def test_what_is_shared_with_both_is_seen_and_written_in_by_both(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child)
        assert writing.share(as_parent(now, of.mother), of.mother, letter)
        assert not writing.share(as_parent(now, of.mother), of.mother, letter)
        found = own.letter_of(now, of.father, letter)
        assert (found.view, found.may_share, found.is_shared) == (View.OTHER, False, True)
        assert told(now.session, of.father) == ["contact/shared"]
        assert not open_to(now, of.stranger, letter)
        writing.write_on(as_parent(now, of.father), of.father, letter, said("Jeg vil gerne være med."))
        both = own.letter_of(now, of.mother, letter)
        assert [one.person for one in both.conversation.messages] == [of.mother, of.father]
        assert told(now.session, of.mother) == ["contact/written"]


def test_a_letter_may_be_shared_from_the_start_but_one_about_no_child_never(work: Working) -> None:
    with work() as now:
        of = home(now)
        shared, general = begun(now, of.father, of.child, shared=True), begun(now, of.father, None, shared=True)
        assert sees(now, of.mother) == {shared}
        with pytest.raises(NotFound):
            writing.share(as_parent(now, of.father), of.father, general)


def test_who_is_shut_out_or_kept_from_the_place_sees_nothing_that_was_shared(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child, shared=True)
        assert open_to(now, of.father, letter)
        now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))
        assert not open_to(now, of.father, letter)
        assert sees(now, of.father) == set()
        answering.answer(as_staff(now, "placement"), letter, said(), read=1)
        assert "contact/answered" not in told(now.session, of.father)
        now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=False))
        builders.block(now, of.father, of.child)
        assert not open_to(now, of.father, letter)


def test_the_writer_who_is_shut_out_from_the_child_sees_the_letter_no_more(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.father, of.child)
        builders.block(now, of.father, of.child)
        assert not open_to(now, of.father, letter)
        with pytest.raises(NotFound):
            begun(now, of.father, of.child)


def test_the_same_form_twice_is_one_message(work: Working) -> None:
    with work() as now:
        of = home(now)
        first, mine = said(), as_parent(now, of.mother)
        letter = writing.begin(mine, of.mother, first, team=OFFICE, child_id=of.child, shared=False)
        assert writing.begin(mine, of.mother, first, team=OFFICE, child_id=of.child, shared=False) == letter
        more = said("Og en ting mere.", cleaned(PDF))
        assert writing.write_on(mine, of.mother, letter, more)
        assert not writing.write_on(mine, of.mother, letter, more)
        found = own.letter_of(now, of.mother, letter)
        assert [one.number for one in found.conversation.messages] == [1, 2]
        (file,) = found.conversation.messages[1].files
        assert own.own_file(now, of.mother, letter, file.id).content == PDF
        with pytest.raises(NotFound):
            own.own_file(now, of.father, letter, file.id)
        not_mine = writing.Written(first.once, said().words)
        with pytest.raises(NotFound):
            writing.begin(as_parent(now, of.father), of.father, not_mine, team=OFFICE, child_id=None, shared=False)


def test_six_clicks_at_once_are_one_letter(database: Database, work: Working) -> None:
    with work() as now:
        of = home(now)
    form = said()

    def click(now: Work) -> UUID:
        mine = as_parent(now, of.mother)
        return writing.begin(mine, of.mother, form, team=OFFICE, child_id=of.child, shared=False)

    done = at_once(database, *[Act(click)] * 6)
    assert {outcome(one) for one in done} == {"done"}
    assert len({one.answer for one in done}) == 1
    with work() as now:
        assert now.session.scalar(select(func.count()).select_from(LetterMessage)) == 1


def test_nobody_has_more_letters_under_way_than_can_be_answered(work: Working) -> None:
    with work() as now:
        of = home(now)
        letters = [begun(now, of.mother) for _ in range(writing.MOST_LIVE)]
        with pytest.raises(TooMany):
            begun(now, of.mother)
        answering.close(as_staff(now, "placement"), letters[0], read=1)
        assert begun(now, of.mother)


def test_a_closed_letter_is_opened_again_by_writing_within_its_days(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = home(now)
        letter = closed(now, of)
        found = own.letter_of(now, of.mother, letter)
        assert found.may_write
        assert found.reopens_until == now.today + timedelta(days=30)
    clock.move(days=30)
    with work() as now:
        assert writing.write_on(as_parent(now, of.mother), of.mother, letter, said())
        assert state(now.session, letter) == "open"
        assert own.letter_of(now, of.mother, letter).due is not None


def test_after_its_days_a_closed_letter_stays_closed(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = home(now)
        letter = closed(now, of)
    clock.move(days=31)
    with work() as now:
        assert not own.letter_of(now, of.mother, letter).may_write
        with pytest.raises(Closed):
            writing.write_on(as_parent(now, of.mother), of.mother, letter, said())


def test_which_teams_can_be_written_to(work: Working) -> None:
    with work() as now:
        of = home(now)
        (house, *_) = builders.houses(now)
        assert HOUSE not in {one.team.code for one in teams.teams_for(now, of.mother, of.child)}
        with pytest.raises(NobodyThere):
            begun(now, of.mother, of.child, team=HOUSE)
        builders.attends(now, of.child, house)
        places = {one.team.code: one.place for one in teams.teams_for(now, of.mother, of.child)}
        assert (places[HOUSE], places[NURSES], places[OFFICE]) == (house, HERE, None)
        assert {one.team.code: one.place for one in teams.teams_for(now, of.father, of.child)}[NURSES] == ELSEWHERE
        assert HOUSE not in {one.team.code for one in teams.teams_for(now, of.mother, None)}
        now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))
        assert HOUSE not in {one.team.code for one in teams.teams_for(now, of.father, of.child)}
        with pytest.raises(NobodyThere):
            begun(now, of.mother, team="loftet")


def test_marks_are_days_and_each_reader_has_the_own(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother, of.child, shared=True)
        answering.answer(as_staff(now, "placement"), letter, said("Svar."), read=1)
        assert {one.unread for one in letters(now, of.mother)} == {1}
        assert {one.unread for one in letters(now, of.father)} == {2}
        assert marking.marked_by_parent(now, of.mother, letter) == 1
        assert marking.marked_by_parent(now, of.mother, letter) == 0
        assert {one.unread for one in letters(now, of.mother)} == {0}
        assert {one.unread for one in letters(now, of.father)} == {2}
        first, answer = own.letter_of(now, of.mother, letter).conversation.messages
        assert first.read_on == {}
        assert answer.read_on == {of.mother: now.today}


def test_the_database_itself_refuses_to_change_a_message_or_to_drop_it(work: Working) -> None:
    with work() as now:
        of = home(now)
        begun(now, of.mother)
    for forbidden in (
        update(LetterMessage).values(number=7),
        LetterMessage.__table__.delete(),
        Letter.__table__.delete(),
        update(Letter).values(state="forgotten", closed_at=func.coalesce(Letter.closed_at, Letter.begun_at)),
    ):
        with pytest.raises(DBAPIError), work() as now:
            now.session.execute(forbidden)


def test_an_unknown_letter_is_like_somebody_elses(work: Working) -> None:
    with work() as now:
        assert not open_to(now, home(now).mother, new_id())
