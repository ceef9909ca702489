"""A conversation as a text file, to be kept where the parent thinks it safe."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Protocol

from parentsite.counselling.rules.vocabulary import Side


class Line(Protocol):
    """What is written of a message."""

    @property
    def side(self) -> Side: ...
    @property
    def day(self) -> date: ...
    @property
    def text(self) -> str: ...


def as_text(messages: Iterable[Line], names: Mapping[Side, str], written: Callable[[date], str]) -> str:
    """Every message below who wrote it and on which day, in the reader's words for both."""
    return "\n\n".join(f"{names[one.side]}, {written(one.day)}\n{one.text.strip()}" for one in messages) + "\n"
