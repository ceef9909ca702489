"""A parent writes, comes back, reads, changes the phrase, deletes: what each verb keeps and what it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from parentsite.counselling.keys.sealing import DoesNotOpen
from parentsite.counselling.models import Message, OpenSession, Thread
from parentsite.counselling.office import Office
from parentsite.counselling.rules.message import Trouble
from parentsite.counselling.rules.phrase import Phrase
from parentsite.counselling.rules.saved import as_text
from parentsite.counselling.rules.vocabulary import Side
from parentsite.counselling.service import conversation, sessions
from parentsite.counselling.service.conversation import NobodyReads, TooMany, Unknown
from parentsite.counselling.service.sessions import Ended
from parentsite.counselling.service.threads import Refused
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.clock import FixedClock
from tests.counselling.conftest import Doing
from tests.counselling.people import TEXT, founded, parent


class TestWriting:
    def test_what_was_written_is_read_again(self, office: Office, doing: Doing, clock: FixedClock) -> None:
        somebody = parent(office, doing)
        clock.move(days=2)
        somebody.comes_back()
        somebody.writes("Tak.")
        said = somebody.reads().messages
        assert [(one.number, one.side, one.text) for one in said] == [(1, Side.PARENT, TEXT), (2, Side.PARENT, "Tak.")]
        assert (said[1].day - said[0].day).days == 2

    @pytest.mark.parametrize("text", ["", "mit barn 010120-1234", "ring 12 34 56 78"])
    def test_a_refused_first_message_leaves_nothing(self, office: Office, doing: Doing, text: str) -> None:
        with pytest.raises(Refused):
            parent(office, doing, text)
        with office.database.read() as session:
            assert session.scalar(select(func.count()).select_from(Thread)) == 0
            assert session.scalar(select(func.count()).select_from(OpenSession)) == 0

    def test_the_own_phrase_is_never_sent_and_a_number_only_when_asked(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        with doing() as work:
            inside = sessions.enter(work, somebody.token)
            for text in (" ".join(somebody.phrase.words), "".join(somebody.phrase.digits)):
                with pytest.raises(Refused) as refused:
                    conversation.write(work, inside, text, asked=True)
                assert refused.value.trouble is Trouble.PHRASE
            with pytest.raises(Refused) as asked:
                conversation.write(work, inside, "ring 12 34 56 78")
            assert asked.value.trouble is Trouble.WHO_YOU_ARE
            assert conversation.write(work, inside, "ring 12 34 56 78", asked=True) == 2

    def test_one_conversation_cannot_fill_the_disk(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        (reader, _), _ = founded(office, doing)
        for number in range(conversation.MOST_UNANSWERED - 1):
            somebody.writes(f"nummer {number}")
        with pytest.raises(TooMany):
            somebody.writes("en til")
        reader.answers(somebody.designation())
        somebody.writes("en til")

    def test_without_a_reader_nothing_is_taken(self, office: Office, doing: Doing) -> None:
        with office.database.write() as session:
            session.connection().exec_driver_sql("DELETE FROM house_key")
        with pytest.raises(NobodyReads):
            parent(office, doing)

    def test_it_is_saved_as_text(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        somebody.writes("Tak.")
        names = {Side.PARENT: "Du", Side.HOUSE: "Familiehuset"}
        text = as_text(somebody.reads().messages, names, lambda day: day.isoformat())
        assert text == f"Du, 2026-02-12\n{TEXT}\n\nDu, 2026-02-12\nTak.\n"


class TestComingBack:
    def test_unknown_deleted_and_expired_are_one_and_the_same(
        self, office: Office, doing: Doing, clock: FixedClock
    ) -> None:
        deleted, expired = parent(office, doing), parent(office, doing)
        with doing() as work:
            conversation.delete_everything(work, sessions.enter(work, deleted.token))
        clock.move(days=90)
        told = []
        for phrase in (Phrase.new(), deleted.phrase, expired.phrase):
            with pytest.raises(Unknown) as unknown:
                expired.comes_back(phrase)
            told.append((type(unknown.value), unknown.value.args, unknown.value.__cause__))
        assert told == [(Unknown, (), None)] * 3

    def test_a_visit_puts_the_deletion_off(self, office: Office, doing: Doing, clock: FixedClock) -> None:
        somebody = parent(office, doing)
        first = somebody.reads().deleted_on
        clock.move(days=89)
        somebody.comes_back()
        assert (somebody.reads().deleted_on - first).days == 89

    def test_reading_is_marked_by_the_day(self, office: Office, doing: Doing, clock: FixedClock) -> None:
        somebody = parent(office, doing)
        (reader, _), _ = founded(office, doing)
        designation = somebody.designation()
        reader.opens(designation)
        reader.answers(designation)
        clock.move(days=1)
        somebody.comes_back()
        with doing() as work:
            inside = sessions.enter(work, somebody.token)
            assert conversation.needs_marks(work, inside)
            conversation.mark(work, inside)
            assert not conversation.needs_marks(work, inside)
        first, second = somebody.reads().messages
        assert first.read_on == first.day
        assert second.read_on == second.day + timedelta(days=1)


class TestThePhrase:
    def test_a_session_shows_it_until_it_is_written_down(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        with doing() as work:
            inside = sessions.enter(work, somebody.token)
            assert inside.phrase == somebody.phrase
            sessions.confirm(work, inside)
        with doing() as work:
            assert sessions.enter(work, somebody.token).phrase is None
        somebody.comes_back()
        with doing() as work:
            assert sessions.enter(work, somebody.token).phrase is None

    def test_a_new_one_keeps_the_history_and_ends_the_old(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        other_browser = somebody.token
        somebody.comes_back()
        new = Phrase.new()
        derived = office.derivation.of(new)
        with doing() as work:
            conversation.change_phrase(work, sessions.enter(work, somebody.token), derived, new)
        with doing() as work:
            assert sessions.enter(work, somebody.token).phrase == new
        with pytest.raises(Ended), doing() as work:
            sessions.enter(work, other_browser)
        with pytest.raises(Unknown):
            somebody.comes_back(somebody.phrase)
        somebody.comes_back(new)
        assert [one.text for one in somebody.reads().messages] == [TEXT]


class TestSessions:
    def test_twenty_minutes_without_use_end_it(self, office: Office, doing: Doing, clock: FixedClock) -> None:
        somebody = parent(office, doing)
        clock.move(minutes=20)
        somebody.reads()
        clock.move(minutes=5)
        with pytest.raises(Ended):
            somebody.reads()

    def test_sixty_minutes_end_it_however_much_it_is_used(
        self, office: Office, doing: Doing, clock: FixedClock
    ) -> None:
        somebody = parent(office, doing)
        for _ in range(6):
            clock.move(minutes=10)
            with doing() as work:
                inside = sessions.enter(work, somebody.token)
                assert inside.needs_mark(work)
                sessions.mark_used(work, inside)
        clock.move(minutes=5)
        with pytest.raises(Ended):
            somebody.reads()

    def test_leaving_ends_it_on_the_server(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        with doing() as work:
            sessions.leave(work, somebody.token)
        with pytest.raises(Ended):
            somebody.reads()

    def test_a_made_up_token_is_no_session(self, doing: Doing) -> None:
        with pytest.raises(Ended), doing() as work:
            sessions.enter(work, Token.new())

    def test_inside_one_conversation_nothing_of_another_can_be_touched(self, office: Office, doing: Doing) -> None:
        """Whatever is exchanged between two sessions, in the database too: the other's thread does not open."""
        one, other = parent(office, doing, "den ene"), parent(office, doing, "den anden")
        with doing() as work:
            mine, theirs = sessions.enter(work, one.token), sessions.enter(work, other.token)
            with pytest.raises(DoesNotOpen):
                conversation.read(work, replace(mine, thread=theirs.thread))
        with doing() as work:
            rows = {row.token_hash: row for row in work.session.scalars(select(OpenSession))}
            rows[one.token.hash].sealed = rows[other.token.hash].sealed
        with pytest.raises(Ended):
            one.reads()
        assert [said.text for said in other.reads().messages] == ["den anden"]

    def test_a_message_moved_elsewhere_does_not_open(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        somebody.writes("Tak.")
        with doing() as work:
            first, second = work.session.scalars(select(Message).order_by(Message.number))
            first.sealed, second.sealed = second.sealed, first.sealed
        with pytest.raises(DoesNotOpen):
            somebody.reads()
