"""Consent on paper at the daycare: who can sign for a child of the house, what a paper can answer, and the papers that
the house has written down, while the child goes there.
"""

from collections.abc import Sequence
from uuid import UUID

from parentsite.consent.service import papers as kept
from parentsite.consent.service.errors import NoSuchPaper, NotAsked
from parentsite.consent.service.papers import Paper, Signer
from parentsite.consent.service.recording import Signed
from parentsite.consent.service.recording import record as record_signed
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.readiness.service import allowing
from parentsite.readiness.service.allowing import Switch, switches_of
from parentsite.readiness.service.errors import NoSuchReceiver, NotFound
from parentsite.readiness.service.facts import house_of, receivers_in


def signers(work: Work, child_id: UUID) -> Sequence[Signer]:
    """Everybody who holds custody, for the child's house. Raises `NotFound`."""
    house_of(work, child_id)
    return kept.signers(work, child_id)


def signer(work: Work, child_id: UUID, person: UUID) -> Signer:
    """One of them. Raises `NotFound`."""
    house_of(work, child_id)
    try:
        return kept.signer(work, child_id, person)
    except NotAsked as error:
        raise NotFound(person) from error


def questions(work: Work, child_id: UUID) -> Sequence[tuple[Switch, str]]:
    """What a paper can answer, and how each receiver is called. Raises `NotFound`."""
    house_of(work, child_id)
    found = switches_of(receivers_in(work, [child_id])[child_id].institutions)
    return tuple((one, allowing.name_of(work, one.office)) for one in found)


def record(work: Work, once: UUID, child_id: UUID, signed: Signed) -> None:
    """Write down what stands on a signed paper, by the keys of the switches; again (`once`) it is the same paper.

    Raises `NoSuchReceiver` when the child does not go there, or not any more; `SignedOutOfTime`, `AnsweredSince`,
    `NothingToRecord`, `NotFound`.
    """
    house = house_of(work, child_id)
    asked = {
        one.key: allowing.asked_on_paper(work, child_id, one, signed.signed_on) for one, _ in questions(work, child_id)
    }
    if gone := sorted(signed.said.keys() - asked.keys()):
        raise NoSuchReceiver(gone)
    try:
        record_signed(work, once, child_id, signed, office=house, asked=asked)
    except NotAsked as error:
        raise NotFound(child_id) from error


def papers(work: Work, child_id: UUID) -> Sequence[Paper]:
    """What this house has written down, newest first; who shows it leaves an entry. Raises `NotFound`."""
    return kept.papers(work, child_id, house_of(work, child_id))


def file_of(work: Work, child_id: UUID, paper: UUID) -> CleanFile:
    """The paper itself; who shows it leaves an entry. Raises `NotFound`."""
    try:
        return kept.file_of(work, child_id, house_of(work, child_id), paper)
    except NoSuchPaper as error:
        raise NotFound(paper) from error
