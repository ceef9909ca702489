"""A case as the placement office reads and confirms it. Every read of a child's record leaves an audit entry."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, update

from parentsite.foundation import audit
from parentsite.foundation.sealed import unseal
from parentsite.foundation.work import Work
from parentsite.people.models import Person
from parentsite.places.models import HOME_LANGUAGES, INTERPRETER, REASON, Application, Offer, Vacancy
from parentsite.places.rules.states import APPLICATION
from parentsite.places.rules.vocabulary import ApplicationState, OfferState, Purpose
from parentsite.places.service.errors import NotFound, Stale
from parentsite.places.service.line import lock_wishes, place_in_line
from parentsite.places.service.lists import LINES, OfficeLine, office_line
from parentsite.places.service.standings import Standing, standings


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


def case(work: Work, application_id: UUID) -> OfficeCase:
    """A whole case; raises `NotFound`, also for a draft."""
    statement = LINES.add_columns(Application, Person).join(Person, Person.id == Application.applicant_id)
    row = work.session.execute(
        statement.where(Application.id == application_id, Application.state != ApplicationState.DRAFT)
    ).one_or_none()
    if row is None:
        raise NotFound(application_id)
    application, person = row.Application, row.Person
    return OfficeCase(
        line=office_line(row),
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

    Without a word about the sibling it stays as it was. The same again changes nothing, from whatever page. Raises
    `Stale`, `NotFound`.
    """
    lock_wishes(work, application_id)
    live = [origin.value for origin in APPLICATION.origins(ApplicationState.CLOSED)]
    asked = {"state": ApplicationState.WAITING.value, "special_need_confirmed": special_need}
    asked |= {} if sibling is None else {"sibling_confirmed": sibling}
    changed = work.session.execute(
        update(Application)
        .where(Application.id == application_id, Application.revision == revision, Application.state.in_(live))
        .values(revision=Application.revision + 1, **asked)
        .returning(Application.child_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if changed is None:
        found = work.session.get(Application, application_id, populate_existing=True)
        if found is None:
            raise NotFound(application_id)
        if any(getattr(found, name) != value for name, value in asked.items()):
            raise Stale(application_id)
        return
    place_in_line(work, application_id)
    decided = Purpose.SPECIAL_NEED_GRANTED if special_need else Purpose.SPECIAL_NEED_NOT_GRANTED
    audit.record(work, "application.confirmed", [changed], about=("application", application_id), purpose=decided)


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
