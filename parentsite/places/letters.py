"""The journey's letters. An e-mail says that there is news and leads to it after sign-in; the site says what it is.

Each asks the gate when it is sent: who may see nothing of the case by then is not written to.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from parentsite.foundation.journey import BuildLetter
from parentsite.foundation.work import Work
from parentsite.people.visibility import Facet, sight_of
from parentsite.places.models import Application, Offer


def about_application(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the case."""
    found = work.session.get(Application, UUID(ids["application"]))
    if found is None or not _may_know(work, receiver, found.child_id, Facet.EXISTENCE):
        return None
    return {"path": f"plads/{found.id}"}


def about_offer(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the offer."""
    found = work.session.execute(
        select(Offer.id, Application.child_id)
        .join(Application, Application.id == Offer.application_id)
        .where(Offer.id == UUID(ids["offer"]))
    ).one_or_none()
    if found is None or not _may_know(work, receiver, found.child_id, Facet.PLACE, Facet.TIME):
        return None
    return {"path": f"plads/tilbud/{found.id}"}


def _may_know(work: Work, receiver: UUID, child: UUID, *facets: Facet) -> bool:
    sight = sight_of(work.session, receiver, child, work.today)
    return sight is not None and sight.sees(*facets)


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
