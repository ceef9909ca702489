"""The journey's letters. An e-mail says that there is news and leads to it after sign-in; the site says what it is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from parentsite.foundation.journey import BuildLetter
from parentsite.foundation.work import Work
from parentsite.places.models import Application, Offer


def about_application(work: Work, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the case; nothing is left to tell when the application is gone."""
    found = work.session.get(Application, UUID(ids["application"]))
    return {"path": f"plads/{found.id}"} if found else None


def about_offer(work: Work, **ids: str) -> Mapping[str, Any] | None:
    """Leads to the offer."""
    found = work.session.scalars(select(Offer.id).where(Offer.id == UUID(ids["offer"]))).one_or_none()
    return {"path": f"plads/tilbud/{found}"} if found else None


LETTERS: Mapping[str, BuildLetter] = {
    "application_received": about_application,
    "application_withdrawn": about_application,
    "offer_made": about_offer,
    "offer_accepted": about_offer,
    "offer_declined": about_offer,
    "offer_expired": about_offer,
    "offer_taken_back": about_offer,
}
