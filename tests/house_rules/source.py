"""The house's own code, read as text and as syntax trees."""

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "parentsite"


def listed(found: Iterable[object]) -> str:
    """What was found, a line each, for the message of a failed test."""
    return "\n" + "\n".join(sorted(map(str, found)))


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Every module of the package with its syntax tree."""
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def modules_of_tests() -> tuple[Path, ...]:
    """Every module of the tests."""
    return tuple(sorted((ROOT / "tests").rglob("*.py")))
