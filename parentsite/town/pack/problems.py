"""What is wrong with a pack, said all at once and line by line."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One mistake: the line it stands on (from 1), the dotted path of the value, and what is wrong."""

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        return f"line {self.line}: {place}{self.message}"


class PackError(Exception):
    """The pack cannot be used; `problems` stand in the order of their lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
