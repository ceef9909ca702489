"""Vacancies: a place in a house that is free from a day, opened once, and offered to one family at a time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, lock, new_id, one_of_these
from parentsite.foundation.work import Work
from parentsite.places.models import Offer, Vacancy
from parentsite.places.rules.states import VACANCY
from parentsite.places.rules.vocabulary import AgeGroup, OfferState, VacancyState
from parentsite.places.service.errors import NotFound, VacancyGone


@dataclass(frozen=True)
class OpenVacancy:
    """A vacancy as the office sees it; `refused_by` are the applications that have let this very place go."""

    id: UUID
    facility: str
    age_group: AgeGroup
    starts_on: date
    state: VacancyState
    refused_by: frozenset[UUID] = frozenset()


def open_vacancy(work: Work, once: UUID, facility: str, group: AgeGroup, starts_on: date) -> UUID:
    """A place is free from `starts_on`. The same form sent twice (`once`) opens one vacancy."""
    before = work.session.scalars(select(Vacancy.id).where(Vacancy.once == once)).one_or_none()
    if before is not None:
        return before
    vacancy = Vacancy(
        id=new_id(), once=once, facility=facility, age_group=group.value, starts_on=starts_on, opened_at=work.now
    )
    try:
        with work.session.begin_nested():
            work.session.add(vacancy)
            work.session.flush()
    except IntegrityError:
        return work.session.scalars(select(Vacancy.id).where(Vacancy.once == once)).one()
    audit.record(work, "vacancy.opened", [], about=("vacancy", vacancy.id))
    return vacancy.id


def withdraw_vacancy(work: Work, vacancy_id: UUID) -> None:
    """The place is not free after all. Raises `VacancyGone` when it is offered already."""
    if not move_vacancy(work, vacancy_id, VacancyState.WITHDRAWN):
        raise VacancyGone(vacancy_id)
    audit.record(work, "vacancy.withdrawn", [], about=("vacancy", vacancy_id))


def vacancy(work: Work, vacancy_id: UUID) -> OpenVacancy:
    """Raises `NotFound`."""
    row = work.session.get(Vacancy, vacancy_id, populate_existing=True)
    if row is None:
        raise NotFound(vacancy_id)
    refused = select(Offer.application_id).where(
        Offer.vacancy_id == vacancy_id, Offer.state.in_((OfferState.DECLINED.value, OfferState.EXPIRED.value))
    )
    return OpenVacancy(
        id=row.id,
        facility=row.facility,
        age_group=AgeGroup(row.age_group),
        starts_on=row.starts_on,
        state=VacancyState(row.state),
        refused_by=frozenset(work.session.scalars(refused)),
    )


_MOVES = {
    target: update(Vacancy)
    .where(
        Vacancy.id == bindparam("vacancy"),
        one_of_these(Vacancy.state, [origin.value for origin in VACANCY.origins(target)]),
    )
    .values(state=target.value)
    for target in VacancyState
}


def move_vacancy(work: Work, vacancy_id: UUID, target: VacancyState) -> bool:
    """Move the vacancy if its state allows; false when another was quicker."""
    return change(work.session, _MOVES[target], {"vacancy": vacancy_id}) == 1


_VACANCY = select(Vacancy.id).where(Vacancy.id == bindparam("vacancy")).with_for_update(key_share=True)


def lock_vacancy(work: Work, vacancy_id: UUID) -> None:
    """Let nobody else offer or move the vacancy."""
    lock(work.session, _VACANCY, {"vacancy": vacancy_id})
