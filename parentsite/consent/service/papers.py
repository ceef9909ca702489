"""Consent on paper, read: who can sign for a child, and the signed papers that an office has written down.

A paper is shown to the office that wrote it down and to no other. Whether that office still has to do with the child is
the journey's to ask, and so is the audit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.consent.models import SignedPaper
from parentsite.consent.rules import holders
from parentsite.consent.service.errors import NoSuchPaper, NotAsked
from parentsite.consent.service.reading import custodies_of
from parentsite.foundation.attached import attached
from parentsite.foundation.database import columns
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.people.casework import names_of
from parentsite.people.visibility import Facet, sights_of


@dataclass(frozen=True)
class Signer:
    """Somebody who holds custody of the child today, and since when; `knows_place` when it may be told where the child
    goes.
    """

    id: UUID
    name: str
    since: date
    knows_place: bool


@dataclass(frozen=True)
class Paper:
    """A signed paper, without what stands on it."""

    id: UUID
    person: UUID
    signed_on: date
    recorded_at: datetime


def signers(work: Work, child_id: UUID) -> Sequence[Signer]:
    """Everybody who holds custody, also one who is shut out from the child."""
    since = holders(custodies_of(work, child_id), work.today)
    names, sights = names_of(work.session, since), sights_of(work.session, child_id, work.today)
    knowing = {one for one, sight in sights.items() if sight.sees(Facet.PLACE)}
    found = [Signer(one, names[one], day, one in knowing) for one, day in since.items()]
    return tuple(sorted(found, key=lambda one: one.name))


def signer(work: Work, child_id: UUID, person: UUID) -> Signer:
    """One of them. Raises `NotAsked`."""
    for one in signers(work, child_id):
        if one.id == person:
            return one
    raise NotAsked(person)


_PAPERS = (
    select(SignedPaper.__table__)
    .where(SignedPaper.about == bindparam("child"), SignedPaper.office == bindparam("office"))
    .order_by(SignedPaper.recorded_at.desc())
)
_PAPER = select(SignedPaper.file_id).where(
    SignedPaper.id == bindparam("paper"),
    SignedPaper.about == bindparam("child"),
    SignedPaper.office == bindparam("office"),
)


def papers(work: Work, child_id: UUID, office: str) -> Sequence[Paper]:
    """What this office has written down about a child, newest first."""
    rows = columns(work.session, _PAPERS, {"child": child_id, "office": office})
    return tuple(Paper(row.id, row.person_id, row.signed_on, row.recorded_at) for row in rows)


def file_of(work: Work, child_id: UUID, office: str, paper: UUID) -> CleanFile:
    """The paper itself. Raises `NoSuchPaper`."""
    asked = {"paper": paper, "child": child_id, "office": office}
    file_id: UUID | None = columns(work.session, _PAPER, asked).scalar_one_or_none()
    if file_id is None:
        raise NoSuchPaper(paper)
    return attached(work, file_id)
