"""A value fetched when first needed and again when it has grown old, safe between threads."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from parentsite.people.signin.adapter import ProviderUnavailable

Value = TypeVar("Value")

REST = timedelta(seconds=10)
"""After a failure nobody tries for so long: a dead provider must not hold every thread of the site."""


class Remembered(Generic[Value]):
    """Fetches through `fetch`, which raises `ProviderUnavailable`; a value is used for `lasts`."""

    def __init__(self, fetch: Callable[[datetime], Value], lasts: timedelta) -> None:
        self._fetch = fetch
        self._lasts = lasts
        self._lock = Lock()
        self._kept: tuple[datetime, Value] | None = None
        self._failed: datetime | None = None

    def get(self, now: datetime, *, anew: bool = False) -> Value:
        """The value; `anew` fetches it even if it is young."""
        with self._lock:
            if self._kept and not anew and _within(self._kept[0], now, self._lasts):
                return self._kept[1]
            if self._failed and _within(self._failed, now, REST):
                raise ProviderUnavailable("failed a moment ago")
            try:
                value = self._fetch(now)
            except ProviderUnavailable:
                self._failed = now
                raise
            self._kept, self._failed = (now, value), None
            return value


def _within(since: datetime, now: datetime, span: timedelta) -> bool:
    """Counted both ways: a clock that was set back makes nothing last for ever."""
    return abs(now - since) < span
