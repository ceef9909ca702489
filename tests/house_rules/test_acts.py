"""Whatever the code writes into the audit has words in the log, in every language."""

import ast
import re
from collections.abc import Iterator

from parentsite.app import JOURNEYS
from parentsite.desk.acts import all_acts
from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import LANGUAGES
from tests.house_rules.source import PACKAGE, listed, modules

ACTS = all_acts(JOURNEYS)
RECORDERS = {"audit.record", "record"}
APART = {"counselling", "foundation"}
"""The anonymous conversation has an audit of its own, in a database of its own; the foundation only hands codes on."""


def recorded() -> Iterator[tuple[str, str]]:
    """Where something is recorded, and the pattern of its code: what is filled in is any word."""
    for path, tree in modules():
        if path.relative_to(PACKAGE).parts[0] in APART:
            continue
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in RECORDERS and len(call.args) >= 3:
                for pattern in patterns(call.args[1], tree):
                    yield f"{path.relative_to(PACKAGE)}:{call.lineno}", pattern


def patterns(code: ast.expr, tree: ast.Module) -> Iterator[str]:
    """What an expression can come to."""
    if isinstance(code, ast.Constant):
        yield re.escape(str(code.value))
    elif isinstance(code, ast.IfExp):
        yield from (*patterns(code.body, tree), *patterns(code.orelse, tree))
    elif isinstance(code, ast.JoinedStr):
        parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in code.values)
        yield "".join(parts)
    elif isinstance(code, ast.Name):
        given = [
            each.value
            for each in ast.walk(tree)
            if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == code.id
        ]
        for value in given:
            yield from patterns(value, tree)


def test_every_act_that_the_code_records_has_its_words() -> None:
    found = list(recorded())
    assert len(found) > 60
    missing = [f"{where}: {code}" for where, code in found if not any(re.fullmatch(code, act) for act in ACTS)]
    assert not missing, listed(missing)


def test_no_act_has_words_twice() -> None:
    journeys = [code for journey in JOURNEYS for code in journey.acts]
    assert len(journeys) == len(set(journeys))
    assert not set(journeys) & {one.action for journey in JOURNEYS for one in journey.readings}


def test_the_words_are_in_every_catalogue() -> None:
    said = {words for act in ACTS.values() for words in _said(act)}
    assert said
    for language in LANGUAGES.values():
        if language.code != "en":
            assert {words for words in said if language.gettext(words) == words} == set()


def _said(act: Act) -> list[str]:
    return [act.words, *act.purposes.values()]
