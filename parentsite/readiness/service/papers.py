"""Consent on paper at the daycare: who can sign for a child of the house, what a paper can answer, and the papers that
the house has written down, while the child goes there.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from parentsite.consent.rules import Answer, stands
from parentsite.consent.service import papers as kept
from parentsite.consent.service.errors import NoSuchPaper, NotAsked
from parentsite.consent.service.papers import Paper, Signer
from parentsite.consent.service.recording import Signed
from parentsite.consent.service.recording import record as record_signed
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.readiness.rules.vocabulary import ReceiverKind
from parentsite.readiness.service import allowing
from parentsite.readiness.service.allowing import Switch, switches_of
from parentsite.readiness.service.errors import NoSuchReceiver, NotFound
from parentsite.readiness.service.facts import Office, house_of, receivers_in
from parentsite.readiness.service.receipts import asked_in, kept_of


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


@dataclass(frozen=True)
class Question:
    """A switch that a paper can answer; of one to where the child goes no more a yes can only be taken back."""

    switch: Switch
    name: str
    answers: tuple[Answer, ...]


def questions(work: Work, child_id: UUID, person: UUID) -> Mapping[str, Question]:
    """What a paper of this custody holder can answer, by key: every question about where the child goes next, then
    taking back what the person has said yes to elsewhere. Raises `NotFound`.
    """
    house_of(work, child_id)
    switches = switches_of(receivers_in(work, [child_id])[child_id].institutions)
    here = {one.key: Question(one, allowing.name_of(work, one.office), tuple(Answer)) for one in switches}
    return {**here, **_elsewhere(work, child_id, person, here)}


def _elsewhere(work: Work, child_id: UUID, person: UUID, here: Collection[str]) -> Mapping[str, Question]:
    """What the person's yes still allows; and what was taken back today, so that the same form can come twice."""
    last = {one.matter: one.receipt for one in reversed(kept_of(work, person, child_id))}
    found = {}
    for matter, receipt in last.items():
        switch = Switch(*asked_in(matter), Office(ReceiverKind(matter.receiver_kind), matter.receiver))
        is_back = receipt.answer is Answer.WITHDRAWN and receipt.given.on == work.today
        if switch.key not in here and (stands(receipt.given, work.today) or is_back):
            found[switch.key] = Question(switch, receipt.shown.receiver_name, (Answer.WITHDRAWN,))
    return found


def record(work: Work, once: UUID, child_id: UUID, signed: Signed) -> None:
    """Write down what stands on a signed paper, by the keys of the switches; again (`once`) it is the same paper.

    Raises `NoSuchReceiver` when the child does not go there, or not any more; `SignedOutOfTime`, `AnsweredSince`,
    `NothingToRecord`, `NotFound`.
    """
    house = house_of(work, child_id)
    found = questions(work, child_id, signed.person)
    if gone := sorted(key for key, said in signed.said.items() if key not in found or said not in found[key].answers):
        raise NoSuchReceiver(gone)
    day = signed.signed_on
    asked = {key: allowing.asked_on_paper(work, child_id, one.switch, one.name, day) for key, one in found.items()}
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
