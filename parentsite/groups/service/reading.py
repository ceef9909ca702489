"""The trace that the desk's reads leave: ids, the same one purpose, never words."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from parentsite.foundation import audit
from parentsite.foundation.work import Work


class Purpose(StrEnum):
    """Why members are read of."""

    GROUPS = "groups"


def audit_read(work: Work, action: str, subjects: Iterable[UUID], about: tuple[str, object]) -> None:
    """One entry for what was opened, with the ids of all whom it showed."""
    audit.record(work, action, subjects, about=about, purpose=Purpose.GROUPS)
