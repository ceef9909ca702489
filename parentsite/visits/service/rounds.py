"""A health visitor's day, in the order in which she drives, and one of its visits.

Her own day alone shows where families live; a protected address stands on the visit's own page, for her who has the
visit. How one gets in, and who is at home, is read there too, and not on a list that may be lost on the way.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select

from parentsite.foundation.clock import local_date
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.casework import addresses_of
from parentsite.people.models import Child, Person, StaffMember
from parentsite.people.visibility import Sight, sights_of_all
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.rules.appointments import LIVE, VisitState
from parentsite.visits.rules.slots import start_of
from parentsite.visits.service.errors import NotFound
from parentsite.visits.service.gate import may_change
from parentsite.visits.service.homes import Home, homes_of, in_one_home

AHEAD = timedelta(days=21)


@dataclass(frozen=True)
class Stop:
    """One visit as the desk shows it; `host_decides` is false when that adult no longer decides for the child,
    `has_died` true when the child has died.
    """

    id: UUID
    child_id: UUID
    child_name: str | None
    birth_date: date
    visit: str
    state: VisitState
    starts_at: datetime
    ends_at: datetime
    district: str
    visitor_id: UUID
    visitor_name: str
    host_id: UUID
    host_name: str
    phone: str | None
    interpreter: str | None
    is_protected: bool
    must_move: bool
    host_decides: bool
    has_died: bool
    address: str | None = None

    def can_be_said(self, now: datetime) -> bool:
        """Whether it can be said what came of it: it has begun, and was not cancelled."""
        return self.starts_at <= now and self.state is not VisitState.CANCELLED

    @property
    def is_live(self) -> bool:
        """Whether it still lies ahead, as far as anybody has said."""
        return self.state in LIVE


@dataclass(frozen=True)
class Opened:
    """A visit on its own page. What is for her alone who has the visit is none for a colleague."""

    stop: Stop
    is_mine: bool
    home: Home


def _stops() -> Select[*tuple[Any, ...]]:
    return (
        select(
            HomeVisit.id,
            HomeVisit.child_id,
            Child.given_name.label("child_name"),
            Child.birth_date,
            Child.due_date,
            HomeVisit.visit,
            HomeVisit.state,
            VisitSlot.starts_at,
            VisitSlot.ends_at,
            VisitSlot.is_closing,
            VisitSlot.district,
            VisitSlot.visitor_id,
            StaffMember.name.label("visitor_name"),
            HomeVisit.host_id,
            Person.given_name,
            Person.family_name,
            Person.phone,
            Child.died_on.is_not(None).label("has_died"),
            or_(Person.address_protected, Child.address_protected).label("is_protected"),
        )
        .select_from(VisitSlot)
        .join(HomeVisit, HomeVisit.slot_id == VisitSlot.id)
        .join(StaffMember, StaffMember.id == VisitSlot.visitor_id)
        .join(Child, Child.id == HomeVisit.child_id)
        .join(Person, Person.id == HomeVisit.host_id)
    )


_DAY = (
    _stops()
    .where(
        VisitSlot.visitor_id == bindparam("visitor"),
        VisitSlot.free_at > bindparam("first"),
        VisitSlot.starts_at < bindparam("end"),
        HomeVisit.state != VisitState.CANCELLED.value,
    )
    .order_by(VisitSlot.starts_at, HomeVisit.id)
)
_ONE = _stops().where(HomeVisit.id == bindparam("visit"))


def day_of(work: Work, visitor: UUID, day: date) -> Sequence[Stop]:
    """The visits of one health visitor on a day, by time, with the addresses that are not protected."""
    asked = {"visitor": visitor, "first": start_of(day), "end": start_of(day + timedelta(days=1))}
    rows = columns(work.session, _DAY, asked).all()
    around = _around(work, rows)
    addresses = addresses_of(work.session, {row.host_id for row in rows if not row.is_protected})
    return tuple(_stop(row, around, None if row.is_protected else addresses.get(row.host_id)) for row in rows)


_AHEAD = (
    select(VisitSlot.starts_at)
    .join(HomeVisit, HomeVisit.slot_id == VisitSlot.id)
    .where(
        VisitSlot.visitor_id == bindparam("visitor"),
        VisitSlot.free_at > bindparam("first"),
        VisitSlot.starts_at < bindparam("end"),
        HomeVisit.state.in_(LIVE),
    )
    .order_by(VisitSlot.starts_at)
)


def days_ahead(work: Work, visitor: UUID) -> Sequence[tuple[date, int]]:
    """The next days with visits, today among them, and how many there are on each."""
    asked = {"visitor": visitor, "first": start_of(work.today), "end": start_of(work.today + AHEAD)}
    counted = Counter(local_date(moment) for moment in columns(work.session, _AHEAD, asked).scalars())
    return tuple(sorted(counted.items()))


def open_visit(work: Work, visitor: UUID, visit: UUID) -> Opened:
    """A visit as this health visitor may see it: address, door and who is at home only while it is hers to make.

    Raises `NotFound`.
    """
    row = columns(work.session, _ONE, {"visit": visit}).one_or_none()
    if row is None:
        raise NotFound(visit)
    is_mine = row.visitor_id == visitor and row.state != VisitState.CANCELLED
    goes_there = is_mine and row.ends_at > work.now - timedelta(days=1)
    around = _around(work, [row])
    addresses = addresses_of(work.session, [row.host_id] if goes_there else [])
    stop = _stop(row, around, addresses.get(row.host_id))
    return Opened(stop, is_mine, around.home(row) if goes_there else Home())


@dataclass(frozen=True)
class _Around:
    """The families of some visits: who sees what of the children, and what helps in their homes."""

    sights: Mapping[UUID, Mapping[UUID, Sight]]
    homes: Mapping[UUID, Home]

    def host_decides(self, row: Any) -> bool:
        sight = self.sights.get(row.child_id, {}).get(row.host_id)
        return sight is not None and sight.may_apply

    def home(self, row: Any) -> Home:
        """What was told of the home of the visit: by the adult in whose name it is, else by who lives there too."""
        return in_one_home([self.homes[one] for one in self._in_home(row) if one in self.homes])

    def _in_home(self, row: Any) -> list[UUID]:
        sights = self.sights.get(row.child_id, {})
        lives_there = self.host_decides(row) and not sights[row.host_id].shares_residence
        others = sorted(one for one, sight in sights.items() if lives_there and may_change(sight, one, row.host_id))
        return [row.host_id, *(one for one in others if one != row.host_id)]


def _around(work: Work, rows: Sequence[Any]) -> _Around:
    """Two statements, however many visits there are."""
    sights = sights_of_all(work.session, {row.child_id for row in rows}, work.today)
    adults = {row.host_id for row in rows}.union(*sights.values())
    return _Around(sights, homes_of(work, adults))


def _stop(row: Any, around: _Around, address: str | None) -> Stop:
    facts = {name: value for name, value in row._mapping.items() if name in Stop.__dataclass_fields__}
    return Stop(
        **facts
        | {
            "birth_date": row.birth_date or row.due_date,
            "state": VisitState(row.state),
            "host_name": f"{row.given_name} {row.family_name}",
            "interpreter": around.home(row).interpreter,
            "must_move": row.is_closing and row.state in LIVE,
            "host_decides": around.host_decides(row),
            "address": address,
        }
    )
