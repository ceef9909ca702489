"""What the worker does for this journey: offers expire, places begin and end, forgotten drafts are deleted."""

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from parentsite.foundation import audit
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.places.models import HELD, Application, Placement, Vacancy, Wish
from parentsite.places.rules.vocabulary import ApplicationState, PlacementState, VacancyState, WishState


def run_placements(work: Work) -> int:
    """End the places whose last day has come, and only then begin those whose first day has come. Returns how many.

    A child holds one at a time (§ 2(3) of the Act).
    """
    ended = _move(work, PlacementState.ENDED, Placement.state.in_(HELD), Placement.ends_on <= work.today)
    agreed = Placement.state == PlacementState.AGREED
    return ended + _move(work, PlacementState.RUNNING, agreed, Placement.starts_on <= work.today)


def _move(work: Work, target: PlacementState, *which: ColumnElement[bool]) -> int:
    moved = work.session.execute(
        update(Placement)
        .where(*which)
        .values(state=target.value)
        .returning(Placement.id, Placement.child_id)
        .execution_options(synchronize_session=False)
    ).all()
    for placement_id, child_id in moved:
        audit.record(work, f"placement.{target.value}", [child_id], about=("placement", placement_id))
    return len(moved)


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
