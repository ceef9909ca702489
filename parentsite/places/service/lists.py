"""The lists of the placement office, `PAGE_SIZE` a page: applications by state, the houses' lines, free places."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.places.models import Application, Vacancy, Wish
from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState, Care, VacancyState
from parentsite.places.service.line import InLine, line_of
from parentsite.places.service.standings import stands_in_line
from parentsite.places.service.vacancies import OpenVacancy

PAGE_SIZE = 50
WITH_FORMS = 25
"""Where each row carries a form of its own."""
OPEN_STATES = (ApplicationState.SENT, ApplicationState.WAITING)
"""What the office has to do with; what is over only grows, and is not counted."""

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Sheet(Generic[Shown]):
    """One page of a list, and whether there is another."""

    rows: Sequence[Shown]
    number: int
    has_more: bool


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


LINES = select(
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
"""An application in a list, from it and its child."""
_COUNTS = (
    select(Application.state, func.count().label("number"))
    .where(Application.state.in_([state.value for state in OPEN_STATES]))
    .group_by(Application.state)
)
_PROMISED = (Application.state == bindparam("state"), Application.guaranteed_by.is_not(None))
_NOT_PROMISED = (Application.state == bindparam("state"), Application.guaranteed_by.is_(None))
_HOW_MANY_PROMISED = select(func.count()).select_from(Application).where(*_PROMISED)


def _part(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """In two steps, so that what is skipped is passed over in the index alone."""
    order = (Application.guaranteed_by, Application.sent_at, Application.id)
    some = select(Application.id).where(*which).order_by(*order).limit(bindparam("limit")).offset(bindparam("skip"))
    return LINES.where(Application.id.in_(some)).order_by(*order)


_WITH_A_GUARANTEE, _WITHOUT = _part(*_PROMISED), _part(*_NOT_PROMISED)
_VACANCIES = (
    select(Vacancy.id, Vacancy.facility, Vacancy.age_group, Vacancy.starts_on, Vacancy.state)
    .where(
        Vacancy.facility == bindparam("facility"),
        Vacancy.age_group == bindparam("age_group"),
        Vacancy.state.in_((VacancyState.OPEN.value, VacancyState.OFFERED.value)),
    )
    .order_by(Vacancy.starts_on, Vacancy.id)
)
_LENGTHS = (
    select(Wish.facility, Wish.age_group, func.count().label("number"))
    .where(stands_in_line(Wish), Wish.age_group.is_not(None))
    .group_by(Wish.facility, Wish.age_group)
)


def counts(work: Work) -> dict[ApplicationState, int]:
    """How many applications are new, and how many wait."""
    found = {ApplicationState(row.state): row.number for row in columns(work.session, _COUNTS)}
    return {**dict.fromkeys(OPEN_STATES, 0), **found}


def applications(work: Work, state: ApplicationState, number: int = 1) -> Sheet[OfficeLine]:
    """The applications in a state, the earliest guarantee first, and last those without any."""
    if state is ApplicationState.DRAFT:
        return Sheet((), number, has_more=False)
    asked = {"state": state.value, "skip": PAGE_SIZE * (number - 1), "limit": PAGE_SIZE + 1}
    rows = list(columns(work.session, _WITH_A_GUARANTEE, asked))
    if len(rows) <= PAGE_SIZE:
        ahead = columns(work.session, _HOW_MANY_PROMISED, {"state": state.value}).scalar_one()
        rest = {"skip": max(asked["skip"] - ahead, 0), "limit": PAGE_SIZE + 1 - len(rows)}
        rows += columns(work.session, _WITHOUT, {**asked, **rest})
    return Sheet([office_line(row) for row in rows[:PAGE_SIZE]], number, has_more=len(rows) > PAGE_SIZE)


def waiting_list(work: Work, facility: str, group: AgeGroup, number: int = 1, size: int = PAGE_SIZE) -> Sheet[InLine]:
    """A house's line in the published order; the numbers in line run on from page to page."""
    found = line_of(work.session, facility, group, size * (number - 1), size + 1)
    return Sheet(found[:size], number, has_more=len(found) > size)


def line_lengths(work: Work) -> dict[tuple[str, str], int]:
    """How many wait in each line, by facility and age group."""
    return {(row.facility, row.age_group): row.number for row in columns(work.session, _LENGTHS)}


def vacancies(work: Work, facility: str, group: AgeGroup) -> list[OpenVacancy]:
    """The vacancies of a house that are open or offered, the soonest first."""
    rows = columns(work.session, _VACANCIES, {"facility": facility, "age_group": group.value})
    return [OpenVacancy(r.id, r.facility, AgeGroup(r.age_group), r.starts_on, VacancyState(r.state)) for r in rows]


def office_line(row: Any) -> OfficeLine:
    """A row of `LINES`."""
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
