"""The source as its tools see it."""

import os
import subprocess
import sys

import pytest

from tests.house_rules.source import ROOT

TOOLS = {
    "ruff": ("-m", "ruff", "check", "parentsite", "tests", "translations"),
    "mypy": ("-m", "mypy"),
    "djlint": ("-m", "djlint", "--lint", "--quiet", "templates"),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_has_nothing_to_say(tool: str) -> None:
    plain = {**os.environ, "NO_COLOR": "1"}
    ran = subprocess.run(
        [sys.executable, *TOOLS[tool]], cwd=ROOT, env=plain, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
