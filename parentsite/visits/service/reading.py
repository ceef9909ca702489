"""The trace that the health visitors' reads leave: ids, the same few purposes, never words."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from parentsite.foundation import audit
from parentsite.foundation.work import Work


class Purpose(StrEnum):
    """Why a family is read of."""

    VISITS = "visits"


def audit_read(work: Work, action: str, subjects: Iterable[UUID], about: tuple[str, object]) -> None:
    """One entry for what was opened, with the ids of all whom it showed."""
    audit.record(work, action, subjects, about=about, purpose=Purpose.VISITS)
