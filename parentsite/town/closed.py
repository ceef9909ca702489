"""The days without appointments: Danish public holidays, computed, and the days on which the town is closed."""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

from parentsite.town.town import Town


@lru_cache(maxsize=64)
def closed_days(town: Town, first: date, last: date) -> frozenset[date]:
    """All of them from `first` to `last`, both included."""
    public = country_holidays("DK", years=range(first.year, last.year + 1))
    ours = {
        closed.first + timedelta(days=number)
        for closed in town.closing_days
        for number in range((closed.last - closed.first).days + 1)
    }
    return frozenset(day for day in ours | set(public) if first <= day <= last)
