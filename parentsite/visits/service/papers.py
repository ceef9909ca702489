"""Consent on paper at the health visitors: a custody holder who cannot answer on the site, because without MitID, shut
out from the child, or not to know where it is, signs what may be passed on to the daycare.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from parentsite.consent.rules import Answer, stands
from parentsite.consent.service import papers as kept
from parentsite.consent.service.errors import NoSuchPaper, NotAsked
from parentsite.consent.service.papers import Paper, Signer
from parentsite.consent.service.receipts import kept_about
from parentsite.consent.service.recording import Asked, Signed
from parentsite.consent.service.recording import record as record_signed
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.town.service import current_town
from parentsite.visits.service.errors import NoSuchHouse, NotFound
from parentsite.visits.service.gate import child_at_desk
from parentsite.visits.service.passing_on import TEXT, VERSION, ask_the_others, matter_of, until
from parentsite.visits.service.reading import ROLE
from parentsite.visits.service.start_talks import house_of, live_talk


@dataclass(frozen=True)
class Question:
    """May information be passed on to this daycare? From another than the one in question a yes is only taken back."""

    facility: str
    name: str
    answers: tuple[Answer, ...]

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"house-{self.facility}"


def signers(work: Work, child_id: UUID) -> Sequence[Signer]:
    """Everybody who holds custody. Raises `NotFound`."""
    child_at_desk(work, child_id)
    return kept.signers(work, child_id)


def signer(work: Work, child_id: UUID, person: UUID) -> Signer:
    """One of them. Raises `NotFound`."""
    child_at_desk(work, child_id)
    try:
        return kept.signer(work, child_id, person)
    except NotAsked as error:
        raise NotFound(person) from error


def questions(work: Work, child_id: UUID, person: UUID) -> Mapping[str, Question]:
    """What a paper of this custody holder can answer, by key: passing on to the daycare of the start talk, or where the
    child goes; then taking back what the person has said to others. Raises `NotFound`.
    """
    child_at_desk(work, child_id)
    code = house_of(work, child_id, live_talk(work, child_id))
    house = current_town(work.session).facility(code) if code else None
    here = [Question(house.code, house.name, tuple(Answer))] if house else []
    return {one.key: one for one in (*here, *_elsewhere(work, child_id, person, here))}


def _elsewhere(work: Work, child_id: UUID, person: UUID, here: Sequence[Question]) -> Sequence[Question]:
    """The daycares to which the person's yes still holds; and those from which it was taken back today, so that the
    same form can come twice.
    """
    last = {one.matter.receiver: one.receipt for one in reversed(kept_about(work, person, child_id, [TEXT]))}
    asked = {one.facility for one in here}
    return [
        Question(code, one.shown.receiver_name, (Answer.WITHDRAWN,))
        for code, one in last.items()
        if code not in asked
        and (stands(one.given, work.today) or (one.answer is Answer.WITHDRAWN and one.given.on == work.today))
    ]


def record(work: Work, once: UUID, child_id: UUID, signed: Signed) -> None:
    """Write down what stands on a signed paper; again (`once`) it is the same paper. After a yes those who have not
    answered yet get their letter.

    Raises `NoSuchHouse` when the daycare is another by now; `SignedOutOfTime`, `AnsweredSince`, `NothingToRecord`,
    `NotFound`.
    """
    found = questions(work, child_id, signed.person)
    if any(key not in found or said not in found[key].answers for key, said in signed.said.items()):
        raise NoSuchHouse(child_id)
    ends = until(work, signed.signed_on)
    asked = {key: Asked(matter_of(child_id, one.facility), one.name, TEXT, VERSION, ends) for key, one in found.items()}
    try:
        record_signed(work, once, child_id, signed, office=ROLE, asked=asked)
    except NotAsked as error:
        raise NotFound(child_id) from error
    for key, said in signed.said.items():
        if said is Answer.YES:
            ask_the_others(work, child_id, found[key].facility)


def papers(work: Work, child_id: UUID) -> Sequence[Paper]:
    """What the health visitors have written down, newest first; who shows it leaves an entry. Raises `NotFound`."""
    child_at_desk(work, child_id)
    return kept.papers(work, child_id, ROLE)


def file_of(work: Work, child_id: UUID, paper: UUID) -> CleanFile:
    """The paper itself; who shows it leaves an entry. Raises `NotFound`."""
    child_at_desk(work, child_id)
    try:
        return kept.file_of(work, child_id, ROLE, paper)
    except NoSuchPaper as error:
        raise NotFound(paper) from error
