"""The parents' consent to passing on information from the health visitors to one daycare: without it nothing is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from parentsite.consent.rules import Answer, Matter, Shown, Subject
from parentsite.consent.service import saying
from parentsite.consent.service.effect import Standing, standing, unanswered
from parentsite.consent.service.errors import NotAsked
from parentsite.consent.service.reading import Receipt, yeses_of
from parentsite.consent.service.receipts import Kept, kept_about
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView
from parentsite.people.models import RelationKind
from parentsite.town.service import current_town
from parentsite.visits.rules.start import consent_ends
from parentsite.visits.service.errors import NoSuchHouse, NotFound
from parentsite.visits.service.gate import child_with_start_talk
from parentsite.visits.service.start_talks import Talk, house_of, live_talk
from parentsite.visits.service.telling import tell_of_start_talk

TEXT, VERSION = "visits.passing_on", 1
"""The words in templates/visits/_passing_on_text.html: a new version whenever they say something else."""
RECEIVER = "facility"
"""The kind of receiver: a daycare by its code."""


@dataclass(frozen=True)
class Sheet:
    """The start talk of one child as one adult may see it; `house` is none while nobody has said which daycare.

    `may_ask` when this adult decides about daycare, `may_answer` when one holds custody. `elsewhere` are the own yeses
    to other daycares, by their codes: they hold until they are taken back or run out.
    """

    child: ChildView
    talk: Talk | None
    house: str | None
    may_ask: bool
    may_answer: bool
    standing: Standing | None
    elsewhere: Mapping[str, Receipt]

    @property
    def says_yes(self) -> bool:
        """Whether this adult's own yes holds."""
        own = self.standing.own if self.standing else None
        return self.standing is not None and own is not None and own.answer is Answer.YES and not self.must_answer

    @property
    def must_answer(self) -> bool:
        """Whether this adult has yet to answer."""
        return self.standing is not None and self.standing.must_answer


def matter_of(child: UUID, facility: str) -> Matter:
    """Passing on to this daycare what the health visitors know about the child."""
    return Matter(Subject.CHILD, child, TEXT, RECEIVER, facility)


def sheet_of(work: Work, person: UUID, child_id: UUID) -> Sheet:
    """The page's facts. Raises `NotFound`."""
    child = child_with_start_talk(work, person, child_id)
    talk = live_talk(work, child_id)
    house = house_of(work, child_id, talk)
    matter = matter_of(child_id, house) if house else None
    yeses = yeses_of(work, person, child_id, TEXT)
    return Sheet(
        child=child,
        talk=talk,
        house=house,
        may_ask=child.sight.may_apply,
        may_answer=_holds_custody(child),
        standing=standing(work, matter, person) if matter else None,
        elsewhere={code: receipt for code, receipt in yeses.items() if code != house},
    )


def answer(work: Work, person: UUID, child_id: UUID, facility: str, said: Answer, language: str) -> None:
    """This custody holder says yes or no, having read the text in a language; who else must answer gets one letter.

    The daycare is the one that was shown. Raises `NoSuchHouse` when it is another by now, `NotFound`.
    """
    child_with_start_talk(work, person, child_id)
    house = current_town(work.session).facility(facility)
    if house is None or house_of(work, child_id, live_talk(work, child_id)) != facility:
        raise NoSuchHouse(facility)
    try:
        shown = Shown(house.name, TEXT, VERSION, language)
        saying.say(work, person, matter_of(child_id, facility), said, shown, until(work, work.today))
    except NotAsked as error:
        raise NotFound(child_id) from error
    if said is Answer.YES:
        ask_the_others(work, child_id, facility)


def ask_the_others(work: Work, child_id: UUID, facility: str) -> None:
    """One has said yes: who has not answered yet, and may know of it, gets one letter."""
    for other in sorted(unanswered(work, matter_of(child_id, facility))):
        tell_of_start_talk(work, other, child_id, key=f"start_talk:{child_id}:{facility}:{other}:asked")


def until(work: Work, day: date) -> date:
    """When a yes of this day ends: the town says how long a consent holds."""
    return consent_ends(day, current_town(work.session).settings.readiness.consent_days.value)


def withdraw(work: Work, person: UUID, child_id: UUID, facility: str) -> None:
    """This adult takes the own yes back, from this moment; no yes is no error. Raises `NotFound`."""
    child_with_start_talk(work, person, child_id)
    saying.withdraw(work, person, matter_of(child_id, facility))


def receipts_of_child(work: Work, person: UUID, child_id: UUID) -> tuple[ChildView, Sequence[Kept]]:
    """The child, and this custody holder's own receipts, newest first. Raises `NotFound`."""
    child = child_with_start_talk(work, person, child_id)
    if not _holds_custody(child):
        raise NotFound(child_id)
    return child, kept_about(work, person, child_id, [TEXT])


def _holds_custody(child: ChildView) -> bool:
    return RelationKind.CUSTODY in child.sight.relations
