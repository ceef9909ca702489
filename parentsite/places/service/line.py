"""The waiting line: each wish carries its place in line as a text that sorts in the published order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from parentsite.foundation.database import change, columns, lock
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.places.models import Application, Offer, Wish
from parentsite.places.policy import policy_of
from parentsite.places.rules.line import line_key, reason_between
from parentsite.places.rules.order import Candidate, Reason
from parentsite.places.rules.seniority import seniority
from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState, OfferState, WishState
from parentsite.town.facilities import FacilityKind
from parentsite.town.service import current_town
from parentsite.town.town import Town

IN_LINE = (WishState.WAITING.value, WishState.OFFERED.value)


@dataclass(frozen=True)
class Standing:
    """Where one wish stands in its house's line; `number` and `reason` are none when it stands in none."""

    wish_id: UUID
    facility: str
    rank: int
    state: WishState
    seniority: date | None
    number: int | None
    of_how_many: int
    reason: Reason | None


@dataclass(frozen=True)
class InLine:
    """One wish in a house's line, as the office sees it."""

    number: int
    wish_id: UUID
    application_id: UUID
    case_number: str
    child_id: UUID
    child_name: str | None
    birth_date: date
    wanted: date
    guaranteed_by: date | None
    seniority: date
    state: WishState
    reason: Reason
    has_open_offer: bool
    special_need_told: bool
    special_need_confirmed: bool


def _standings_statement() -> Select[tuple[object, ...]]:
    other = aliased(Wish)
    same_line = and_(other.facility == Wish.facility, other.age_group == Wish.age_group)
    ahead = and_(same_line, other.line_key < Wish.line_key)
    in_line = select(func.count()).select_from(other).where(other.state.in_(IN_LINE))
    # The last of one state is one step in the index; the last of several would be sought among all of them.
    last_ahead = (select(func.max(other.line_key)).where(ahead, other.state == state) for state in IN_LINE)
    return (
        select(
            Wish.id,
            Wish.application_id,
            Wish.facility,
            Wish.rank,
            Wish.state,
            Wish.seniority,
            Wish.line_key,
            in_line.where(ahead).scalar_subquery().label("ahead"),
            in_line.where(same_line).scalar_subquery().label("total"),
            *(last.scalar_subquery().label(f"last_{state}") for last, state in zip(last_ahead, IN_LINE, strict=True)),
        )
        .where(Wish.application_id.in_(bindparam("applications", expanding=True)))
        .order_by(Wish.application_id, Wish.rank, Wish.id)
    )


_STANDINGS = _standings_statement()


def standings(session: Session, applications: Sequence[UUID]) -> dict[UUID, list[Standing]]:
    """Where every wish of the applications stands, by application, in the parents' order. One statement."""
    policy = policy_of(current_town(session))
    found: dict[UUID, list[Standing]] = {application: [] for application in applications}
    for row in columns(session, _STANDINGS, {"applications": list(applications)}):
        stands = row.line_key is not None and row.state in IN_LINE
        before = max(row.last_waiting or "", row.last_offered or "") or None
        found[row.application_id].append(
            Standing(
                wish_id=row.id,
                facility=row.facility,
                rank=row.rank,
                state=WishState(row.state),
                seniority=row.seniority,
                number=row.ahead + 1 if stands else None,
                of_how_many=row.total,
                reason=reason_between(before, row.line_key, policy) if stands else None,
            )
        )
    return found


_OPEN_OFFER = (
    select(Offer.id).where(Offer.application_id == Application.id, Offer.state == OfferState.OPEN.value).exists()
)
_LINE = (
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
        _OPEN_OFFER.label("has_open_offer"),
    )
    .join(Application, Application.id == Wish.application_id)
    .join(Child, Child.id == Application.child_id)
    .where(Wish.facility == bindparam("facility"), Wish.age_group == bindparam("age_group"), Wish.state.in_(IN_LINE))
    .order_by(Wish.line_key)
)


def line_of(session: Session, facility: str, group: AgeGroup) -> list[InLine]:
    """A house's line in the published order, each with the rule that put it behind the one ahead. One statement."""
    policy = policy_of(current_town(session))
    rows = columns(session, _LINE, {"facility": facility, "age_group": group.value}).all()
    before = [None, *(row.line_key for row in rows)]
    return [
        InLine(
            number=number,
            wish_id=row.id,
            application_id=row.application_id,
            case_number=row.case_number,
            child_id=row.child_id,
            child_name=row.given_name,
            birth_date=row.birth_date,
            wanted=row.wanted,
            guaranteed_by=row.guaranteed_by,
            seniority=row.seniority,
            state=WishState(row.state),
            reason=reason_between(ahead, row.line_key, policy),
            has_open_offer=bool(row.has_open_offer),
            special_need_told=row.special_need_told,
            special_need_confirmed=row.special_need_confirmed,
        )
        for number, (ahead, row) in enumerate(zip(before, rows, strict=False), start=1)
    ]


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
            own_district=_is_own_district(town, wish.facility, child.district),
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


def _is_own_district(town: Town, facility_code: str, district: str | None) -> bool:
    """Childminding serves the whole town: there every child is at home."""
    facility = town.facility(facility_code)
    if facility is None:
        return False
    return facility.kind is FacilityKind.CHILDMINDING or (district is not None and facility.district == district)
