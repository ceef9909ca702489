"""Asking all journeys the same: one that cannot answer is told of, and the others stand all the same."""

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from parentsite.foundation.journey import Journey

log = logging.getLogger("parentsite")
Told = TypeVar("Told")


def ask_each(
    journeys: Sequence[Journey], ask: Callable[[Journey], Iterable[Told]]
) -> tuple[list[Told], frozenset[str]]:
    """What the journeys answer, and the names of those that could not. Trouble with the database is everybody's."""
    answers: list[Told] = []
    missing = set()
    for journey in journeys:
        try:
            answers += ask(journey)
        except SQLAlchemyError:
            raise
        except Exception:
            log.exception("the journey %s did not answer", journey.name)
            missing.add(journey.name)
    return answers, frozenset(missing)
