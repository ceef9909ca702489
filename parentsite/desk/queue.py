"""One queue across the journeys: what waits for whom, by the day it is due; no name and no word of anybody's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from parentsite.foundation.journey import QueueItem

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Queue:
    """What waits: overdue, due within a week, due later, and what has no day; the first due first."""

    overdue: Sequence[QueueItem]
    soon: Sequence[QueueItem]
    later: Sequence[QueueItem]
    undated: Sequence[QueueItem]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.overdue or self.soon or self.later or self.undated)


def in_order(items: Iterable[QueueItem], today: date) -> Queue:
    """The items in the order in which they should be done."""
    found = list(items)
    dated = sorted(((one.due, number, one) for number, one in enumerate(found) if one.due), key=lambda one: one[:2])
    return Queue(
        overdue=[one for due, _, one in dated if due < today],
        soon=[one for due, _, one in dated if today <= due <= today + SOON],
        later=[one for due, _, one in dated if due > today + SOON],
        undated=[one for one in found if one.due is None],
    )
