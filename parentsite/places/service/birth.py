"""A child that was expected is born, or born on another day than told: the guarantee is counted anew, and said anew."""

from uuid import UUID

from sqlalchemy import select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.places.models import Application
from parentsite.places.policy import policy_of
from parentsite.places.rules.guarantee import guarantee
from parentsite.places.rules.vocabulary import ApplicationState
from parentsite.places.service import line
from parentsite.places.service.telling import tell
from parentsite.town.service import current_town

LIVE = (ApplicationState.SENT.value, ApplicationState.WAITING.value)


def count_anew(work: Work) -> int:
    """After the register or the town pack was loaded: every line, and each guarantee that no offer has touched.

    Returns how many guarantees moved; their parents are told.
    """
    line.place_all_in_line(work)
    untouched = (
        select(Application, Child)
        .join(Child, Child.id == Application.child_id)
        .where(Application.state.in_(LIVE), Application.guarantee_outcome.is_(None), Child.birth_date.is_not(None))
        .order_by(Application.id)
        .execution_options(populate_existing=True)
    )
    return sum(_count_anew(work, application, child) for application, child in work.session.execute(untouched).all())


def _count_anew(work: Work, application: Application, child: Child) -> bool:
    assert application.wanted is not None
    assert application.sent_on is not None
    policy = policy_of(current_town(work.session))
    if application.right_from == policy.right_from(child.counts_from):
        return False
    now = guarantee(birth=child.counts_from, wanted=application.wanted, applied=application.sent_on, policy=policy)
    _write(
        work,
        application.id,
        right_from=now.right_from,
        timely_by=now.deadline,
        lateness_days=now.lateness_days,
        guaranteed_by=None if now.is_empty else now.guaranteed_by,
        guarantee_rule=None if now.is_empty else now.rule.value,
    )
    audit.record(work, "application.dates_moved", [child.id], about=("application", application.id))
    key = f"application:{application.id}:dates:{now.guaranteed_by}"
    tell(work, "dates_moved", applicant=application.applicant_id, child=child.id, key=key, application=application.id)
    return True


def _write(work: Work, application_id: UUID, **values: object) -> None:
    change(
        work.session,
        update(Application).where(Application.id == application_id).values(revision=Application.revision + 1, **values),
    )
