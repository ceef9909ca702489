"""Groups, families with small children, and what is left behind in the tables."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from parentsite.consent.service.chain import broken_chains
from parentsite.foundation.database import new_id
from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.models import GroupMember, ParentGroup
from parentsite.groups.rules.fitting import Births
from parentsite.groups.service import meetings, reaching, staffing
from parentsite.groups.service.joining import join, leave
from parentsite.groups.service.phones import who_shares
from parentsite.groups.service.staffing import Plan
from parentsite.people.models import Person
from tests import builders
from tests.builders import Pair
from tests.databases import MOMENT

DROP_IN = "aaben-babygruppe"
DISTRICT, OTHER = "baltorp", "skovlunde"
MOTHERS, YOUNG, EVENING = "moedregruppe", "unge-moedre", "temaaften"
BORN = date(2026, 1, 20)
WINTER = Births(date(2026, 1, 1), date(2026, 2, 28))
ADDRESS = "Baltorpvej 1, 2. tv."


def group(
    work: Work,
    *,
    kind: str = MOTHERS,
    capacity: int | None = 2,
    births: Births | None = WINTER,
    district: str | None = DISTRICT,
) -> UUID:
    """An open group."""
    made = new_id()
    starter = builders.clerk(work, name="Hanne Sund")
    staffing.open_group(work, made, starter, Plan(kind, district, births, capacity, ("da",)))
    return made


def meeting(work: Work, of: UUID, *, days: float = 7, address: str | None = ADDRESS) -> UUID:
    """A meeting of two hours."""
    made, starts = new_id(), work.now + timedelta(days=days)
    meetings.plan_meeting(work, made, of, starts, starts + timedelta(hours=2), address)
    return made


def family(work: Work, name: str = "Mette", *, born: date = BORN, district: str = DISTRICT) -> Pair:
    """A parent, with a phone, who lives with a child."""
    made = builders.family(work, born=born, district=district)
    work.session.execute(update(Person).where(Person.id == made.parent).values(given_name=name, phone="12345678"))
    return made


def letters(session: Session, to: UUID) -> list[str]:
    """The names of the letters to a person, in the order of their names."""
    return sorted(session.scalars(select(OutboxLetter.name).where(OutboxLetter.receiver_id == to)))


def states(session: Session, of: UUID) -> list[str]:
    """The states of everybody who ever asked, in the order of asking."""
    return list(session.scalars(select(GroupMember.state).where(GroupMember.group_id == of).order_by(GroupMember.turn)))


def broken(session: Session) -> list[str]:
    """What must never be: too many in a group, a count that is wrong, one parent twice, a place that nobody is offered
    while somebody waits, a receipt of somebody who left.
    """
    told = []
    members = session.execute(select(GroupMember.__table__)).all()
    for one in session.execute(select(ParentGroup.__table__)):
        of = [row for row in members if row.group_id == one.id]
        seated = [row for row in of if row.state in ("joined", "offered")]
        waiting = [row for row in of if row.state == "waiting"]
        live = Counter(row.person_id for row in (*seated, *waiting))
        if len(seated) != one.taken or (one.capacity is not None and one.taken > one.capacity):
            told.append(f"{len(seated)} places, counted {one.taken} of {one.capacity}")
        if any(number > 1 for number in live.values()):
            told.append("a parent is in a group twice")
        if waiting and one.state == "open" and one.capacity is not None and one.taken < one.capacity:
            told.append("a place stands free while somebody waits")
        if one.state != "open" and (waiting or any(row.state == "offered" for row in of)):
            told.append("somebody waits for a group that nobody can join")
        told.extend(_out_of_turn(of))
    if any(_still_shares(session, row, members) for row in members if row.state != "joined"):
        told.append("the phone of somebody who left is still shared")
    return told + [f"the receipts about {one} do not prove themselves" for one in broken_chains(session)]


def _still_shares(session: Session, gone: Any, members: Sequence[Any]) -> bool:
    place = (gone.group_id, gone.person_id)
    is_back = any((one.group_id, one.person_id) == place and one.state == "joined" for one in members)
    return not is_back and bool(who_shares(Work(session, MOMENT, SYSTEM), *place[:1], [place[1]]))


def _out_of_turn(of: Sequence[object]) -> list[str]:
    """Who was offered a place stood before all who still wait."""
    offered = [row.turn for row in of if row.state == "offered"]  # type: ignore[attr-defined]
    waiting = [row.turn for row in of if row.state == "waiting"]  # type: ignore[attr-defined]
    late = offered and waiting and max(offered) > min(waiting)
    return ["somebody was offered a place before one who asked first"] if late else []


def two_members(work: Work, **of: object) -> tuple[UUID, tuple[Pair, UUID], tuple[Pair, UUID]]:
    """A group of three with Mette and Sara in it."""
    made = group(work, capacity=3, **of)  # type: ignore[arg-type]
    found = [family(work, name) for name in ("Mette", "Sara")]
    mette, sara = ((one, join(work, one.parent, one.child, made).member_id) for one in found)
    return made, mette, sara


@dataclass(frozen=True)
class Places:
    """What one parent has in groups: joined; joined with the phone shared and one meeting missed; offered; in line.

    And a group that can be joined.
    """

    group: UUID
    joined: UUID
    meeting: UUID
    sharing: UUID
    missed: UUID
    offered: UUID
    in_line: UUID

    @property
    def ids(self) -> dict[str, UUID]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def places_of(work: Work, parent: UUID, child: UUID) -> Places:
    """A parent comes into groups, with a place in every state."""
    change_phone = update(Person).where(Person.id == parent).values(phone="12345678")
    work.session.execute(change_phone)
    free, large, other, full, line = (group(work, capacity=size) for size in (2, 5, 5, 1, 1))
    sara = family(work, "Sara")
    joined = join(work, parent, child, large).member_id
    sharing = join(work, parent, child, other, shares_phone=True).member_id
    in_line = {}
    for of in (large, full, line):
        theirs = join(work, sara.parent, sara.child, of, shares_phone=True).member_id
        if of != large:
            in_line[of] = join(work, parent, child, of).member_id
        if of == full:
            leave(work, sara.parent, theirs)
    soon, missed = meeting(work, large), meeting(work, other)
    meeting(work, free)
    meetings.cannot_come(work, parent, sharing, missed)
    reaching.write_to_members(work, new_id(), large, "Tag et tæppe med.")
    return Places(free, joined, soon, sharing, missed, in_line[full], in_line[line])
