"""The doors whose key is costly to make, each in the one right order: what is cheap to refuse first, then the key in
its slot, then a short transaction of its own. No page writes while it waits for the slot.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from parentsite.counselling.keys.slot import Busy
from parentsite.counselling.office import Office, house_mode
from parentsite.counselling.rules import paper
from parentsite.counselling.rules.phrase import Phrase, parse
from parentsite.counselling.rules.vocabulary import HouseMode
from parentsite.counselling.service import conversation, enrolment, roster, sessions, starting_over, threads, unlocking
from parentsite.counselling.service.conversation import NobodyReads
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.work import ANONYMOUS, Actor, Work


@dataclass(frozen=True, repr=False)
class Begun:
    """A new conversation: the cookie's token, and the phrase to be written down."""

    token: Token
    phrase: Phrase


def begin(office: Office, now: datetime, text: str, asked: bool = False) -> Begun:
    """Begin a conversation with its first message. Raises `Refused`, `NobodyReads`, `BudgetSpent`, `Busy`: then nothing
    is kept, and a try that was only busy costs nothing of the budget.
    """
    threads.check(text, asked)
    if office.house_mode() is HouseMode.NONE:
        raise NobodyReads
    office.budget.spend(now)
    phrase = Phrase.new()
    try:
        derived = office.derivation.of(phrase)
    except Busy:
        office.budget.give_back(now)
        raise
    with office.database.write() as session:
        token = conversation.begin(Work(session, now, ANONYMOUS), derived, phrase, text, asked)
    return Begun(token, phrase)


def come_back(office: Office, now: datetime, typed: str) -> Token:
    """Let in whoever typed a phrase. Raises `Mistyped` (which costs no key), `Busy`, `Unknown`."""
    derived = office.derivation.of(parse(typed))
    with office.database.write() as session:
        return conversation.come_back(Work(session, now, ANONYMOUS), derived)


def change_phrase(office: Office, now: datetime, token: Token) -> Phrase:
    """Give a conversation a new phrase; the session knows it until it is confirmed. Raises `Ended`, `Busy`."""
    with office.database.read() as session:
        sessions.enter(Work(session, now, ANONYMOUS), token)
    phrase = Phrase.new()
    derived = office.derivation.of(phrase)
    with office.database.write() as session:
        work = Work(session, now, ANONYMOUS)
        conversation.change_phrase(work, sessions.enter(work, token), derived, phrase)
    return phrase


def unlock_mailbox(office: Office, now: datetime, who: Actor, typed: str, token: Token) -> None:
    """Unlock the mailbox for a counsellor, under the desk's cookie. Raises `Mistyped`, `NotAdmitted`, `Busy`,
    `WrongPhrase`.
    """
    phrase = parse(typed)
    with office.database.read() as session:
        salt = unlocking.salt_of(session, who.id)
    wrapping = office.derivation.wrapping_key(phrase, salt)
    with office.database.write() as session:
        unlocking.unlock(Work(session, now, who), wrapping, token)


def rephrase(office: Office, now: datetime, who: Actor, typed: str) -> Phrase:
    """New words for a counsellor's key, by the old ones. Raises `Mistyped`, `NotAdmitted`, `Busy`, `WrongPhrase`."""
    phrase = parse(typed)
    with office.database.read() as session:
        salt = unlocking.salt_of(session, who.id)
    old, prepared = office.derivation.wrapping_key(phrase, salt), enrolment.prepare(office.derivation)
    with office.database.write() as session:
        enrolment.rephrase(Work(session, now, who), old, prepared)
    return prepared.phrase


def enrol(office: Office, now: datetime, who: Actor, as_whom: UUID, name: str) -> Phrase:
    """A key for a counsellor, and the words that open it. Raises `Already`, `Busy`."""
    prepared = enrolment.prepare(office.derivation)
    with office.database.write() as session:
        enrolment.enrol(Work(session, now, who), as_whom, name, prepared)
    return prepared.phrase


def found(office: Office, now: datetime, who: Actor, seen: str) -> bytes:
    """Make the counsellors' house key, held by those on the roster that was `seen`; the embedded one is gone then.

    Returns the paper key. Raises `TooFew`, `Already`, `KeyFileGone`, `OtherRoster`.
    """
    with office.database.write() as session:
        work = Work(session, now, who)
        if (
            house_mode(session) is not HouseMode.COUNSELLORS
            and enrolment.sign_of_all(enrolment.roster(session)) != seen
        ):
            raise roster.OtherRoster
        key = roster.found(work, office.embedded_secret())
    office.forget_embedded()
    office.cut_log()
    return key


def start_over(office: Office, now: datetime, who: Actor) -> Phrase:
    """A new key for a counsellor who has lost the words. Raises `NotEnrolled`, `LastOne`, `Busy`."""
    prepared = enrolment.prepare(office.derivation)
    with office.database.write() as session:
        starting_over.start_over(Work(session, now, who), prepared)
    return prepared.phrase


def take_over(office: Office, now: datetime, who: Actor, typed: str, name: str) -> Phrase:
    """A new key for a counsellor who has the paper copy. Raises `Mistyped`, `WrongPaper`, `Busy`."""
    key, prepared = paper.read(typed), enrolment.prepare(office.derivation)
    with office.database.write() as session:
        starting_over.take_over(Work(session, now, who), key, name, prepared)
    return prepared.phrase
