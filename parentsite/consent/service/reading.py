"""Receipts as they were written, and who held custody when: what effect and answers are decided from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import aliased

from parentsite.consent.models import ConsentChain, ConsentReceipt
from parentsite.consent.rules import Answer, Custody, Given, Matter, Shown, Subject, stands
from parentsite.foundation.clock import local_date
from parentsite.foundation.database import columns
from parentsite.foundation.work import ActorKind, Work
from parentsite.people.models import Person, Relation, RelationKind


@dataclass(frozen=True)
class Receipt:
    """One answer as its giver may read it; `until` is the first day on which a yes no longer holds.

    `on_paper` when staff wrote it down. `link` binds it to all before it: the same receipt with another link was
    changed.
    """

    id: UUID
    answer: Answer
    said_at: datetime
    shown: Shown
    until: date | None
    on_paper: bool
    link: str

    @property
    def given(self) -> Given:
        """The same for the rules."""
        return Given(self.answer, local_date(self.said_at), self.until)


_RECEIPTS = (
    select(ConsentReceipt.__table__)
    .where(
        ConsentReceipt.about == bindparam("about"),
        ConsentReceipt.giver_id == bindparam("giver"),
        ConsentReceipt.purpose == bindparam("purpose"),
        ConsentReceipt.receiver_kind == bindparam("kind"),
        ConsentReceipt.receiver == bindparam("receiver"),
    )
    .order_by(ConsentReceipt.number.desc())
)


def receipts_of(work: Work, person: UUID, matter: Matter) -> Sequence[Receipt]:
    """This adult's own receipts in the matter, newest first: nobody is shown another's."""
    asked = {"about": matter.about, "giver": person, "purpose": matter.purpose}
    asked |= {"kind": matter.receiver_kind, "receiver": matter.receiver}
    return tuple(_receipt(row) for row in columns(work.session, _RECEIPTS, asked))


_OWN = (
    select(ConsentReceipt.__table__)
    .where(
        ConsentReceipt.about == bindparam("about"),
        ConsentReceipt.giver_id == bindparam("giver"),
        ConsentReceipt.purpose.in_(bindparam("purposes", expanding=True)),
    )
    .order_by(ConsentReceipt.number.desc())
)


def own_receipts(
    work: Work, person: UUID, subject: Subject, about: UUID, purposes: Collection[str]
) -> Sequence[tuple[Matter, Receipt]]:
    """All of this adult's own receipts about a child or adult for these purposes, newest first. One statement."""
    rows = columns(work.session, _OWN, {"about": about, "giver": person, "purposes": sorted(purposes)})
    return tuple((Matter(subject, about, row.purpose, row.receiver_kind, row.receiver), _receipt(row)) for row in rows)


_LATER = aliased(ConsentReceipt)
_IS_LAST = ~exists().where(
    and_(
        _LATER.about == ConsentReceipt.about,
        _LATER.number > ConsentReceipt.number,
        _LATER.giver_id == ConsentReceipt.giver_id,
        _LATER.purpose == ConsentReceipt.purpose,
        _LATER.receiver_kind == ConsentReceipt.receiver_kind,
        _LATER.receiver == ConsentReceipt.receiver,
    )
)
_LAST = select(ConsentReceipt.__table__).where(ConsentReceipt.about.in_(bindparam("abouts", expanding=True)), _IS_LAST)


def last_receipts(work: Work, matters: Collection[Matter]) -> Mapping[Matter, Mapping[UUID, Receipt]]:
    """Each adult's last receipt, by matter and adult. One statement."""
    found: dict[Matter, dict[UUID, Receipt]] = {one: {} for one in matters}
    subjects = {one.about: one.subject for one in matters}
    for row in columns(work.session, _LAST, {"abouts": list(subjects)}):
        matter = Matter(subjects[row.about], row.about, row.purpose, row.receiver_kind, row.receiver)
        if matter in found:
            found[matter][row.giver_id] = _receipt(row)
    return found


_YESES = (
    select(ConsentReceipt.__table__)
    .where(
        ConsentReceipt.about == bindparam("about"),
        ConsentReceipt.giver_id == bindparam("giver"),
        ConsentReceipt.purpose == bindparam("purpose"),
        ConsentReceipt.answer == Answer.YES.value,
        _IS_LAST,
    )
    .order_by(ConsentReceipt.number)
)


def yeses_of(work: Work, person: UUID, about: UUID, purpose: str) -> Mapping[str, Receipt]:
    """This adult's own yeses that have not run out, by receiver: also those that no page asks about any more."""
    rows = columns(work.session, _YESES, {"about": about, "giver": person, "purpose": purpose})
    found = {row.receiver: _receipt(row) for row in rows}
    return {receiver: one for receiver, one in found.items() if stands(one.given, work.today)}


_FOR_RECEIVER = (
    select(ConsentReceipt.about, ConsentReceipt.purpose, ConsentChain.subject)
    .join(ConsentChain, ConsentChain.about == ConsentReceipt.about)
    .where(
        ConsentReceipt.receiver == bindparam("receiver"),
        ConsentReceipt.until > bindparam("today"),
        ConsentReceipt.receiver_kind == bindparam("kind"),
        ConsentReceipt.purpose.in_(bindparam("purposes", expanding=True)),
        ConsentReceipt.answer == Answer.YES.value,
    )
    .distinct()
)


def matters_for(work: Work, purposes: Collection[str], receiver_kind: str, receiver: str) -> Collection[Matter]:
    """The matters in which somebody has given this receiver a yes whose end lies ahead, taken back or not."""
    asked = {"receiver": receiver, "today": work.today, "kind": receiver_kind, "purposes": sorted(purposes)}
    rows = columns(work.session, _FOR_RECEIVER, asked)
    return [Matter(Subject(row.subject), row.about, row.purpose, receiver_kind, receiver) for row in rows]


_NAMED = (
    select(ConsentReceipt.receiver)
    .where(
        ConsentReceipt.receiver.in_(bindparam("receivers", expanding=True)),
        ConsentReceipt.receiver_kind.in_(bindparam("kinds", expanding=True)),
        ConsentReceipt.until > bindparam("today"),
        ConsentReceipt.answer == Answer.YES.value,
        _IS_LAST,
    )
    .distinct()
)


def receivers_named(work: Work, kinds: Collection[str], receivers: Collection[str]) -> frozenset[str]:
    """Which of these receivers somebody's yes names that still holds: a yes must be able to be taken back."""
    asked = {"receivers": sorted(receivers), "kinds": sorted(kinds), "today": work.today}
    return frozenset(columns(work.session, _NAMED, asked).scalars())


_CUSTODIES = (
    select(Relation.child_id, Relation.person_id, Relation.since, Relation.until, Person.died_on)
    .join(Person, Person.id == Relation.person_id)
    .where(Relation.child_id.in_(bindparam("children", expanding=True)), Relation.kind == RelationKind.CUSTODY.value)
)


def custodies_in(work: Work, matters: Collection[Matter]) -> Mapping[UUID, Sequence[Custody]]:
    """Who answers about each child or adult: everybody who ever held custody; adults for themselves. One statement."""
    found: dict[UUID, list[Custody]] = {one.about: [] for one in matters}
    for one in matters:
        if one.subject is Subject.PERSON:
            found[one.about] = [Custody(one.about, date.min)]
    children = sorted({one.about for one in matters if one.subject is Subject.CHILD})
    for row in columns(work.session, _CUSTODIES, {"children": children}) if children else ():
        found[row.child_id].append(Custody(row.person_id, row.since, row.until, row.died_on))
    return found


def custodies_of(work: Work, child_id: UUID) -> Sequence[Custody]:
    """Who ever held custody of a child. One statement."""
    rows = columns(work.session, _CUSTODIES, {"children": [child_id]})
    return [Custody(row.person_id, row.since, row.until, row.died_on) for row in rows]


def _receipt(row: Any) -> Receipt:
    shown = Shown(row.receiver_name, row.text, row.text_version, row.language)
    on_paper = row.recorded_by == ActorKind.STAFF.value
    return Receipt(row.id, Answer(row.answer), row.said_at, shown, row.until, on_paper, row.link)
