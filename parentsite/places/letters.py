"""The journey's letters. An e-mail says that there is news and leads to it after sign-in; the site says what it is.

Each asks the gate when it is sent: who may see nothing of the case by then is not written to.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from parentsite.foundation.journey import BuildLetter
from parentsite.foundation.work import Work
from parentsite.people.visibility import Facet, Sight, sight_of
from parentsite.places.models import Application, Offer


def about_application(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the case."""
    found = work.session.get(Application, UUID(ids["application"]))
    if found is None or _as_known(work, receiver, found.child_id, Facet.EXISTENCE) is None:
        return None
    return {"path": f"plads/{found.id}"}


def about_offer(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the offer; who may see it but decides no more, to the case."""
    found = work.session.execute(
        select(Offer.id, Offer.application_id, Application.child_id)
        .join(Application, Application.id == Offer.application_id)
        .where(Offer.id == UUID(ids["offer"]))
    ).one_or_none()
    sight = _as_known(work, receiver, found.child_id, Facet.PLACE, Facet.TIME) if found else None
    if found is None or sight is None:
        return None
    return {"path": f"plads/tilbud/{found.id}" if sight.may_apply else f"plads/{found.application_id}"}


def _as_known(work: Work, receiver: UUID, child: UUID, *facets: Facet) -> Sight | None:
    """The child as the receiver may see it; none without all of the facets."""
    sight = sight_of(work.session, receiver, child, work.today)
    return sight if sight is not None and sight.sees(*facets) else None


LETTERS: Mapping[str, BuildLetter] = {
    "application_received": about_application,
    "application_withdrawn": about_application,
    "dates_moved": about_application,
    "offer_made": about_offer,
    "offer_accepted": about_offer,
    "offer_declined": about_offer,
    "offer_expired": about_offer,
    "offer_taken_back": about_offer,
}
