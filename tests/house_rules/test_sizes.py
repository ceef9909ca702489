"""What grows past these sizes asks whether the wall stands in the wrong place. A sign, not a limit.

The lists are compared by equality: what shrinks again must leave its list, and what joins one is a decision.
"""

import ast
from pathlib import Path

from tests.house_rules.source import PACKAGE, ROOT, modules, modules_of_tests

MODULE, FUNCTION, HANDLER, TEST_MODULE = 250, 30, 20, 300

LONG_MODULES = {"cli.py"}
LONG_FUNCTIONS = {
    "foundation/settings.py: from_env",
    "home/mine.py: my_pages",
    "people/children.py: declare",
    "people/views.py: sign_in_pages",
    "places/service/line.py: _place",
    "places/service/sending.py: _mark_sent",
}
LONG_HANDLERS = {"places/desk.py: vacancy", "places/views/steps.py: family"}
LONG_TEST_MODULES = {"demo/test_provider.py", "people/test_signin.py", "town/test_pack.py"}


def test_modules() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path, _ in modules()
        if _lines(path) > MODULE and "migrations/versions" not in str(path)
    }
    assert found == LONG_MODULES


def test_functions() -> None:
    found = {name for name, node in _functions() if _length(node) > FUNCTION and not _is_handler(node)}
    assert found == LONG_FUNCTIONS


def test_handlers() -> None:
    found = {name for name, node in _functions() if _length(node) > HANDLER and _is_handler(node)}
    assert found == LONG_HANDLERS


def test_modules_of_tests() -> None:
    found = {str(path.relative_to(ROOT / "tests")) for path in modules_of_tests() if _lines(path) > TEST_MODULE}
    assert found == LONG_TEST_MODULES


def _functions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (f"{path.relative_to(PACKAGE)}: {node.name}", node)
        for path, tree in modules()
        if "versions" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]


def _length(node: ast.FunctionDef) -> int:
    """Lines of code: without the docstring."""
    assert node.end_lineno is not None
    first = node.body[0]
    told = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
    return node.end_lineno - node.lineno + 1 - told


def _is_handler(node: ast.FunctionDef) -> bool:
    return any("open_to" in ast.unparse(decorator) for decorator in node.decorator_list)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
