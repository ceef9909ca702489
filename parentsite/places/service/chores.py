"""What the worker does for this journey: offers expire, places begin and end, forgotten drafts are deleted."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from parentsite.foundation.database import change
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.places.models import Application, Placement, Vacancy, Wish
from parentsite.places.rules.vocabulary import ApplicationState, PlacementState, VacancyState, WishState


def run_placements(work: Work) -> int:
    """Places whose day has come begin; those that were to end are ended first (a child holds one, § 2(3) of the
    Act).
    """
    session = work.session
    ended = change(
        session,
        update(Placement)
        .where(
            Placement.state.in_((PlacementState.RUNNING.value, PlacementState.NOTICE_GIVEN.value)),
            Placement.ends_on <= work.today,
        )
        .values(state=PlacementState.ENDED.value),
    )
    begun = change(
        session,
        update(Placement)
        .where(Placement.state == PlacementState.AGREED, Placement.starts_on <= work.today)
        .values(state=PlacementState.RUNNING.value),
    )
    return ended + begun


def codes_in_use(session: Session, codes: frozenset[str]) -> frozenset[str]:
    """Which of these facility and district codes live cases refer to: wishes, vacancies, places, children who wait."""
    live = (ApplicationState.DRAFT.value, ApplicationState.SENT.value, ApplicationState.WAITING.value)
    in_line = (WishState.WAITING.value, WishState.OFFERED.value)
    over = (VacancyState.FILLED.value, VacancyState.WITHDRAWN.value)
    statements = (
        select(Wish.facility).join(Application).where(Application.state.in_(live), Wish.state.in_(in_line)),
        select(Vacancy.facility).where(Vacancy.state.not_in(over)),
        select(Placement.facility).where(Placement.state != PlacementState.ENDED),
        select(Application.sibling_facility).where(Application.state.in_(live)),
        select(Child.district).join(Application).where(Application.state.in_(live)),
    )
    used = {code for statement in statements for code in session.scalars(statement.distinct())}
    return frozenset(code for code in used & codes if code)
