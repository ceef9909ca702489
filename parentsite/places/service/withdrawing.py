"""Withdrawing an application: the wishes leave their lines, the guarantee ends, an open offer goes on to the next."""

from uuid import UUID

from sqlalchemy import select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change
from parentsite.foundation.work import Work
from parentsite.places.models import Application, Offer, Wish
from parentsite.places.rules.states import APPLICATION
from parentsite.places.rules.vocabulary import ApplicationState, OfferState, Purpose, WishState
from parentsite.places.service.cases import case_for
from parentsite.places.service.errors import NotFound, OtherParentMustAgree, Stale
from parentsite.places.service.line import lock_wishes
from parentsite.places.service.offers import close_offer
from parentsite.places.service.telling import tell


def withdraw(work: Work, person: UUID, application_id: UUID, revision: int, other_parent_agrees: bool = False) -> None:
    """Take the application back, as it was shown at `revision`. Again changes nothing.

    Raises `Stale`, `OtherParentMustAgree` under shared residence, `NotFound`.
    """
    case = case_for(work, person, application_id)
    if not case.may_act:
        raise NotFound(application_id)
    if case.state is ApplicationState.WITHDRAWN:
        return
    together = case.child.sight.shares_residence
    if together and not other_parent_agrees:
        raise OtherParentMustAgree(application_id)
    purpose = Purpose.TOGETHER if together else None
    try:
        with work.session.begin_nested():
            offer_id = _leave_the_lines(work, application_id, revision)
    except Stale:
        if case_for(work, person, application_id).state is ApplicationState.WITHDRAWN:
            return
        raise
    audit.record(work, "application.withdrawn", [case.child_id], about=("application", application_id), purpose=purpose)
    if offer_id is not None:
        audit.record(work, "offer.declined", [case.child_id], about=("offer", offer_id), purpose=purpose)
    key = f"application:{application_id}:withdrawn"
    tell(
        work,
        "application_withdrawn",
        applicant=case.applicant_id,
        child=case.child_id,
        key=key,
        application=application_id,
    )


def _leave_the_lines(work: Work, application_id: UUID, revision: int) -> UUID | None:
    """Returns the offer that was open and went back."""
    offer_id = _give_offer_back(work, application_id)
    lock_wishes(work, application_id)
    change(
        work.session,
        update(Wish)
        .where(
            Wish.application_id == application_id,
            Wish.state.in_((WishState.WAITING.value, WishState.OFFERED.value)),
        )
        .values(state=WishState.REMOVED.value),
    )
    origins = [origin.value for origin in APPLICATION.origins(ApplicationState.WITHDRAWN)]
    changed = change(
        work.session,
        update(Application)
        .where(
            Application.id == application_id,
            Application.revision == revision,
            Application.state.in_(origins),
        )
        .values(state=ApplicationState.WITHDRAWN.value, revision=Application.revision + 1, guaranteed_by=None),
    )
    if changed != 1:
        raise Stale(application_id)
    return offer_id


def _give_offer_back(work: Work, application_id: UUID) -> UUID | None:
    row = work.session.execute(
        select(Offer.id, Offer.vacancy_id).where(Offer.application_id == application_id, Offer.state == OfferState.OPEN)
    ).one_or_none()
    if row is None:
        return None
    if not close_offer(work, row.vacancy_id, row.id, OfferState.DECLINED):
        raise Stale(application_id)
    offer_id: UUID = row.id
    return offer_id
