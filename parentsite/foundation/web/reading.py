"""What staff are shown of a family is audited first, in a transaction of its own: no entry, nothing shown."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from uuid import UUID

from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import ServiceUnavailable

from parentsite.foundation.reading import Reading, record_read
from parentsite.foundation.web.transactions import side_work
from parentsite.foundation.work import Work

log = logging.getLogger("parentsite")
RETRY_SECONDS = 30


@contextmanager
def written_down() -> Iterator[Work]:
    """The transaction in which a read is audited: where the database refuses it, whatever it says, the answer is 503
    and nothing is shown. A conflict is tried again, as everywhere.
    """
    try:
        with side_work() as now:
            yield now
    except OperationalError:
        raise
    except DBAPIError as error:
        log.error("a read could not be written down: %s", type(error).__name__)
        raise ServiceUnavailable(retry_after=RETRY_SECONDS) from error


def read_for(
    purpose: StrEnum,
    reading: Reading,
    shown: Iterable[tuple[UUID, UUID]],
    about: tuple[str, object],
    besides: Iterable[UUID] = (),
) -> None:
    """As `record_read`, kept whatever becomes of the request. A journey's desk binds its own purpose."""
    with written_down() as now:
        record_read(now, reading, purpose, shown, about=about, besides=besides)
