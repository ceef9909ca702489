"""Answering, and taking a yes back: one receipt each, written under the lock; the same again adds nothing."""

from datetime import date
from typing import Any
from uuid import UUID

from parentsite.consent.rules import Answer, Matter, Shown, Subject, holders, stands
from parentsite.consent.service.chain import append, lock_chain
from parentsite.consent.service.errors import NotAsked
from parentsite.consent.service.reading import Receipt, custodies_in, last_receipts
from parentsite.foundation import audit
from parentsite.foundation.database import new_id
from parentsite.foundation.work import ActorKind, Work
from parentsite.people.visibility import sight_of


def say(work: Work, person: UUID, matter: Matter, answer: Answer, shown: Shown, until: date | None = None) -> UUID:
    """This adult answers yes or no, having read what was `shown`; a yes holds before the day `until`. The receipt that
    says so.

    A custody holder whom staff have shut out from the child answers through staff alone. Raises `NotAsked`.
    """
    assert answer is not Answer.WITHDRAWN, "a yes is taken back by `withdraw`"
    since = _asked_since(work, person, matter)
    end = lock_chain(work, matter.subject, matter.about)
    before = _last(work, person, matter)
    if before is not None and before.given.on >= since and _says(before, answer, shown, work.today):
        return before.id
    return _write(work, end, person, matter, answer, shown, until if answer is Answer.YES else None)


def withdraw(work: Work, person: UUID, matter: Matter) -> UUID | None:
    """This adult takes the own yes back, from this moment: nobody else is asked, and no reason.

    The receipt; none when there was no yes. The chain is locked only when there is something to take back.
    """
    if not _stands(work, _last(work, person, matter)):
        return None
    end = lock_chain(work, matter.subject, matter.about)
    before = _last(work, person, matter)
    if before is None or not _stands(work, before):
        return None
    return _write(work, end, person, matter, Answer.WITHDRAWN, before.shown, before.until)


def _asked_since(work: Work, person: UUID, matter: Matter) -> date:
    """The day from which this adult answers in the matter. Raises `NotAsked`."""
    since = holders(custodies_in(work, [matter])[matter.about], work.today).get(person)
    if since is None or (matter.subject is Subject.CHILD and not _may_press(work, person, matter.about)):
        raise NotAsked(person)
    return since


def _may_press(work: Work, person: UUID, child: UUID) -> bool:
    is_staff = work.actor.kind is ActorKind.STAFF
    return is_staff or sight_of(work.session, person, child, work.today) is not None


def _last(work: Work, person: UUID, matter: Matter) -> Receipt | None:
    return last_receipts(work, [matter])[matter].get(person)


def _stands(work: Work, receipt: Receipt | None) -> bool:
    return receipt is not None and stands(receipt.given, work.today)


def _says(before: Receipt, answer: Answer, shown: Shown, today: date) -> bool:
    """Whether the receipt says this already, of the same text; a yes that ran out says nothing."""
    is_same = before.answer is answer and (before.shown.text, before.shown.version) == (shown.text, shown.version)
    return is_same and (answer is Answer.NO or stands(before.given, today))


def _write(
    work: Work, end: Any, person: UUID, matter: Matter, answer: Answer, shown: Shown, until: date | None
) -> UUID:
    made = new_id()
    row = {
        "id": made,
        "about": matter.about,
        "giver_id": person,
        "purpose": matter.purpose,
        "receiver_kind": matter.receiver_kind,
        "receiver": matter.receiver,
        "receiver_name": shown.receiver_name,
        "text": shown.text,
        "text_version": shown.version,
        "language": shown.language,
        "answer": answer.value,
        "until": until,
        "said_at": work.now,
        "recorded_by": work.actor.kind.value,
    }
    append(work, end, row)
    audit.record(work, "consent.answered", {person, matter.about}, about=("consent_receipt", made))
    return made
