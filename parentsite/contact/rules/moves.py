"""Which state may follow which, as a table that services and the database read alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True)
class Moves(Generic[State]):
    """A table of moves. Every state has a row; a row without targets is an end."""

    name: str
    table: Mapping[State, frozenset[State]]

    def origins(self, target: State) -> tuple[str, ...]:
        """The states, as stored, that may become `target`: what a conditional update asks for."""
        return tuple(sorted(origin.value for origin, targets in self.table.items() if target in targets))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """All moves as stored, in a stable order, for a constraint on changes."""
        return tuple(
            (origin.value, target.value) for origin, targets in self.table.items() for target in sorted(targets)
        )
