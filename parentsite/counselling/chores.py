"""What the worker does for the anonymous conversation, in its own database: forget, cut the log, tell the counsellors.

Nothing is counted back to the worker: a line of its log saying that something was forgotten would tell when.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from parentsite.counselling.office import Office
from parentsite.counselling.service import digest, retention
from parentsite.foundation import outbox
from parentsite.foundation.clock import COPENHAGEN
from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work

DIGEST_HOUR = 8
"""From this hour of a weekday (in Denmark) the counsellors are told, once, that somebody has waited since yesterday."""
LETTER = "counselling/waiting"


def chores(office: Office, main: Database) -> Mapping[str, Callable[[datetime], int]]:
    """By name; `main` is the site's own database, whose outbox the counsellors' letters go through."""

    def forget(now: datetime) -> int:
        with office.database.write() as session:
            retention.forget(Work(session, now, SYSTEM))
        office.budget.forget_past(now)
        return 0

    def cut_log(now: datetime) -> int:
        office.cut_log()
        return 0

    def tell(now: datetime) -> int:
        local = now.astimezone(COPENHAGEN)
        if local.hour >= DIGEST_HOUR and local.isoweekday() <= 5:
            _post(now, _to_be_told(office, now), main)
        return 0

    return {"counselling: forget": forget, "counselling: cut the log": cut_log, "counselling: tell": tell}


def _to_be_told(office: Office, now: datetime) -> list[str]:
    with office.database.read() as session:
        waits = digest.waits_since_yesterday(Work(session, now, SYSTEM))
        return digest.readers(session) if waits else []


def _post(now: datetime, readers: list[str], main: Database) -> None:
    keys = {f"{LETTER}/{now.astimezone(COPENHAGEN).date()}/{reader}": reader for reader in readers}
    with main.read() as session:
        told = outbox.posted(session, keys)
    if keys.keys() <= told:
        return
    with main.write() as session:
        for key, reader in keys.items():
            outbox.post(Work(session, now, SYSTEM), LETTER, UUID(reader), key)
