"""The costly doors: what is refused before a key is made, what a busy slot leaves untouched, and that no difference
tells an unknown phrase from one that is over.
"""

from typing import Any

import pytest
from sqlalchemy import event, func, select

from parentsite.counselling.budget import BudgetSpent
from parentsite.counselling.keys.slot import Busy
from parentsite.counselling.models import Thread
from parentsite.counselling.office import Office
from parentsite.counselling.rules.phrase import Mistyped, Phrase
from parentsite.counselling.service import conversation, doors, mailbox, sessions, unlocking
from parentsite.counselling.service.conversation import NobodyReads, Unknown
from parentsite.counselling.service.sessions import Ended
from parentsite.counselling.service.threads import Refused
from parentsite.counselling.service.tokens import Token
from parentsite.counselling.service.unlocking import NotAdmitted, WrongPhrase
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.work import Actor, ActorKind, Work
from tests.counselling.conftest import Doing
from tests.counselling.people import TEXT, crowded, founded


def begun(office: Office) -> int:
    with office.database.read() as session:
        return session.scalar(select(func.count()).select_from(Thread)) or 0


def words(phrase: Phrase) -> str:
    return " ".join(phrase.words)


def test_a_conversation_from_the_first_message_to_a_new_phrase(office: Office, clock: FixedClock) -> None:
    first = doors.begin(office, clock.now(), TEXT)
    back = doors.come_back(office, clock.now(), words(first.phrase).title())
    new = doors.change_phrase(office, clock.now(), back)
    with pytest.raises(Unknown):
        doors.come_back(office, clock.now(), words(first.phrase))
    again = doors.come_back(office, clock.now(), "-".join(new.digits))
    with office.database.read() as session:
        work = Work(session, clock.now(), Actor(ActorKind.ANONYMOUS))
        assert [one.text for one in conversation.read(work, sessions.enter(work, again)).messages] == [TEXT]


def test_what_is_refused_costs_neither_key_nor_budget(office: Office, clock: FixedClock) -> None:
    with crowded(office.derivation.slot):
        for text in ("", "010120-1234", "a" * 20_000):
            with pytest.raises(Refused):
                doors.begin(office, clock.now(), text)
        for typed in ("kanel", "x" * 10_000, "1" * 24, "æble " * 7):
            with pytest.raises(Mistyped):
                doors.come_back(office, clock.now(), typed)
        with pytest.raises(Ended):
            doors.change_phrase(office, clock.now(), Token.new())
    assert not (office.budget.folder / "begun").exists()


def test_while_the_slot_is_crowded_nothing_is_kept_and_no_budget_spent(office: Office, clock: FixedClock) -> None:
    with crowded(office.derivation.slot):
        for _ in range(office.budget.each_hour + 1):
            with pytest.raises(Busy):
                doors.begin(office, clock.now(), TEXT)
        with pytest.raises(Busy):
            doors.come_back(office, clock.now(), words(Phrase.new()))
    assert begun(office) == 0
    assert doors.begin(office, clock.now(), TEXT)


def test_beyond_the_budget_nothing_begins_but_everybody_comes_back(office: Office, clock: FixedClock) -> None:
    made = [doors.begin(office, clock.now(), TEXT) for _ in range(office.budget.each_hour)]
    with pytest.raises(BudgetSpent):
        doors.begin(office, clock.now(), TEXT)
    assert begun(office) == len(made)
    assert doors.come_back(office, clock.now(), words(made[0].phrase))
    clock.move(hours=1)
    assert doors.begin(office, clock.now(), TEXT)


def test_without_a_house_key_no_budget_is_spent(office: Office, clock: FixedClock) -> None:
    with office.database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM house_key")
    with pytest.raises(NobodyReads):
        doors.begin(office, clock.now(), TEXT)
    assert not (office.budget.folder / "begun").exists()


def test_unknown_deleted_and_expired_ask_the_database_the_same(office: Office, clock: FixedClock) -> None:
    deleted, expired = doors.begin(office, clock.now(), TEXT), doors.begin(office, clock.now(), TEXT)
    with office.database.write() as session:
        work = Work(session, clock.now(), Actor(ActorKind.ANONYMOUS))
        conversation.delete_everything(work, sessions.enter(work, deleted.token))
    clock.move(days=90)
    asked: list[list[str]] = []
    for phrase in (Phrase.new(), deleted.phrase, expired.phrase):
        asked.append([])

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            asked[-1].append(statement)

        event.listen(office.database.engine, "before_cursor_execute", note)
        with pytest.raises(Unknown):
            doors.come_back(office, clock.now(), words(phrase))
        event.remove(office.database.engine, "before_cursor_execute", note)
    assert asked[0]
    assert asked[0] == asked[1] == asked[2]


class TestTheMailbox:
    def test_a_counsellor_unlocks_it_in_any_spelling(self, office: Office, doing: Doing, clock: FixedClock) -> None:
        (anne, bo), _ = founded(office, doing)
        token = Token.new()
        doors.unlock_mailbox(office, clock.now(), anne.actor, "".join(anne.phrase.digits), token)
        with doing(anne.actor) as work:
            assert unlocking.unlocked(work, token)
        for who, typed, error in (
            (anne.actor, words(bo.phrase), WrongPhrase),
            (Actor(ActorKind.STAFF), words(anne.phrase), NotAdmitted),
            (anne.actor, "kanel", Mistyped),
        ):
            with pytest.raises(error):
                doors.unlock_mailbox(office, clock.now(), who, typed, Token.new())

    def test_a_demos_is_open_until_the_counsellors_hold_the_key(
        self, office: Office, doing: Doing, clock: FixedClock
    ) -> None:
        doors.begin(office, clock.now(), TEXT)
        with doing() as work:
            box = unlocking.embedded(work.session, office)
            assert box
            (waiting,) = mailbox.listed(work)
            assert [one.text for one in mailbox.open_thread(work, box, waiting.designation).messages] == [TEXT]
        founded(office, doing)
        with doing() as work:
            assert unlocking.embedded(work.session, office) is None


def test_a_form_is_known_by_its_own_browser_alone() -> None:
    token = Token.new()
    assert token.made(token.form)
    assert not token.made(Token.new().form)
    assert not token.made("")
    assert token.form not in {token.written, token.hash.hex(), token.key.hex()}
