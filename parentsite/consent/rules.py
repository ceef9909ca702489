"""When a consent is in force: pure, standard library only, today always a parameter.

The rule (domain.md 3.5): what concerns a child is allowed only while every adult who holds custody today says yes, each
for as long as the yes was given; any one of them takes it back alone, at once. Who is blocked from the child still
counts. A new custody holder must be asked; a former one, and one who is dead, counts no longer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto
from uuid import UUID


class Subject(StrEnum):
    """Whom a consent is about: a child, for whom custody holders answer, or the adult who answers."""

    CHILD = auto()
    PERSON = auto()


class Answer(StrEnum):
    """What a receipt says. `WITHDRAWN` takes a yes back."""

    YES = auto()
    NO = auto()
    WITHDRAWN = auto()


@dataclass(frozen=True)
class Matter:
    """What is asked: `about` whom, for a journey's `purpose`, to one named receiver, by the journey's kind and id."""

    subject: Subject
    about: UUID
    purpose: str
    receiver_kind: str
    receiver: str


@dataclass(frozen=True)
class Shown:
    """What was read before the answer: how the receiver was named; the text, its version, and a language code."""

    receiver_name: str
    text: str
    version: int
    language: str


@dataclass(frozen=True)
class Given:
    """An adult's last answer in a matter, and the day of it; `until` is the first day on which it no longer holds."""

    answer: Answer
    on: date
    until: date | None = None


def over_on(given: Given) -> date | None:
    """The day from which nothing can have been done on the strength of this answer; none when no such day is known.

    A yes that was taken back is over when it would have ended: so is the receipt that took it back.
    """
    return given.on if given.answer is Answer.NO else given.until


def proof_until(given: Given, keep_days: int) -> date | None:
    """The first day on which a receipt need no longer prove anything: so long after it was over (GDPR art. 7(1): who
    relied on a consent must be able to show it).
    """
    over = over_on(given)
    return over + timedelta(days=keep_days) if over else None


@dataclass(frozen=True)
class Custody:
    """An adult holds custody from a day; `until` is the first day without it, `died_on` the day the adult died."""

    person: UUID
    since: date
    until: date | None = None
    died_on: date | None = None


def stands(given: Given | None, today: date) -> bool:
    """Whether this answer is a yes that has not run out."""
    return given is not None and given.answer is Answer.YES and (given.until is None or today < given.until)


def holders(custodies: Iterable[Custody], today: date) -> Mapping[UUID, date]:
    """Who holds custody today, and since when: an answer from before that day was somebody else's to give."""
    found: dict[UUID, date] = {}
    for one in custodies:
        is_held = one.since <= today and (one.until is None or today < one.until)
        if is_held and (one.died_on is None or today < one.died_on):
            found[one.person] = min(one.since, found.get(one.person, one.since))
    return found


def is_in_force(custodies: Collection[Custody], given: Mapping[UUID, Given], today: date) -> bool:
    """Whether every custody holder says yes; never for a child whose custody nobody is known to hold."""
    asked = holders(custodies, today)
    return bool(asked) and all(
        stands(given.get(person), today) and given[person].on >= since for person, since in asked.items()
    )


def has_answered(person: UUID, custodies: Collection[Custody], given: Mapping[UUID, Given], today: date) -> bool:
    """Whether this custody holder need not be asked: an answer that ran out, or is from before the custody, is none."""
    since, last = holders(custodies, today).get(person), given.get(person)
    if since is None or last is None or last.on < since:
        return False
    return last.answer is not Answer.YES or stands(last, today)
