"""Who may import whom: the contracts of `pyproject.toml` hold, rules know only Python, and no package is a façade."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.house_rules.source import PACKAGE, ROOT, listed, modules


def test_the_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert not failed, capsys.readouterr().out


def test_rules_import_nothing_but_the_standard_library_and_one_another() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path, tree in modules()
        if (journey := _journey_of_rules(path))
        for name in _imported(tree)
        if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith(f"parentsite.{journey}.rules")
    ]
    assert not found, listed(found)


def test_packages_hold_a_docstring_and_no_more() -> None:
    full = [
        str(path.relative_to(PACKAGE))
        for path, tree in modules()
        if path.name == "__init__.py" and (len(tree.body) != 1 or not ast.get_docstring(tree))
    ]
    assert not full, listed(full)


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(PACKAGE))
        for path, tree in modules()
        if not ast.get_docstring(tree) and "versions" not in path.parts
    ]
    assert not silent, listed(silent)


def _journey_of_rules(path: Path) -> str | None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0] if len(parts) > 1 and parts[1] == "rules" else None


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."
