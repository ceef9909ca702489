"""Builders: each call makes new people and cases, with the sensible rest filled in. Nothing is shared between tests.

People are rows, as the register would load them; cases come into being through the site's own verbs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import insert

from parentsite.foundation.database import new_id
from parentsite.foundation.sealed import seal
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.loading import cpr_hash
from parentsite.people.models import (
    ADDRESS,
    CPR,
    Attendance,
    Block,
    Child,
    ChildOrigin,
    Person,
    Relation,
    RelationKind,
    StaffMember,
)
from parentsite.places.rules.answers import Answer
from parentsite.places.rules.vocabulary import AgeGroup, Care
from parentsite.places.service import answers, drafts, offers, office, sending, vacancies, wishing
from parentsite.places.service.drafts import Family
from parentsite.places.service.line import line_of
from parentsite.town.facilities import AgeGroup as TownAgeGroup
from parentsite.town.facilities import FacilityKind
from parentsite.town.service import current_town

LONG_AGO = date(2020, 1, 1)
BABY_WEEKS = 24
NO_NEWS = Family(sibling_facility=None, special_need=False, hours=None, home_languages=None, interpreter=None)


@dataclass(frozen=True)
class Pair:
    """One adult and one child who belong together."""

    parent: UUID
    child: UUID


def as_parent(work: Work, person: UUID) -> Work:
    """The same work, done by this parent."""
    return replace(work, actor=Actor(ActorKind.PARENT, person))


def as_clerk(work: Work, clerk: UUID | None = None) -> Work:
    """The same work, done by the placement office."""
    return replace(work, actor=Actor(ActorKind.STAFF, clerk or new_id(), frozenset({"placement"})))


def person(
    work: Work,
    *,
    given_name: str = "Mette",
    family_name: str = "Lund",
    cpr: str | None = None,
    email: str | None = "parent@example.org",
    address: str | None = None,
    language: str = "da",
    district: str | None = None,
    address_protected: bool = False,
) -> UUID:
    """An adult of the register."""
    adult, session = new_id(), work.session
    session.execute(
        insert(Person).values(
            id=adult,
            given_name=given_name,
            family_name=family_name,
            cpr_hash=cpr_hash(session, cpr) if cpr else None,
            cpr=seal(session, cpr, CPR) if cpr else None,
            email=email,
            phone=None,
            address=seal(session, address, ADDRESS) if address else None,
            language=language,
            district=district,
            address_protected=address_protected,
        )
    )
    return adult


def child(
    work: Work,
    *,
    born: date | None = None,
    due: date | None = None,
    name: str | None = "Asta",
    district: str | None = None,
    address_protected: bool = False,
    origin: str = ChildOrigin.REGISTERED,
) -> UUID:
    """A child, about half a year old unless a birth or due date is given."""
    made = new_id()
    if born is None and due is None:
        born = work.today - timedelta(weeks=BABY_WEEKS)
    work.session.execute(
        insert(Child).values(
            id=made,
            origin=str(origin),
            given_name=name,
            family_name="Lund" if name else None,
            birth_date=born,
            due_date=due,
            district=district,
            address_protected=address_protected,
        )
    )
    return made


def relate(
    work: Work,
    adult: UUID,
    to: UUID,
    *kinds: RelationKind,
    since: date = LONG_AGO,
    until: date | None = None,
    shared: bool = False,
) -> None:
    """Let the adult be each of `kinds` to the child."""
    for kind in kinds:
        work.session.execute(
            insert(Relation).values(
                id=new_id(), child_id=to, person_id=adult, kind=kind.value, since=since, until=until, shared=shared
            )
        )


def lives_with(work: Work, adult: UUID, *children: UUID) -> None:
    """The adult holds custody of the children, and they live there."""
    for each in children:
        relate(work, adult, each, RelationKind.CUSTODY, RelationKind.RESIDENCE)


def block(work: Work, adult: UUID, of: UUID, *, since: date = LONG_AGO, until: date | None = None) -> None:
    """Shut the adult's access to the child."""
    row = {"id": new_id(), "child_id": of, "person_id": adult, "since": since, "until": until}
    work.session.execute(insert(Block).values(row))


def attends(work: Work, who: UUID, facility: str, *, since: date = LONG_AGO, until: date | None = None) -> None:
    """The child belongs to a house."""
    row = {"id": new_id(), "child_id": who, "facility": facility, "since": since, "until": until}
    work.session.execute(insert(Attendance).values(row))


def family(work: Work, *, born: date | None = None, district: str | None = None, language: str = "da") -> Pair:
    """A parent who lives with a child and may apply for it."""
    parent = person(work, language=language, district=district)
    baby = child(work, born=born, district=district)
    lives_with(work, parent, baby)
    return Pair(parent, baby)


def clerk(work: Work, *, name: str = "Karin Vester") -> UUID:
    """A member of the staff."""
    made = new_id()
    row = {"id": made, "issuer": "https://staff.example", "subject": str(made), "name": name, "seen_on": work.today}
    work.session.execute(insert(StaffMember).values(row))
    return made


def houses(work: Work, group: AgeGroup = AgeGroup.NURSERY) -> list[str]:
    """The codes of the houses that one may wish for, in the pack's order, childminding left out."""
    return [
        one.code
        for one in current_town(work.session).facilities
        if one.kind is FacilityKind.HOUSE and one.may_take(TownAgeGroup(group.value)) and one.takes_wishes(work.today)
    ]


def draft(
    work: Work,
    of: Pair,
    *,
    care: Care = Care.NURSERY,
    wanted: date | None = None,
    wishes: Sequence[str] | None = None,
    about: Family | None = NO_NEWS,
) -> UUID:
    """A draft with every step answered: ready to be sent, unless something is told otherwise."""
    now = as_parent(work, of.parent)
    made = drafts.start(now, of.parent, of.child, care)
    drafts.save_wanted(now, of.parent, made, wanted or work.today + timedelta(days=120))
    for facility in houses(work)[:2] if wishes is None else wishes:
        wishing.add(now, of.parent, made, facility)
    if about is not None:
        drafts.save_family(now, of.parent, made, about)
    return made


def sent(
    work: Work,
    of: Pair,
    *,
    care: Care = Care.NURSERY,
    wanted: date | None = None,
    wishes: Sequence[str] | None = None,
    about: Family = NO_NEWS,
    confirmed: bool = False,
    special_need: bool = False,
) -> UUID:
    """An application that stands in line; `confirmed` once the office has read it."""
    made = draft(work, of, care=care, wanted=wanted, wishes=wishes, about=about)
    now = as_parent(work, of.parent)
    sending.send(now, of.parent, made, drafts.read(now, of.parent, made).revision)
    if confirmed or special_need:
        confirm(work, made, special_need=special_need)
    return made


def confirm(work: Work, application: UUID, *, special_need: bool = False) -> None:
    """The office has read the application."""
    now = as_clerk(work)
    office.confirm(now, application, office.case(now, application).revision, special_need)


def vacancy(
    work: Work, facility: str | None = None, *, group: AgeGroup = AgeGroup.NURSERY, starts_on: date | None = None
) -> UUID:
    """A place that is free."""
    starts = starts_on or work.today + timedelta(days=150)
    return vacancies.open_vacancy(as_clerk(work), new_id(), facility or houses(work)[0], group, starts)


def offer(
    work: Work,
    application: UUID,
    *,
    facility: str | None = None,
    group: AgeGroup = AgeGroup.NURSERY,
    starts_on: date | None = None,
    reason: str | None = "A test needs it.",
) -> UUID:
    """A new vacancy in a house, offered to this application's wish for it."""
    house = facility or houses(work)[0]
    free = vacancy(work, house, group=group, starts_on=starts_on)
    wish = next(one.wish_id for one in line_of(work.session, house, group) if one.application_id == application)
    return offers.make_offer(as_clerk(work), free, wish, reason)


def answered(work: Work, by: UUID, open_offer: UUID, *, yes: bool, remove: Iterable[UUID] = ()) -> None:
    """The parent's answer to an offer."""
    said = Answer.YES if yes else Answer.NO
    answers.answer(as_parent(work, by), by, open_offer, said, list(remove))
