"""The parents' consents at school start: one for each document, each named receiver and each use; off until chosen."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from parentsite.consent.rules import Answer, Matter, Shown
from parentsite.consent.service import saying
from parentsite.consent.service.effect import Standing, in_force, standings
from parentsite.consent.service.errors import NotAsked
from parentsite.consent.service.reading import Receipt, receipts_of
from parentsite.consent.service.recording import Asked
from parentsite.foundation.work import Work
from parentsite.people.casework import named
from parentsite.people.children import ChildView, child_for
from parentsite.readiness.policy import ends_of, institutions_of
from parentsite.readiness.rules.ends import consent_ends
from parentsite.readiness.rules.receivers import Institution, Receivers
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind
from parentsite.readiness.service.errors import NoSuchReceiver, NotFound
from parentsite.readiness.service.facts import Office, house_of, matter_of, purpose_of, receivers_in
from parentsite.readiness.service.reading import custody_holder, published_kinds
from parentsite.town.schools import ReceiverKind as TownReceiverKind
from parentsite.town.service import current_town

VERSION = 1
"""Of the words that stand beside each switch: a new version whenever they say something else."""


@dataclass(frozen=True)
class Switch:
    """One question to the parents: may this office read this document, or be talked with about it?"""

    kind: DocumentKind
    allowed: Allowed
    office: Office

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.kind}-{self.allowed}-{self.office.kind}-{self.office.code}"


@dataclass(frozen=True)
class Question:
    """A switch as one of those who are asked sees it; `can_wait` when it is about a document that nobody has written:
    most children never get the separate assessment.
    """

    switch: Switch
    name: str
    standing: Standing
    can_wait: bool = False

    @property
    def own_yes(self) -> Receipt | None:
        """The own yes that holds."""
        return self.standing.own_yes


@dataclass(frozen=True)
class Sheet:
    """All that one custody holder is asked about a child; a yes of today would hold before the day `until`.

    `elsewhere` are the own yeses to where the child goes no more: they open nothing, and can be taken back.
    """

    child: ChildView
    receivers: Receivers
    questions: Sequence[Question]
    elsewhere: Sequence[Question]
    until: date


def switches_of(institutions: Iterable[Institution]) -> Sequence[Switch]:
    """Every question there is about a child who goes to these."""
    return tuple(
        Switch(kind, allowed, Office(one.kind, one.code))
        for one in institutions
        for kind in DocumentKind
        for allowed in Allowed
    )


def sheet_of(work: Work, person: UUID, child_id: UUID) -> Sheet:
    """The child's receivers, and each switch as it stands for this custody holder. Raises `NotFound`.

    As many statements for many receivers as for one.
    """
    child, _ = custody_holder(work, person, child_id)
    receivers = receivers_in(work, [child_id])[child_id]
    here = switches_of(receivers.institutions)
    elsewhere = switches_of(one for one in _known(work) if not receivers.has(one.kind, one.code))
    stand = standings(work, [_matter(child_id, one) for one in (*here, *elsewhere)], person)
    can_wait = frozenset({DocumentKind.ASSESSMENT}) - published_kinds(work, child_id)

    def question(switch: Switch) -> Question:
        name = name_of(work, switch.office)
        return Question(switch, name, stand[_matter(child_id, switch)], switch.kind in can_wait)

    return Sheet(
        child=child,
        receivers=receivers,
        questions=tuple(map(question, here)),
        elsewhere=tuple(one for one in map(question, elsewhere) if one.own_yes),
        until=_ends(work, child.counts_from, work.today),
    )


def answer(work: Work, person: UUID, child_id: UUID, switch: Switch, said: Answer, language: str) -> None:
    """This custody holder says yes or no to one switch, having read it in a language.

    Raises `NoSuchReceiver` when the child does not go there, or not any more; `NotFound`.
    """
    custody_holder(work, person, child_id)
    receivers = receivers_in(work, [child_id]).get(child_id)
    if receivers is None or not receivers.has(switch.office.kind, switch.office.code):
        raise NoSuchReceiver(switch.office.code)
    shown = Shown(name_of(work, switch.office), purpose_of(switch.kind, switch.allowed), VERSION, language)
    try:
        saying.say(work, person, _matter(child_id, switch), said, shown, end_of_yes(work, child_id, work.today))
    except NotAsked as error:
        raise NotFound(child_id) from error


def asked_on_paper(work: Work, child_id: UUID, switch: Switch, name: str, signed_on: date) -> Asked:
    """A switch as a signed paper asks it, with the name of the receiver on it: a yes ends as one of the day it was
    signed.
    """
    text, until = purpose_of(switch.kind, switch.allowed), end_of_yes(work, child_id, signed_on)
    return Asked(_matter(child_id, switch), name, text, VERSION, until)


def withdraw(work: Work, person: UUID, child_id: UUID, switch: Switch) -> bool:
    """This adult takes the own yes back, from this moment; whether there was one.

    It is asked of nobody whether the child still goes there: a yes can always be taken back. Raises `NotFound`.
    """
    if child_for(work.session, person, child_id, work.today) is None:
        raise NotFound(child_id)
    return saying.withdraw(work, person, _matter(child_id, switch)) is not None


def withdraw_all(work: Work, person: UUID, child_id: UUID) -> bool:
    """This adult takes back every own yes about a child, to whomever, without being told of any; whether there was one.

    It is for one from whom the child's place is kept by now: a yes can always be taken back. Raises `NotFound`.
    """
    if child_for(work.session, person, child_id, work.today) is None:
        raise NotFound(child_id)
    matters = [_matter(child_id, one) for one in switches_of(_known(work))]
    stand = standings(work, matters, person)
    taken = [saying.withdraw(work, person, one) for one in matters if stand[one].own_yes]
    return any(taken)


def say_yes(work: Work, person: UUID, children: Collection[UUID]) -> frozenset[UUID]:
    """Of these children the ones about whom this adult's own yes holds, to whomever. Two statements, none for none."""
    if not children:
        return frozenset()
    matters = [_matter(child, one) for child in children for one in switches_of(_known(work))]
    return frozenset(one.about for one, stand in standings(work, matters, person).items() if stand.own_yes)


def receipts(work: Work, person: UUID, child_id: UUID, switch: Switch) -> Sequence[Receipt]:
    """This adult's own receipts, newest first. Raises `NotFound`."""
    if child_for(work.session, person, child_id, work.today) is None:
        raise NotFound(child_id)
    return receipts_of(work, person, _matter(child_id, switch))


def may_talk(work: Work, child_id: UUID) -> Sequence[tuple[Switch, bool]]:
    """For the house: with whom it may talk about which document now, yes or no and nothing more. Raises `NotFound`."""
    house_of(work, child_id)
    asked = [
        one
        for one in switches_of(receivers_in(work, [child_id])[child_id].institutions)
        if one.allowed is Allowed.TALKING
    ]
    allowed = in_force(work, [_matter(child_id, one) for one in asked])
    return tuple((one, _matter(child_id, one) in allowed) for one in asked)


def name_of(work: Work, office: Office) -> str:
    """What the town calls it. Raises `NoSuchReceiver`."""
    found = current_town(work.session).receiver(TownReceiverKind(office.kind.value), office.code)
    if found is None:
        raise NoSuchReceiver(office.code)
    return found.name


def _known(work: Work) -> Iterable[Institution]:
    return institutions_of(current_town(work.session))


def _matter(child_id: UUID, switch: Switch) -> Matter:
    return matter_of(child_id, switch.kind, switch.allowed, switch.office)


def end_of_yes(work: Work, child_id: UUID, day: date) -> date:
    """When a yes of this day ends."""
    return _ends(work, named(work.session, [child_id])[child_id].born, day)


def _ends(work: Work, born: date, day: date) -> date:
    return consent_ends(ends_of(current_town(work.session)), born, day)
