"""Which codes of the town pack live visits refer to: what a new pack may not drop."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.visits.models.families import StartTalk
from parentsite.visits.models.team import VisitHours
from parentsite.visits.rules.start import LIVE


def codes_in_use(session: Session, codes: frozenset[str]) -> frozenset[str]:
    """The districts among `codes` in which a health visitor works, and the houses that a start talk is to be at."""
    districts = session.scalars(select(VisitHours.district).where(VisitHours.district.in_(codes)).distinct())
    talks = select(StartTalk.facility).where(StartTalk.facility.in_(codes), StartTalk.state.in_(LIVE))
    return frozenset(districts) | frozenset(session.scalars(talks.distinct()))
