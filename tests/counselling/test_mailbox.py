"""The counsellors' side: unlock, the list without text, open, answer, close; who may read, and who no longer."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from parentsite.counselling.keys.sealing import DoesNotOpen, unseal_with
from parentsite.counselling.models import Thread
from parentsite.counselling.office import Office
from parentsite.counselling.rules.message import Trouble
from parentsite.counselling.rules.phrase import Phrase
from parentsite.counselling.rules.vocabulary import Act, HouseMode, Side
from parentsite.counselling.service import (
    audit,
    conversation,
    enrolment,
    mailbox,
    roster,
    sessions,
    starting_over,
    unlocking,
)
from parentsite.counselling.service.enrolment import Already, NotEnrolled
from parentsite.counselling.service.mailbox import NoSuchThread
from parentsite.counselling.service.roster import KeyFileGone, NotFounded, TooFew, WrongPaper
from parentsite.counselling.service.threads import Refused
from parentsite.counselling.service.tokens import Token
from parentsite.counselling.service.unlocking import Locked, NotAdmitted, Unlocked, WrongPhrase
from parentsite.foundation.clock import FixedClock
from tests.counselling.conftest import Doing
from tests.counselling.people import TEXT, Reader, founded, parent


class TestAnswering:
    def test_both_sides_read_one_another(self, office: Office, doing: Doing) -> None:
        (anne, _), _ = founded(office, doing)
        somebody = parent(office, doing)
        designation = somebody.designation()
        assert [one.text for one in anne.opens(designation).messages] == [TEXT]
        anne.answers(designation)
        assert [(one.side, one.text) for one in somebody.reads().messages][1] == (Side.HOUSE, "Godt at du skriver.")

    def test_the_list_tells_who_waits_and_no_text(self, office: Office, doing: Doing, clock: FixedClock) -> None:
        (anne, _), _ = founded(office, doing)
        answered, longest, newest = (parent(office, doing).designation() for _ in range(3))
        anne.answers(answered)
        clock.move(days=1)
        fourth = parent(office, doing)
        anne.unlocks()
        with doing(anne.actor) as work:
            mailbox.close(work, unlocking.unlocked(work, anne.token), {newest: 1})
            found = mailbox.listed(work)
        assert [one.designation for one in found] == [longest, fourth.designation(), answered, newest]
        assert [one.waits for one in found] == [True, True, False, False]
        assert TEXT not in repr(found)

    def test_a_counsellor_does_not_send_a_cpr_number_either(self, office: Office, doing: Doing) -> None:
        (anne, _), _ = founded(office, doing)
        with pytest.raises(Refused) as refused:
            anne.answers(parent(office, doing).designation(), "sagen om 010120-1234")
        assert refused.value.trouble is Trouble.CPR

    def test_a_counsellor_may_give_a_number_to_call(self, office: Office, doing: Doing) -> None:
        (anne, _), _ = founded(office, doing)
        somebody = parent(office, doing)
        anne.answers(somebody.designation(), "Ring til os på 12 34 56 78.")
        assert somebody.reads().messages[1].text == "Ring til os på 12 34 56 78."

    def test_opening_is_in_the_audit_by_the_day_and_nothing_of_the_parent(self, office: Office, doing: Doing) -> None:
        (anne, _), _ = founded(office, doing)
        designation = parent(office, doing).designation()
        anne.opens(designation)
        anne.opens(designation)
        with office.database.read() as session:
            opened = [entry for entry in audit.entries(session) if entry.act is Act.OPENED]
        (entry,) = opened
        assert (entry.who, entry.about, entry.day.isoformat()) == (str(anne.id), designation, "2026-02-12")

    def test_junk_is_closed_in_bulk_and_a_parent_who_writes_opens_again(self, office: Office, doing: Doing) -> None:
        (anne, _), _ = founded(office, doing)
        threads = [parent(office, doing) for _ in range(4)]
        seen = {one.designation(): 1 for one in threads}
        with doing(anne.actor) as work:
            box = unlocking.unlocked(work, anne.token)
            assert mailbox.close(work, box, {**seen, "findes-ikke": 1}) == 4
            assert mailbox.close(work, box, seen) == 0
        closed = threads[0].reads()
        assert closed.closed_on is not None
        assert (closed.deleted_on - closed.closed_on).days == 30
        threads[0].writes("Jeg mener det.")
        assert threads[0].reads().closed_on is None

    def test_what_is_gone_cannot_be_opened(self, office: Office, doing: Doing) -> None:
        (anne, _), _ = founded(office, doing)
        somebody = parent(office, doing)
        designation = somebody.designation()
        with doing() as work:
            conversation.delete_everything(work, sessions.enter(work, somebody.token))
        with pytest.raises(NoSuchThread):
            anne.opens(designation)


class TestUnlocking:
    def test_only_with_the_own_phrase(self, office: Office, doing: Doing) -> None:
        (anne, bo), _ = founded(office, doing)
        for phrase in (bo.phrase, Phrase.new()):
            with pytest.raises(WrongPhrase):
                anne.unlocks(phrase)

    def test_only_in_the_own_browser_and_as_oneself(self, office: Office, doing: Doing) -> None:
        (anne, bo), _ = founded(office, doing)
        for reader, token in ((anne, Token.new()), (bo, anne.token)):
            with pytest.raises(Locked), doing(reader.actor) as work:
                unlocking.unlocked(work, token)

    def test_it_locks_by_itself_and_by_hand(self, office: Office, doing: Doing, clock: FixedClock) -> None:
        (anne, bo), _ = founded(office, doing)
        clock.move(minutes=25)
        with pytest.raises(Locked), doing(anne.actor) as work:
            unlocking.unlocked(work, anne.token)
        bo.unlocks()
        with doing(bo.actor) as work:
            unlocking.lock(work, bo.token)
        with pytest.raises(Locked), doing(bo.actor) as work:
            unlocking.unlocked(work, bo.token)

    def test_a_new_phrase_ends_the_old_one(self, office: Office, doing: Doing) -> None:
        (anne, _), _ = founded(office, doing)
        prepared = enrolment.prepare(office.derivation)
        with office.database.read() as session:
            old = office.derivation.wrapping_key(anne.phrase, unlocking.salt_of(session, anne.id))
        with doing(anne.actor) as work:
            enrolment.rephrase(work, old, prepared)
        with pytest.raises(WrongPhrase):
            anne.unlocks()
        anne.unlocks(prepared.phrase)


class TestRoster:
    def test_one_alone_cannot_hold_the_key(self, office: Office, doing: Doing) -> None:
        Reader(office, doing).enrols()
        with pytest.raises(TooFew), doing() as work:
            roster.found(work, office.embedded_secret())
        assert office.house_mode() is HouseMode.EMBEDDED

    def test_founding_takes_over_what_was_written_before(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        old = office.embedded_secret()
        assert old
        (anne, _), _ = founded(office, doing)
        assert [one.text for one in anne.opens(somebody.designation()).messages] == [TEXT]
        assert (office.house_mode(), office.embedded_secret()) == (HouseMode.COUNSELLORS, None)
        assert opens_nothing(office, old)

    def test_founding_without_the_embedded_key_loses_nothing_silently(self, office: Office, doing: Doing) -> None:
        parent(office, doing)
        for _ in range(2):
            Reader(office, doing).enrols()
        with pytest.raises(KeyFileGone), doing() as work:
            roster.found(work, None)
        assert office.house_mode() is HouseMode.EMBEDDED

    def test_it_is_founded_once(self, office: Office, doing: Doing) -> None:
        founded(office, doing)
        with pytest.raises(Already), doing() as work:
            roster.found(work, None)

    def test_a_new_counsellor_reads_once_admitted_the_older_ones_too(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        (anne, _), _ = founded(office, doing)
        carl = Reader(office, doing, "Carl").enrols()
        with pytest.raises(NotAdmitted):
            carl.unlocks()
        with doing(anne.actor) as work:
            roster.admit(work, unlocking.unlocked(work, anne.token), carl.id)
        carl.unlocks()
        assert [one.text for one in carl.opens(somebody.designation()).messages] == [TEXT]

    def test_nobody_is_admitted_before_there_is_a_house_key(self, office: Office, doing: Doing) -> None:
        anne = Reader(office, doing).enrols()
        secret = office.embedded_secret()
        assert secret
        with pytest.raises(NotFounded), doing() as work:
            roster.admit(work, Unlocked(secret), anne.id)

    def test_whoever_is_removed_reads_nothing_more(self, office: Office, doing: Doing) -> None:
        before = parent(office, doing)
        (anne, bo, carl), _ = founded(office, doing, 3)
        with doing(carl.actor) as work:
            known = unlocking.unlocked(work, carl.token).secret
        with doing(anne.actor) as work:
            roster.remove(work, unlocking.unlocked(work, anne.token), carl.id)
        after = parent(office, doing)
        assert opens_nothing(office, known)
        with pytest.raises(NotAdmitted):
            carl.unlocks()
        with pytest.raises(Locked):
            anne.opens(before.designation())
        bo.unlocks()
        for somebody in (before, after):
            assert [one.text for one in bo.opens(somebody.designation()).messages] == [TEXT]
            assert [one.text for one in somebody.reads().messages] == [TEXT]

    def test_two_always_stay(self, office: Office, doing: Doing) -> None:
        (anne, bo), _ = founded(office, doing)
        with pytest.raises(TooFew), doing(anne.actor) as work:
            roster.remove(work, unlocking.unlocked(work, anne.token), bo.id)

    def test_whoever_begins_with_a_new_key_before_being_removed_reads_nothing_more(
        self, office: Office, doing: Doing
    ) -> None:
        parent(office, doing)
        (anne, _, carl), _ = founded(office, doing, 3)
        with doing(carl.actor) as work:
            known = unlocking.unlocked(work, carl.token).secret
        prepared = enrolment.prepare(office.derivation)
        with doing(carl.actor) as work:
            starting_over.start_over(work, prepared)
        with doing(anne.actor) as work:
            roster.remove(work, unlocking.unlocked(work, anne.token), carl.id)
        assert opens_nothing(office, known)

    def test_whoever_was_only_enrolled_is_removed_and_every_mailbox_locked(self, office: Office, doing: Doing) -> None:
        (anne, _), _ = founded(office, doing)
        carl = Reader(office, doing, "Carl").enrols()
        with doing(anne.actor) as work:
            mailbox = unlocking.unlocked(work, anne.token)
            with pytest.raises(NotEnrolled):
                roster.remove(work, mailbox, uuid4())
            roster.remove(work, mailbox, carl.id)
        with pytest.raises(Locked), doing(anne.actor) as work:
            unlocking.unlocked(work, anne.token)

    def test_the_paper_copy_opens_when_all_phrases_are_lost(self, office: Office, doing: Doing) -> None:
        somebody = parent(office, doing)
        (anne, _, carl), paper = founded(office, doing, 3)
        with doing(anne.actor) as work:
            roster.remove(work, unlocking.unlocked(work, anne.token), carl.id)
        dora = Reader(office, doing, "Dora").enrols()
        with doing() as work:
            roster.admit(work, roster.recover(work, paper), dora.id)
        dora.unlocks()
        assert [one.text for one in dora.opens(somebody.designation()).messages] == [TEXT]
        with pytest.raises(WrongPaper), doing() as work:
            roster.recover(work, bytes(32))

    def test_each_key_has_a_sign_of_its_own_to_compare(self, office: Office, doing: Doing) -> None:
        founded(office, doing)
        with office.database.read() as session:
            signs = [member.sign.split("-") for member in enrolment.roster(session)]
        assert [len(sign) for sign in signs] == [5, 5]
        assert signs[0] != signs[1]


def opens_nothing(office: Office, secret: bytes) -> bool:
    """Whether a house key opens no conversation that there is."""
    with office.database.read() as session:
        sealed = session.scalars(select(Thread.for_house)).all()
    assert sealed
    for one in sealed:
        with pytest.raises(DoesNotOpen):
            unseal_with(secret, one)
    return True
