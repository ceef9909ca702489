"""A child that was expected is born, or born on another day than told: the guarantee is counted anew, and said anew."""

from uuid import UUID

from sqlalchemy import and_, not_, or_, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.places.models import Application, Offer
from parentsite.places.policy import policy_of
from parentsite.places.rules.answers import GuaranteeOutcome
from parentsite.places.rules.guarantee import guarantee
from parentsite.places.rules.vocabulary import ApplicationState
from parentsite.places.service import line
from parentsite.places.service.telling import tell
from parentsite.town.service import current_town

LIVE = (ApplicationState.SENT.value, ApplicationState.WAITING.value)
_NO_CHANGE = (GuaranteeOutcome.UNCHANGED.value, GuaranteeOutcome.NOT_CONCERNED.value)
_TOUCHED = (
    select(Offer.id).where(Offer.application_id == Application.id, Offer.guarantee_outcome.not_in(_NO_CHANGE)).exists()
)
_AS_GIVEN = and_(
    or_(Application.guarantee_outcome.is_(None), Application.guarantee_outcome.in_(_NO_CHANGE)), not_(_TOUCHED)
)


def count_anew(work: Work) -> int:
    """After the register or the town pack was loaded: every line, and each guarantee that still runs as it was given.

    An offer that left it as it was has not touched it. Returns how many guarantees moved; their parents are told.
    """
    line.place_all_in_line(work)
    untouched = (
        select(Application, Child)
        .join(Child, Child.id == Application.child_id)
        .where(Application.state.in_(LIVE), _AS_GIVEN, Child.birth_date.is_not(None))
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
        guarantee_outcome=None,
    )
    audit.record(work, "application.dates_moved", [child.id], about=("application", application.id))
    # By the revision: a day that comes back is news again.
    key = f"application:{application.id}:dates:{application.revision}"
    tell(work, "dates_moved", applicant=application.applicant_id, child=child.id, key=key, application=application.id)
    return True


def _write(work: Work, application_id: UUID, **values: object) -> None:
    change(
        work.session,
        update(Application).where(Application.id == application_id).values(revision=Application.revision + 1, **values),
    )
