"""Which codes of the town pack live visits refer to: what a new pack may not drop."""

from sqlalchemy import select

from parentsite.foundation.work import Work
from parentsite.visits.models.families import StartTalk
from parentsite.visits.models.team import VisitHours
from parentsite.visits.rules.start import LIVE


def codes_in_use(work: Work, codes: frozenset[str]) -> frozenset[str]:
    """The districts among `codes` in which a health visitor works, and the houses that a start talk is to be at."""
    districts = work.session.scalars(select(VisitHours.district).where(VisitHours.district.in_(codes)).distinct())
    talks = select(StartTalk.facility).where(StartTalk.facility.in_(codes), StartTalk.state.in_(LIVE))
    return frozenset(districts) | frozenset(work.session.scalars(talks.distinct()))
