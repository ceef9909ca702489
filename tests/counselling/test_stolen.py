"""Where an attacker would look: the bytes of the database, of its log, of every folder; what a thief could try."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from parentsite.counselling.keys.derivation import Derivation, Pepper
from parentsite.counselling.keys.sealing import DoesNotOpen, pad, seal, unpad, unseal
from parentsite.counselling.models import Apart, Counsellor, Message, OpenSession, Thread
from parentsite.counselling.office import Office, OtherPepper, office_at
from parentsite.counselling.rules.times import Slot
from parentsite.counselling.rules.vocabulary import Side
from parentsite.counselling.service import conversation, sessions, threads, unlocking
from parentsite.counselling.service.conversation import Unknown
from parentsite.counselling.service.unlocking import WrongPhrase
from parentsite.counselling.store import OtherTables, open_store
from parentsite.foundation.clock import FixedClock
from parentsite.town.town import Town
from tests.counselling.conftest import CHEAP, Doing
from tests.counselling.people import founded, parent

MARKER = "Regnbuemærke 4711 ganske særligt"
ANSWER = "Svarmærke 1174 til dig"
FREE_DAY = date(2026, 2, 17)
"""A Tuesday with open counselling."""


def bytes_around(folder: Path) -> bytes:
    """Everything in every file: database, log, index of the log, locks, secrets."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def whole_journey(office: Office, doing: Doing, clock: FixedClock, town: Town) -> list[bytes]:
    """Every verb once. Returns what must be found nowhere."""
    somebody = parent(office, doing, MARKER)
    (anne, _), paper = founded(office, doing)
    anne.opens(somebody.designation())
    anne.answers(somebody.designation(), ANSWER)
    clock.move(days=1)
    somebody.comes_back()
    somebody.writes(MARKER)
    with doing() as work:
        inside = sessions.enter(work, somebody.token)
        conversation.take_time(work, inside, Slot(FREE_DAY, 14 * 60), town)
        conversation.mark(work, inside)
    phrase = somebody.phrase
    secrets = [MARKER.encode(), MARKER[:8].encode(), ANSWER[:10].encode(), phrase.as_bytes, str(phrase.number).encode()]
    words = [" ".join(phrase.words), "-".join(phrase.words), "".join(phrase.digits), " ".join(phrase.digits)]
    tokens = [somebody.token.written, anne.token.written, " ".join(anne.phrase.words)]
    return [*secrets, *(one.encode() for one in (*words, *tokens)), paper, inside.key]


def test_nothing_that_was_said_and_no_secret_of_anybody_is_in_any_file(
    office: Office, doing: Doing, clock: FixedClock, town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    hidden = whole_journey(office, doing, clock, town)
    found = bytes_around(tmp_path)
    assert len(found) > 50_000
    assert [one for one in hidden if one in found] == []
    assert [one for one in hidden if one in caplog.text.encode()] == []
    assert [
        path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_mode & 0o077 and is_secret(path)
    ] == []


def is_secret(path: Path) -> bool:
    return path.name in {"pepper", "house-key", "begun"} or (
        path.name.startswith("samtale.db") and path.suffix != ".lock"
    )


def test_the_tables_hold_no_time_finer_than_a_day_and_nothing_of_who_came(
    office: Office, doing: Doing, clock: FixedClock, town: Town
) -> None:
    whole_journey(office, doing, clock, town)
    kinds = {str(column.type) for table in Apart.metadata.tables.values() for column in table.columns}
    assert kinds == {"BLOB", "TEXT", "INTEGER", "DATE", "CHAR(32)"}
    numbers = {
        f"{table.name}.{column.name}"
        for table in Apart.metadata.tables.values()
        for column in table.columns
        if str(column.type) == "INTEGER"
    }
    steps = {f"{table}.{column}" for table in ("open_session", "mailbox_session") for column in ("idle_until", "ends")}
    assert numbers == {"message.number", "house_key.one", "pepper_sign.one", "taken_time.starts"} | steps
    assert not any(table.foreign_keys for table in Apart.metadata.tables.values())
    with office.database.read() as session:
        made = " ".join(session.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'table'")))
        assert made.count("WITHOUT ROWID") == len(Apart.metadata.tables)
        assert "AUTOINCREMENT" not in made
        assert session.execute(text("PRAGMA secure_delete")).scalar_one() == 1


def test_a_word_and_a_page_take_equally_many_bytes(office: Office, doing: Doing) -> None:
    for said in ("ja", "a" * 900, "å" * 500):
        parent(office, doing, said)
    parent(office, doing, "a" * 2000)
    with office.database.read() as session:
        lengths = sorted(session.scalars(select(func.length(Message.sealed))))
        others = [
            session.scalars(select(func.length(column)).distinct()).all()
            for column in (Thread.for_parent, Thread.for_house, Thread.talk, OpenSession.sealed)
        ]
    assert lengths == [lengths[0]] * 3 + [lengths[0] + 1024]
    assert [len(one) for one in others] == [1, 1, 1, 1]


def test_a_taken_time_does_not_show_in_the_conversation_nor_the_conversation_in_it(
    office: Office, doing: Doing, town: Town
) -> None:
    with_time, without = parent(office, doing), parent(office, doing)
    with doing() as work:
        conversation.take_time(work, sessions.enter(work, with_time.token), Slot(FREE_DAY, 14 * 60), town)
    assert with_time.reads().talk == Slot(FREE_DAY, 14 * 60)
    assert without.reads().talk is None
    with office.database.read() as session:
        row = session.execute(text("SELECT token_hash FROM taken_time")).scalar_one()
        everything = b"".join(
            bytes(value) if isinstance(value, bytes) else str(value).encode()
            for table in ("thread", "message", "open_session")
            for values in session.execute(text(f"SELECT * FROM {table}"))
            for value in values
        )
    assert row not in everything


def test_a_thief_with_the_database_alone_cannot_try_a_phrase(office: Office, doing: Doing, tmp_path: Path) -> None:
    """Not even the right one: without the pepper, and the salt beside it, it leads nowhere."""
    somebody = parent(office, doing)
    guessed = Derivation(Pepper.at(tmp_path / "guessed"), office.derivation.slot, CHEAP)
    with pytest.raises(Unknown), doing() as work:
        conversation.come_back(work, guessed.of(somebody.phrase))
    half = Derivation(Pepper(bytes(32), office.derivation.pepper.salt), office.derivation.slot, CHEAP)
    assert half.of(somebody.phrase).lookup != office.derivation.of(somebody.phrase).lookup


def test_nor_a_counsellors_phrase(office: Office, doing: Doing, tmp_path: Path) -> None:
    (anne, _), _ = founded(office, doing)
    guessed = Derivation(Pepper.at(tmp_path / "guessed"), office.derivation.slot, CHEAP)
    with pytest.raises(WrongPhrase), doing(anne.actor) as work:
        unlocking.opened(work, guessed.wrapping_key(anne.phrase, unlocking.salt_of(work.session, anne.id)))


def test_a_thief_who_writes_into_the_database_cannot_forge_an_answer(office: Office, doing: Doing) -> None:
    """Whatever keys the thief makes: the parent's session opens what was sealed under the thread's own key alone."""
    somebody = parent(office, doing)
    with doing() as work:
        thread = work.session.scalars(select(Thread)).one()
        threads.add_message(work, thread.id, bytes(32), Side.HOUSE, "Ring til os på dette nummer.")
    with pytest.raises(DoesNotOpen):
        somebody.reads()
    with doing() as work:
        work.session.execute(update(Message).where(Message.number == 2).values(side=Side.PARENT.value))
    with pytest.raises(DoesNotOpen):
        somebody.reads()


def test_what_the_parent_said_cannot_be_made_the_houses(office: Office, doing: Doing) -> None:
    somebody = parent(office, doing)
    with doing() as work:
        work.session.execute(update(Message).values(side=Side.HOUSE.value))
    with pytest.raises(DoesNotOpen):
        somebody.reads()


def test_a_key_pair_put_in_the_place_of_a_counsellors_does_not_get_the_phrases_key(
    office: Office, doing: Doing
) -> None:
    (anne, bo), _ = founded(office, doing)
    with doing() as work:
        rows = {row.id: row for row in work.session.scalars(select(Counsellor))}
        rows[anne.id].public = rows[bo.id].public
    with pytest.raises(WrongPhrase):
        anne.unlocks()


@pytest.mark.parametrize("said", ["", "ja", "å" * 510, "å" * 511, "a" * 1020, "a" * 1021, "🙂" * 4000])
def test_padding_is_taken_off_again(said: str) -> None:
    padded = pad(said)
    assert len(padded) >= 1024
    assert len(padded) & (len(padded) - 1) == 0
    assert unpad(padded) == said


def test_a_sealed_value_opens_only_in_its_place() -> None:
    sealed = seal(bytes(32), b"said", b"here")
    assert unseal(bytes(32), sealed, b"here") == b"said"
    for key, blob, place in (
        (bytes([1] * 32), sealed, b"here"),
        (bytes(32), sealed, b"there"),
        (bytes(32), sealed[:-1] + bytes([sealed[-1] ^ 1]), b"here"),
        (bytes(32), b"", b"here"),
    ):
        with pytest.raises(DoesNotOpen):
            unseal(key, blob, place)


class TestTheFile:
    @pytest.mark.parametrize("lost", [True, False])
    def test_with_another_pepper_it_is_not_opened(self, office: Office, tmp_path: Path, lost: bool) -> None:
        """A folder that was not mounted must not silently make every parent's phrase worthless."""
        keys = tmp_path / ("elsewhere" if lost else "keys")
        if not lost:
            (keys / "pepper").chmod(0o600)
            (keys / "pepper").write_bytes(bytes(48))
        with pytest.raises(OtherPepper):
            office_at(office.path, keys, each_hour=1)
        assert not lost or not (keys / "pepper").exists()

    def test_it_is_made_once_and_opened_again(self, tmp_path: Path) -> None:
        for _ in range(2):
            open_store(tmp_path / "s.db").dispose()
        assert (tmp_path / "s.db").stat().st_mode & 0o777 == 0o600

    def test_another_versions_tables_are_refused(self, tmp_path: Path) -> None:
        open_store(tmp_path / "s.db").dispose()
        with sqlite3.connect(tmp_path / "s.db") as connection:
            connection.execute("ALTER TABLE thread ADD COLUMN address TEXT")
        with pytest.raises(OtherTables):
            open_store(tmp_path / "s.db")

    def test_there_is_one_house_key(self, office: Office) -> None:
        with pytest.raises(IntegrityError, match="CHECK"), office.database.write() as session:
            session.execute(
                text("INSERT INTO house_key (one, mode, public, made_on) VALUES (2, 'none', x'00', '2026-01-01')")
            )
