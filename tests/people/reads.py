"""Reads of a child by staff, recorded as their pages do it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from parentsite.app import JOURNEYS
from parentsite.desk.acts import all_readings
from parentsite.foundation.reading import Reading, record_read
from parentsite.foundation.work import Actor, ActorKind, Work
from tests import builders

READINGS = tuple(all_readings(JOURNEYS))


def by_staff(work: Work, role: str = "placement", *institutions: str) -> Work:
    """The same work, done by somebody of this office."""
    return replace(work, actor=Actor(ActorKind.STAFF, builders.clerk(work), frozenset({role}), frozenset(institutions)))


def read(work: Work, reading: Reading, *shown: tuple[UUID, UUID], at: str | None = None) -> None:
    """Read by one of the reading's offices, and for one of its purposes; `at` is the house where the reader works."""
    office, purpose = next(iter(reading.offices)), next(iter(reading.purposes))
    now = by_staff(work, office, *([at] if at else []))
    record_read(now, reading, purpose, shown, about=("thing", "1"))


def read_all(work: Work, child: UUID, of: UUID, readings: Iterable[Reading] = READINGS) -> None:
    """Once of each kind, a minute after one another: what is an adult's is `of` this one."""
    for minute, one in enumerate(readings):
        read(replace(work, now=work.now - timedelta(minutes=minute)), one, (child, child), (child, of))
