"""Fills a database with a town's families, as many as wanted, in bulk.

The rows obey every constraint and stand in line by the real rules. Of the children some wait, most have a place, a few
have a parent who is still writing, and the rest have no case at all. What the bench looks at is the same family
whatever the town's size.
"""

from dataclasses import dataclass
from uuid import UUID

from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import StaffMember
from parentsite.places.rules.vocabulary import AgeGroup
from parentsite.readiness.rules.vocabulary import Allowed
from parentsite.town.service import current_town
from tests import builders
from tests.bench.cases import Cases
from tests.bench.letters_of import Letters
from tests.bench.rows import Rows
from tests.bench.schools_of import School, Schools
from tests.bench.times_of import Times

CHUNK = 5_000
ONE_WITH_A_LETTER = 10
"""Of so many children one has a parent who has written to the town."""
ONE_AT_SCHOOL = 100
"""Of so many children one is about to begin at the school that is looked at."""
EXPECTED, NURSERY_AGE, KINDERGARTEN_AGE, OLDEST = -80, 420, 1_080, 2_150
"""Days of age: the youngest unborn child, when most have a nursery, turning three, the end of the town's care."""


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in: the cookie's token, and the id of what the pages are about."""

    token: str
    about: UUID


@dataclass(frozen=True)
class Booker(Visitor):
    """Somebody signed in, the child, and the free time that is to be hers."""

    slot: UUID


@dataclass(frozen=True)
class FilledTown:
    """Who visits the pages: a parent of two with a case and a draft, parents with an offer each, a clerk; a parent who
    picks a time, and parents who are about to take one each.

    `house` is one that stands in the `district`. `described` is a parent of a child whose description the `school`,
    which is somebody there, may read; parents about to answer are `asked` the two `questions`: to read, and to talk. A
    parent is `writing` with the placement office.
    """

    parent: Visitor
    draft: UUID
    offered: tuple[Visitor, ...]
    clerk: str
    house: str
    district: str
    picking: Visitor
    booking: tuple[Booker, ...]
    school: str
    described: Visitor
    asked: tuple[Visitor, ...]
    questions: tuple[str, str]
    writing: Visitor


def fill_town(work: Work, children: int, presses: int = 1, seed: int = 1) -> FilledTown:
    """Put a town of so many children into a database that has the town pack.

    Among them are `presses` open offers, as many families who are about to take a time, and as many who are to answer
    about what was written before school.
    """
    rows = Rows(work, seed)
    cases, letters = Cases(work, rows), Letters(work, rows)
    made = 0
    while made < children:
        for number in range(min(CHUNK, children - made)):
            _some_child(rows, cases, letters if number % ONE_WITH_A_LETTER == 0 else None)
        made += CHUNK
        rows.insert()
    offered = [_offered(rows, cases) for _ in range(presses)]
    picking, booking = _bookers(Times(work, rows), rows, presses, everywhere=children >= CHUNK)
    parent, case, draft = _looked_at(rows, cases)
    schools = Schools(work, rows)
    described = [schools.readable() for _ in range(1 + children // ONE_AT_SCHOOL)]
    asked = [schools.asked() for _ in range(presses)]
    writer = rows.household()
    about = writer.child(NURSERY_AGE)
    clerk = rows.random_id()
    rows.add(StaffMember, id=clerk, issuer="https://staff.example", subject=clerk.hex, name="Karin", seen_on=work.today)
    rows.insert()
    house = next(one for one in current_town(work.session).facilities if one.district is not None)
    return FilledTown(
        parent=Visitor(_parent(work, parent), case),
        draft=draft,
        offered=tuple(Visitor(_parent(work, adult), offer) for adult, offer in offered),
        clerk=sessions.begin(work, Zone.DESK, Actor(ActorKind.STAFF, clerk, frozenset({"placement"}))),
        house=house.code,
        district=str(house.district),
        picking=Visitor(_parent(work, picking[0]), picking[1]),
        booking=tuple(Booker(_parent(work, adult), child, slot) for adult, child, slot in booking),
        school=_at_school(work, schools.school),
        described=Visitor(_parent(work, described[0][0]), described[0][1]),
        asked=tuple(Visitor(_parent(work, adult), child) for adult, child in asked),
        writing=Visitor(_parent(work, writer.adults[0]), letters.exchange(writer.adults[0], about.id)),
        questions=(schools.question(Allowed.READING), schools.question(Allowed.TALKING)),
    )


def _some_child(rows: Rows, cases: Cases, letters: Letters | None) -> None:
    home = rows.household()
    age, luck = rows.chance.randint(EXPECTED, OLDEST), rows.chance.random()
    child, parent = home.child(age), home.adults[0]
    if letters is not None:
        letters.letter(parent, child)
    if age < NURSERY_AGE and luck < 0.3:
        cases.waiting(parent, child, AgeGroup.NURSERY)
    elif age < NURSERY_AGE and luck < 0.4:
        cases.draft(parent, child, AgeGroup.NURSERY)
    elif age >= NURSERY_AGE and luck < 0.85:
        cases.placed(parent, child)
        if KINDERGARTEN_AGE - 150 < age < KINDERGARTEN_AGE - 30:
            cases.waiting(parent, child, AgeGroup.KINDERGARTEN)


def _offered(rows: Rows, cases: Cases) -> tuple[UUID, UUID]:
    home = rows.household()
    return home.adults[0], cases.offered(home.adults[0], home.child(rows.chance.randint(60, 300)))


def _bookers(
    times: Times, rows: Rows, many: int, *, everywhere: bool
) -> tuple[tuple[UUID, UUID], list[tuple[UUID, UUID, UUID]]]:
    """A parent and child who only look, and each parent and child with a time; all of one district."""
    home = rows.household()
    for district in times.districts if everywhere else ():
        if district != home.district:
            times.lay(district)
    laid, child = times.lay(home.district), times.child_of(home)
    free = times.inside(child, laid)
    assert len(free) > many, f"{len(free)} times for {many} families"
    found = []
    for slot in free[:many]:
        own = rows.household(district=home.district)
        found.append((own.adults[0], times.child_of(own).id, slot))
    return (home.adults[0], child.id), found


def _looked_at(rows: Rows, cases: Cases) -> tuple[UUID, UUID, UUID]:
    """Two parents: the younger child waits with four wishes, the older goes to a house and is being written about."""
    home = rows.household(adults=2)
    parent, younger, older = home.adults[0], home.child(240), home.child(KINDERGARTEN_AGE - 100)
    house = cases.placed(parent, older)
    waiting = cases.waiting(parent, younger, AgeGroup.NURSERY, wishes=4, sibling_at=house)
    return parent, waiting.id, cases.draft(parent, older, AgeGroup.KINDERGARTEN)


def _parent(work: Work, adult: UUID) -> str:
    return sessions.begin(work, Zone.MIT, Actor(ActorKind.PARENT, adult))


def _at_school(work: Work, school: School) -> str:
    member = builders.clerk(work, name="Ulla")
    actor = Actor(ActorKind.STAFF, member, frozenset({"school"}), frozenset({school.code}))
    return sessions.begin(work, Zone.DESK, actor)
