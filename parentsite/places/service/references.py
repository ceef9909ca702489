"""Which codes of the town pack live cases refer to, so that no load orphans them."""

from sqlalchemy import select

from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.places.models import Application, Placement, Vacancy, Wish
from parentsite.places.rules.vocabulary import ApplicationState, PlacementState, VacancyState, WishState


def codes_in_use(work: Work, codes: frozenset[str]) -> frozenset[str]:
    """Which of these facility and district codes live cases refer to: wishes, vacancies, places, children who wait.

    A draft is no case yet: its writer is told that the house is no longer offered.
    """
    live = (ApplicationState.SENT.value, ApplicationState.WAITING.value)
    in_line = (WishState.WAITING.value, WishState.OFFERED.value)
    over = (VacancyState.FILLED.value, VacancyState.WITHDRAWN.value)
    statements = (
        select(Wish.facility).join(Application).where(Application.state.in_(live), Wish.state.in_(in_line)),
        select(Vacancy.facility).where(Vacancy.state.not_in(over)),
        select(Placement.facility).where(Placement.state != PlacementState.ENDED),
        select(Application.sibling_facility).where(Application.state.in_(live)),
        select(Child.district).join(Application).where(Application.state.in_(live)),
    )
    used = {code for statement in statements for code in work.session.scalars(statement.distinct())}
    return frozenset(code for code in used & codes if code)
