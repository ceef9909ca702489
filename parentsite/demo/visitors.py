"""The demo's health visitors at work: weekly hours in every district, so that families have times to pick from."""

from collections.abc import Mapping
from datetime import time, timedelta

from sqlalchemy import select

from parentsite.demo.staff import known
from parentsite.foundation.work import Work
from parentsite.people.register import RegisterFile, Somebody
from parentsite.town.service import current_town
from parentsite.visits.models.team import VisitHours
from parentsite.visits.rules.slots import Shift
from parentsite.visits.service import planning

WEEKS: Mapping[str, Mapping[int, tuple[int, ...]]] = {
    "susanne-elkjaer": {0: (1, 2, 3), 1: (4, 5)},
    "anette-krogh-lind": {3: (1, 2, 3, 4, 5)},
    "dorthe-ilsoe": {2: (1, 2, 3), 4: (4, 5)},
}
"""By key of the register file: the districts, by their place in the town pack, and on which weekdays (ISO) she works
there.
"""
OPENS, CLOSES = time(8), time(15)


def set_to_work(work: Work, register: RegisterFile, issuer: str) -> int:
    """Give each health visitor of the file hours, unless she has some already. Returns how many got some."""
    return sum(_hours(work, member, issuer) for member in register.staff if member.key in WEEKS)


def _hours(work: Work, member: Somebody, issuer: str) -> int:
    found = known(work, member, issuer)
    if work.session.scalars(select(VisitHours.id).where(VisitHours.visitor_id == found)).first() is not None:
        return 0
    since = work.today - timedelta(days=30)
    districts = current_town(work.session).districts
    planning.save_hours(
        work,
        found,
        [
            Shift(districts[place].code, day, OPENS, CLOSES, since)
            for place, days in WEEKS[member.key].items()
            for day in days
        ],
    )
    return 1
