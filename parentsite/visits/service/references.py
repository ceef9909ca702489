"""Which codes of the town pack live visits refer to: what a new pack may not drop."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.visits.models import VisitHours


def codes_in_use(session: Session, codes: frozenset[str]) -> frozenset[str]:
    """The districts among `codes` in which a health visitor works."""
    return frozenset(session.scalars(select(VisitHours.district).where(VisitHours.district.in_(codes)).distinct()))
