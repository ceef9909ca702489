"""What staff are shown of a family is audited first, in a transaction of its own: no entry, nothing shown."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from parentsite.foundation.reading import Reading, record_read
from parentsite.foundation.web.transactions import side_work


def read_for(
    purpose: StrEnum,
    reading: Reading,
    shown: Iterable[tuple[UUID, UUID]],
    about: tuple[str, object],
    besides: Iterable[UUID] = (),
) -> None:
    """As `record_read`, kept whatever becomes of the request. A journey's desk binds its own purpose."""
    with side_work() as now:
        record_read(now, reading, purpose, shown, about=about, besides=besides)
