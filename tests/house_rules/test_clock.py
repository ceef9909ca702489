"""One module reads the wall clock; everybody else is told the time."""

import ast

from tests.house_rules.source import PACKAGE, listed, modules

CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.localtime",
    "time.gmtime",
    "func.now",
    "func.current_date",
    "func.current_timestamp",
    "uuid1",
    "uuid7",
}
SLEEPS = {"time.sleep"}


def test_the_wall_clock_is_read_in_one_place() -> None:
    found = {
        str(path.relative_to(PACKAGE))
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).removeprefix("datetime.") in CLOCKS | SLEEPS
    }
    assert found == {"foundation/clock.py"}


def test_no_column_is_filled_in_by_the_databases_clock() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in {"server_default", "onupdate", "server_onupdate"}
    ]
    assert not found, listed(found)
