"""Home visits in bulk: health visitors with a year of free times, and parents who are about to take one."""

from datetime import date, time, timedelta
from uuid import UUID

from parentsite.foundation.work import Work
from parentsite.people.models import StaffMember
from parentsite.town.service import current_town
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.policy import plan_of, policy_of
from parentsite.visits.rules.slots import Shift, Slot, slots, start_of
from parentsite.visits.rules.windows import windows
from tests.bench.rows import Household, Rows, SomeChild

VISITORS = 6
"""In one district: Ballerup's own number."""
YEAR = timedelta(days=365)
VISIT, AGE = "2-maaneder", 45
"""The visit that is booked, and how many days old the child is: its window lies wholly ahead."""
OPENS, CLOSES = time(8), time(15)


class Times:
    """Writes the rows of free times; what a day holds is found as the site itself finds it."""

    def __init__(self, work: Work, rows: Rows) -> None:
        self._rows, self._today = rows, work.today
        self._town = current_town(work.session)
        self._policy = policy_of(self._town)

    @property
    def districts(self) -> list[str]:
        return [district.code for district in self._town.districts]

    def lay(self, district: str) -> list[tuple[UUID, Slot]]:
        """A year of times in a district, as many at each hour as it has health visitors; the next first."""
        made = []
        for number in range(VISITORS):
            visitor = self._rows.random_id()
            told = {"issuer": "https://staff.example", "subject": visitor.hex, "seen_on": self._today}
            self._rows.add(StaffMember, id=visitor, name=f"Hanne {number}", **told)
            made += [(self._slot(visitor, slot), slot) for slot in self._year(district)]
        return sorted(made, key=lambda one: (one[1], one[0]))

    def child_of(self, home: Household) -> SomeChild:
        """A child whose visit is offered."""
        return home.child(AGE)

    def inside(self, child: SomeChild, laid: list[tuple[UUID, Slot]]) -> list[UUID]:
        """The times that the child's parents may take."""
        plan = plan_of(self._town, child.counts_from)
        dated = windows(plan, birth=child.counts_from, is_born=True, margin_days=self._policy.margin_days)
        window = next(one for one in dated if one.visit == VISIT)
        first, end = start_of(window.first), start_of(window.last + timedelta(days=1))
        return [slot for slot, when in laid if first <= when.starts_at < end]

    def _year(self, district: str) -> tuple[Slot, ...]:
        week = [Shift(district, day, OPENS, CLOSES, date.min) for day in range(1, 6)]
        return slots(week, first=self._today, last=self._today + YEAR, lengths=self._policy.lengths)

    def _slot(self, visitor: UUID, slot: Slot) -> UUID:
        made = self._rows.random_id()
        when = {"starts_at": slot.starts_at, "ends_at": slot.ends_at, "free_at": slot.free_at}
        self._rows.add(VisitSlot, id=made, visitor_id=visitor, district=slot.district, **when)
        return made
