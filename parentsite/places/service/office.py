"""What the placement office reads and confirms. Every read of a child's record leaves an audit entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import columns
from parentsite.foundation.sealed import unseal
from parentsite.foundation.work import Work
from parentsite.people.models import Child, Person
from parentsite.places.models import HOME_LANGUAGES, INTERPRETER, REASON, Application, Offer, Vacancy, Wish
from parentsite.places.rules.states import APPLICATION
from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState, Care, OfferState, VacancyState
from parentsite.places.service.errors import NotFound, Stale
from parentsite.places.service.line import IN_LINE, InLine, Standing, line_of, lock_wishes, place_in_line, standings
from parentsite.places.service.vacancies import OpenVacancy

PAGE_SIZE = 50


@dataclass(frozen=True)
class OfficeLine:
    """An application in the office's list."""

    id: UUID
    case_number: str
    child_id: UUID
    child_name: str | None
    birth_date: date
    state: ApplicationState
    care: Care
    wanted: date
    guaranteed_by: date | None
    sent_at: datetime
    special_need_told: bool


@dataclass(frozen=True)
class OfficeOffer:
    """An offer with what only the office reads."""

    id: UUID
    facility: str
    starts_on: date
    answer_by: date
    state: OfferState
    made_at: datetime
    reason: str | None


@dataclass(frozen=True)
class OfficeCase:
    """A whole case at the desk."""

    line: OfficeLine
    revision: int
    applicant_name: str
    applicant_email: str | None
    applicant_phone: str | None
    hours: int | None
    sibling_facility: str | None
    special_need_confirmed: bool
    sibling_confirmed: bool
    other_parent_agrees: bool
    home_languages: str | None
    interpreter: str | None
    right_from: date | None
    lateness_days: int
    wishes: tuple[Standing, ...]
    offers: tuple[OfficeOffer, ...]


_COUNTS = (
    select(Application.state, func.count().label("number"))
    .where(Application.state != ApplicationState.DRAFT.value)
    .group_by(Application.state)
)
_LINES = select(
    Application.id,
    Application.case_number,
    Application.child_id,
    Application.state,
    Application.care,
    Application.wanted,
    Application.guaranteed_by,
    Application.sent_at,
    Application.special_need_told,
    Child.given_name,
    func.coalesce(Child.birth_date, Child.due_date).label("birth_date"),
).join(Child, Child.id == Application.child_id)
_LIST = (
    _LINES.where(Application.state == bindparam("state"))
    .order_by(Application.guaranteed_by.is_(None), Application.guaranteed_by, Application.sent_at, Application.id)
    .limit(PAGE_SIZE)
    .offset(bindparam("before"))
)
_VACANCIES = (
    select(Vacancy.id, Vacancy.facility, Vacancy.age_group, Vacancy.starts_on, Vacancy.state)
    .where(
        Vacancy.facility == bindparam("facility"),
        Vacancy.age_group == bindparam("age_group"),
        Vacancy.state.in_((VacancyState.OPEN.value, VacancyState.OFFERED.value)),
    )
    .order_by(Vacancy.starts_on, Vacancy.id)
)


def counts(work: Work) -> dict[ApplicationState, int]:
    """How many applications stand in each state; drafts are their parents' own and are not counted."""
    return {ApplicationState(row.state): row.number for row in columns(work.session, _COUNTS)}


def applications(work: Work, state: ApplicationState, page: int = 1) -> Sequence[OfficeLine]:
    """The applications in a state, the earliest guarantee first, `PAGE_SIZE` a page."""
    if state is ApplicationState.DRAFT:
        return []
    rows = columns(work.session, _LIST, {"state": state.value, "before": PAGE_SIZE * (page - 1)})
    return [_line(row) for row in rows]


def case(work: Work, application_id: UUID) -> OfficeCase:
    """A whole case; raises `NotFound`, also for a draft."""
    statement = _LINES.add_columns(Application, Person).join(Person, Person.id == Application.applicant_id)
    row = work.session.execute(
        statement.where(Application.id == application_id, Application.state != ApplicationState.DRAFT)
    ).one_or_none()
    if row is None:
        raise NotFound(application_id)
    application, person = row.Application, row.Person
    return OfficeCase(
        line=_line(row),
        revision=application.revision,
        applicant_name=f"{person.given_name} {person.family_name}",
        applicant_email=person.email,
        applicant_phone=person.phone,
        hours=application.hours,
        sibling_facility=application.sibling_facility,
        special_need_confirmed=application.special_need_confirmed,
        sibling_confirmed=application.sibling_confirmed,
        other_parent_agrees=application.other_parent_agrees,
        home_languages=_opened(work, application.home_languages, HOME_LANGUAGES),
        interpreter=_opened(work, application.interpreter, INTERPRETER),
        right_from=application.right_from,
        lateness_days=application.lateness_days or 0,
        wishes=tuple(standings(work.session, [application_id])[application_id]),
        offers=_offers(work, application_id),
    )


def confirm(work: Work, application_id: UUID, revision: int, special_need: bool, sibling: bool | None = None) -> None:
    """The office has read the application: it waits; a special need, and a sibling in the house, count or do not.

    Without a word about the sibling it stays as it was.

    Raises `Stale`, `NotFound`.
    """
    lock_wishes(work, application_id)
    live = [ApplicationState.SENT.value, *(origin.value for origin in APPLICATION.origins(ApplicationState.CLOSED))]
    changed = work.session.execute(
        update(Application)
        .where(Application.id == application_id, Application.revision == revision, Application.state.in_(live))
        .values(
            state=ApplicationState.WAITING.value,
            special_need_confirmed=special_need,
            sibling_confirmed=Application.sibling_confirmed if sibling is None else sibling,
            revision=Application.revision + 1,
        )
        .returning(Application.child_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if changed is None:
        if work.session.get(Application, application_id) is None:
            raise NotFound(application_id)
        raise Stale(application_id)
    place_in_line(work, application_id)
    audit.record(work, "application.confirmed", [changed], about=("application", application_id))


def waiting_list(work: Work, facility: str, group: AgeGroup) -> list[InLine]:
    """A house's line in the published order."""
    return line_of(work.session, facility, group)


def line_lengths(work: Work) -> dict[tuple[str, str], int]:
    """How many wait in each line, by facility and age group."""
    rows = work.session.execute(
        select(Wish.facility, Wish.age_group, func.count())
        .where(Wish.state.in_(IN_LINE), Wish.age_group.is_not(None))
        .group_by(Wish.facility, Wish.age_group)
    )
    return {(facility, group or ""): number for facility, group, number in rows}


def vacancies(work: Work, facility: str, group: AgeGroup) -> list[OpenVacancy]:
    """The vacancies of a house that are open or offered, the soonest first."""
    rows = columns(work.session, _VACANCIES, {"facility": facility, "age_group": group.value})
    return [OpenVacancy(r.id, r.facility, AgeGroup(r.age_group), r.starts_on, VacancyState(r.state)) for r in rows]


def audit_list(work: Work, action: str, children: Sequence[UUID], about: tuple[str, str]) -> None:
    """One entry for a list that was opened, with the ids of all whom it showed."""
    audit.record(work, action, children, about=about, purpose="casework")


def _line(row: Any) -> OfficeLine:
    return OfficeLine(
        id=row.id,
        case_number=row.case_number,
        child_id=row.child_id,
        child_name=row.given_name,
        birth_date=row.birth_date,
        state=ApplicationState(row.state),
        care=Care(row.care),
        wanted=row.wanted,
        guaranteed_by=row.guaranteed_by,
        sent_at=row.sent_at,
        special_need_told=row.special_need_told,
    )


def _offers(work: Work, application_id: UUID) -> tuple[OfficeOffer, ...]:
    rows = work.session.execute(
        select(Offer, Vacancy.facility, Vacancy.starts_on)
        .join(Vacancy, Vacancy.id == Offer.vacancy_id)
        .where(Offer.application_id == application_id)
        .order_by(Offer.made_at.desc())
    )
    return tuple(
        OfficeOffer(
            id=row.Offer.id,
            facility=row.facility,
            starts_on=row.starts_on,
            answer_by=row.Offer.answer_by,
            state=OfferState(row.Offer.state),
            made_at=row.Offer.made_at,
            reason=_opened(work, row.Offer.reason, REASON),
        )
        for row in rows
    )


def _opened(work: Work, blob: bytes | None, context: str) -> str | None:
    return unseal(work.session, blob, context) if blob else None
