"""The doors whose key is costly to make, each in the one right order: what is cheap to refuse first, then the key in
its slot, then a short transaction of its own. No page writes while it waits for the slot.
"""

from dataclasses import dataclass
from datetime import datetime

from parentsite.counselling.keys.slot import Busy
from parentsite.counselling.office import Office
from parentsite.counselling.rules.phrase import Phrase, parse
from parentsite.counselling.rules.vocabulary import HouseMode
from parentsite.counselling.service import conversation, sessions, threads, unlocking
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
