"""The waiting line: each wish carries its place in line as a text that sorts in the published order."""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from parentsite.foundation.database import change, columns, lock
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.places.models import Application, Offer, Wish
from parentsite.places.policy import policy_of
from parentsite.places.rules.line import line_key, reason_between
from parentsite.places.rules.order import Candidate, Reason
from parentsite.places.rules.policy import PlacementPolicy
from parentsite.places.rules.seniority import seniority
from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState, OfferState, WishState
from parentsite.places.service.standings import HOW_MANY_AHEAD, IN_LINE, LAST_AHEAD, stands_in_line
from parentsite.town.facilities import FacilityKind
from parentsite.town.service import current_town
from parentsite.town.town import Town

WHOLE = 10**9
"""More than any line is long."""


@dataclass(frozen=True)
class InLine:
    """One wish in a house's line, as the office sees it."""

    number: int
    of_how_many: int
    wish_id: UUID
    application_id: UUID
    case_number: str
    child_id: UUID
    child_name: str | None
    birth_date: date
    district: str | None
    wanted: date
    guaranteed_by: date | None
    seniority: date
    state: WishState
    reason: Reason
    has_open_offer: bool
    special_need_told: bool
    special_need_confirmed: bool


_OPEN_OFFER = (
    select(Offer.id).where(Offer.application_id == Application.id, Offer.state == OfferState.OPEN.value).exists()
)


def _stands_here(wish: type[Wish]) -> ColumnElement[bool]:
    here = and_(wish.facility == bindparam("facility"), wish.age_group == bindparam("age_group"))
    return and_(here, stands_in_line(wish))


_ANY = aliased(Wish)
_LENGTH = select(func.count()).select_from(_ANY).where(_stands_here(_ANY)).scalar_subquery()
_MEMBERS = (
    select(
        Wish.id,
        Wish.state,
        Wish.seniority,
        Wish.line_key,
        Application.id.label("application_id"),
        Application.case_number,
        Application.child_id,
        Application.wanted,
        Application.guaranteed_by,
        Application.special_need_told,
        Application.special_need_confirmed,
        func.coalesce(Child.birth_date, Child.due_date).label("birth_date"),
        Child.given_name,
        Child.district,
        _OPEN_OFFER.label("has_open_offer"),
        _LENGTH.label("of_how_many"),
    )
    .join(Application, Application.id == Wish.application_id)
    .join(Child, Child.id == Application.child_id)
)
_SHOWN = (
    select(Wish.id)
    .where(_stands_here(Wish))
    .order_by(Wish.line_key)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_PART = _MEMBERS.where(Wish.id.in_(_SHOWN)).order_by(Wish.line_key)
_FROM_THE_FRONT = _MEMBERS.where(_stands_here(Wish)).order_by(Wish.line_key).execution_options(yield_per=50)
_ONE = _MEMBERS.add_columns(HOW_MANY_AHEAD.label("ahead"), LAST_AHEAD.label("last_ahead")).where(
    _stands_here(Wish), Wish.id == bindparam("wish")
)


def line_of(session: Session, facility: str, group: AgeGroup, skip: int = 0, limit: int = WHOLE) -> list[InLine]:
    """A house's line in the published order, each with the rule that put it behind the one ahead; on request without
    the first `skip`, and `limit` at most. One statement.
    """
    ahead = min(skip, 1)
    asked = {**_here(facility, group), "skip": skip - ahead, "limit": limit + ahead}
    found = _numbered(session, columns(session, _PART, asked), first=skip - ahead + 1)
    return list(found)[ahead:]


def walk_line(session: Session, facility: str, group: AgeGroup) -> Generator[InLine, None, None]:
    """The line from the front, read only as far as is asked for; one statement, so nobody is missed. Close it."""
    with columns(session, _FROM_THE_FRONT, _here(facility, group)) as rows:
        yield from _numbered(session, rows, first=1)


def one_in_line(session: Session, facility: str, group: AgeGroup, wish_id: UUID) -> InLine | None:
    """Where this wish stands in the house's line; none when it does not. One statement."""
    row = columns(session, _ONE, {**_here(facility, group), "wish": wish_id}).one_or_none()
    return _in_line(row, row.ahead + 1, row.last_ahead, policy_of(current_town(session))) if row else None


def _here(facility: str, group: AgeGroup) -> dict[str, Any]:
    return {"facility": facility, "age_group": group.value}


def _numbered(session: Session, rows: Iterable[Row[Any]], first: int) -> Iterator[InLine]:
    policy, before = policy_of(current_town(session)), None
    for number, row in enumerate(rows, start=first):
        yield _in_line(row, number, before, policy)
        before = row.line_key


def _in_line(row: Row[Any], number: int, before: str | None, policy: PlacementPolicy) -> InLine:
    return InLine(
        number=number,
        of_how_many=row.of_how_many,
        wish_id=row.id,
        application_id=row.application_id,
        case_number=row.case_number,
        child_id=row.child_id,
        child_name=row.given_name,
        birth_date=row.birth_date,
        district=row.district,
        wanted=row.wanted,
        guaranteed_by=row.guaranteed_by,
        seniority=row.seniority,
        state=WishState(row.state),
        reason=reason_between(before, row.line_key, policy),
        has_open_offer=bool(row.has_open_offer),
        special_need_told=row.special_need_told,
        special_need_confirmed=row.special_need_confirmed,
    )


_WISHES = (
    select(Wish.id)
    .where(Wish.application_id == bindparam("application"))
    .order_by(Wish.id)
    .with_for_update(key_share=True)
)


def lock_wishes(work: Work, application_id: UUID) -> None:
    """Let nobody else change the wishes of an application; what is read after this holds until the end."""
    lock(work.session, _WISHES, {"application": application_id})


def place_in_line(work: Work, application_id: UUID) -> None:
    """Give each wish of a sent application its seniority and its place in line; again when something it rests on
    changed.
    """
    town = current_town(work.session)
    lock_wishes(work, application_id)
    rows = work.session.execute(
        select(Wish, Application, Child)
        .join(Application, Application.id == Wish.application_id)
        .join(Child, Child.id == Application.child_id)
        .where(Wish.application_id == application_id, Wish.state.in_(IN_LINE))
        .execution_options(populate_existing=True)
    ).all()
    for wish, application, child in rows:
        _place(work, town, wish, application, child)


def place_all_in_line(work: Work) -> int:
    """Every line anew: the town's order, a district or a birth date has changed. Returns how many applications."""
    live = work.session.scalars(
        select(Application.id)
        .where(Application.state.in_((ApplicationState.SENT.value, ApplicationState.WAITING.value)))
        .order_by(Application.id)
    ).all()
    for application_id in live:
        place_in_line(work, application_id)
    return len(live)


def _place(work: Work, town: Town, wish: Wish, application: Application, child: Child) -> None:
    policy = policy_of(town)
    assert application.wanted is not None
    assert application.sent_on is not None
    assert application.tie is not None
    wished_on = wish.wished_on or application.sent_on
    senior = seniority(
        birth=child.counts_from,
        wanted=application.wanted,
        applied=application.sent_on,
        wished_on=wished_on,
        policy=policy,
    )
    key = line_key(
        Candidate(
            id=wish.id.hex,
            special_need=application.special_need_confirmed,
            sibling_here=application.sibling_confirmed and application.sibling_facility == wish.facility,
            own_district=is_own_district(town, wish.facility, child.district),
            seniority=senior,
            birth_date=child.counts_from,
            tie=application.tie,
        ),
        policy,
    )
    change(
        work.session,
        update(Wish)
        .where(Wish.id == wish.id)
        .values(age_group=application.age_group, wished_on=wished_on, seniority=senior, line_key=key),
    )


def is_own_district(town: Town, facility_code: str, district: str | None) -> bool:
    """Childminding serves the whole town: there every child is at home."""
    facility = town.facility(facility_code)
    if facility is None:
        return False
    return facility.kind is FacilityKind.CHILDMINDING or (district is not None and facility.district == district)
