"""How long letters stay: as long as the town pack says, with the clock moved; then nothing is left of them."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from parentsite.contact.models import Letter, LetterAttachment, LetterHandover, LetterMark, LetterMessage
from parentsite.contact.service import answering, chores, marking, own, writing
from parentsite.contact.service.errors import Closed, NotFound
from parentsite.foundation.attached import CONTENT, AttachedFile, Untrue, attached
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.files import cleaned
from parentsite.foundation.sealed import keyring_of
from parentsite.foundation.work import Work
from parentsite.town.pack.shipped import PACKS
from parentsite.town.service import load_pack
from tests.conftest import Working
from tests.contact.scene import FAMILY, Home, as_parent, as_staff, begun, home, said, state
from tests.foundation.test_files import PDF

PARTS = (LetterMessage, LetterHandover, LetterAttachment, LetterMark)
SHORT = {"letter_reopen_days": 3, "letter_quiet_days": 5, "letter_keep_days": 9}
SHIPPED = {"letter_reopen_days": 30, "letter_quiet_days": 60, "letter_keep_days": 365}


def full_letter(now: Work, of: Home) -> UUID:
    """A closed letter with everything that a letter can hold: a file, an answer, a mark and a handover."""
    letter = begun(now, of.mother, of.child)
    writing.write_on(as_parent(now, of.mother), of.mother, letter, said("Se her.", cleaned(PDF)))
    marking.marked_by_team(as_staff(now, "placement"), letter)
    answering.hand_over(as_staff(now, "placement"), letter, FAMILY, read=2)
    answering.answer(as_staff(now, "family_team"), letter, said("Svar.", cleaned(PDF)), read=2)
    answering.close(as_staff(now, "family_team"), letter, read=3)
    return letter


def a_pack(now: Work, days: dict[str, int]) -> None:
    """The shipped pack is loaded with other days."""
    text = min(PACKS.glob("*.toml")).read_text(encoding="utf-8")
    for name, number in days.items():
        before = f"{name} = {{ value = {SHIPPED[name]},"
        assert before in text
        text = text.replace(before, f"{name} = {{ value = {number},")
    load_pack(now, text, lambda work, codes: frozenset())


@pytest.mark.parametrize("days", [SHIPPED, SHORT], ids=["shipped", "short"])
def test_a_letter_is_kept_as_long_as_the_pack_says(days: dict[str, int], work: Working, clock: FixedClock) -> None:
    with work() as now:
        a_pack(now, days)
        of = home(now)
        quiet = begun(now, of.mother)
        answering.answer(as_staff(now, "placement"), quiet, said("Svar."), read=1)
    clock.move(days=days["letter_quiet_days"] - 1)
    with work() as now:
        assert chores.close_quiet(now) == 0
    clock.move(days=1)
    with work() as now:
        assert chores.close_quiet(now) == 1
    clock.move(days=days["letter_reopen_days"])
    with work() as now:
        assert own.letter_of(now, of.mother, quiet).may_write
    clock.move(days=1)
    with work() as now:
        with pytest.raises(Closed):
            writing.write_on(as_parent(now, of.mother), of.mother, quiet, said())
        assert chores.forget_old(now) == 0
    clock.move(days=days["letter_keep_days"] - days["letter_reopen_days"] - 2)
    with work() as now:
        assert chores.forget_old(now) == 0
        assert own.letter_of(now, of.mother, quiet).deleted_on == now.today + timedelta(days=1)
    clock.move(days=1)
    with work() as now:
        assert chores.forget_old(now) == 1
        with pytest.raises(NotFound):
            own.letter_of(now, of.mother, quiet)


def test_one_that_is_opened_again_is_kept_from_its_new_end(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = home(now)
        letter = full_letter(now, of)
    clock.move(days=30)
    with work() as now:
        writing.write_on(as_parent(now, of.mother), of.mother, letter, said("En ting mere."))
    clock.move(days=400)
    with work() as now:
        assert (chores.close_quiet(now), chores.forget_old(now)) == (0, 0), "the parent waits for an answer"
        answering.close(as_staff(now, "family_team"), letter, read=4)
    clock.move(days=364)
    with work() as now:
        assert chores.forget_old(now) == 0
    clock.move(days=1)
    with work() as now:
        assert chores.forget_old(now) == 1


def test_of_a_forgotten_letter_with_files_nothing_opens(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = home(now)
        letter = full_letter(now, of)
        files = list(now.session.scalars(select(LetterAttachment.file_id)))
        assert len(files) == 2
    clock.move(days=365)
    with work() as now:
        assert chores.forget_old(now) == 1
        assert [now.session.scalar(select(func.count()).select_from(one)) for one in (Letter, *PARTS)] == [0] * 5
        for file in files:
            with pytest.raises(Untrue):
                attached(now, file)
        left = now.session.scalars(select(AttachedFile.content)).all()
        assert [keyring_of(now.session).unseal_bytes(one, CONTENT) for one in left] == [b"", b""]
        with pytest.raises(NotFound):
            own.letter_of(now, of.mother, letter)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__tablename__)
def test_no_part_of_a_letter_goes_before_the_letter_is_forgotten(part: type, work: Working) -> None:
    with work() as now:
        letter = full_letter(now, home(now))
        assert now.session.execute(select(func.count()).select_from(part)).scalar_one() > 0
    with pytest.raises(DBAPIError), work() as now:
        now.session.execute(delete(part))
    with work() as now:
        now.session.execute(update(Letter).values(state="forgotten"))
        for one in (LetterMark, LetterAttachment, LetterHandover, LetterMessage):
            now.session.execute(delete(one))
        now.session.execute(delete(Letter))
        assert now.session.get(Letter, letter) is None


def test_a_message_may_come_without_a_file(work: Working) -> None:
    with work() as now:
        of = home(now)
        letter = begun(now, of.mother)
        assert own.letter_of(now, of.mother, letter).conversation.messages[0].files == ()
        assert now.session.scalar(select(func.count()).select_from(AttachedFile)) == 0
        assert state(now.session, letter) == "open"
