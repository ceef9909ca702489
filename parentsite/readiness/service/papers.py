"""Consent on paper, read: who can sign for a child, and the signed papers that the child's house has written down.

A paper is shown to the house that wrote it down while the child goes there, and to nobody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.consent.rules import Matter, Subject, holders
from parentsite.consent.service.reading import custodies_in
from parentsite.foundation.attached import attached
from parentsite.foundation.database import columns
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.people.casework import names_of
from parentsite.readiness.models import SignedPaper
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind
from parentsite.readiness.service import allowing
from parentsite.readiness.service.allowing import Switch, switches_of
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.facts import house_of, purpose_of, receivers_in


@dataclass(frozen=True)
class Signer:
    """Somebody who holds custody of the child today, and since when."""

    id: UUID
    name: str
    since: date


@dataclass(frozen=True)
class Paper:
    """A signed paper, without what stands on it."""

    id: UUID
    person: UUID
    signed_on: date
    recorded_at: datetime


def signers(work: Work, child_id: UUID) -> Sequence[Signer]:
    """Everybody who holds custody, for the child's house. Raises `NotFound`."""
    house_of(work, child_id)
    since = _custody(work, child_id)
    names = names_of(work.session, since)
    return tuple(sorted((Signer(one, names[one], day) for one, day in since.items()), key=lambda one: one.name))


def signer(work: Work, child_id: UUID, person: UUID) -> Signer:
    """One of them. Raises `NotFound`."""
    for one in signers(work, child_id):
        if one.id == person:
            return one
    raise NotFound(person)


def questions(work: Work, child_id: UUID) -> Sequence[tuple[Switch, str]]:
    """What a paper can answer, and how each receiver is called. Raises `NotFound`."""
    house_of(work, child_id)
    found = switches_of(receivers_in(work, [child_id])[child_id].institutions)
    return tuple((one, allowing.name_of(work, one.office)) for one in found)


_PAPERS = (
    select(SignedPaper.__table__)
    .where(SignedPaper.about == bindparam("child"), SignedPaper.facility == bindparam("house"))
    .order_by(SignedPaper.recorded_at.desc())
)
_PAPER = select(SignedPaper.file_id).where(
    SignedPaper.id == bindparam("paper"),
    SignedPaper.about == bindparam("child"),
    SignedPaper.facility == bindparam("house"),
)


def papers(work: Work, child_id: UUID) -> Sequence[Paper]:
    """What this house has written down, newest first; who shows it leaves an entry. Raises `NotFound`."""
    asked = {"child": child_id, "house": house_of(work, child_id)}
    return tuple(
        Paper(row.id, row.person_id, row.signed_on, row.recorded_at) for row in columns(work.session, _PAPERS, asked)
    )


def file_of(work: Work, child_id: UUID, paper: UUID) -> CleanFile:
    """The paper itself; who shows it leaves an entry. Raises `NotFound`."""
    asked = {"paper": paper, "child": child_id, "house": house_of(work, child_id)}
    file_id: UUID | None = columns(work.session, _PAPER, asked).scalar_one_or_none()
    if file_id is None:
        raise NotFound(paper)
    return attached(work, file_id)


def _custody(work: Work, child_id: UUID) -> Mapping[UUID, date]:
    any_matter = Matter(Subject.CHILD, child_id, purpose_of(DocumentKind.DESCRIPTION, Allowed.READING), "", "")
    return holders(custodies_in(work, [any_matter])[child_id], work.today)
