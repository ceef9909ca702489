"""Templates: whole in every language, with no word that is not translatable and nothing inline."""

import ast
import re
from collections.abc import Iterator

import html5lib
import pytest
from jinja2 import nodes

from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.templates import LanguageEnvironment
from tests.house_rules.source import listed, modules
from tests.house_rules.templates import data, markup, names, source, stem, tree

PAGE_LINES = 100
LONG_TEMPLATES = {"base.html", "places/names.html"}
MOST_PARAMETERS = 7
TRUSTING = {"letters/frame.html"}
"""Puts together letters that are rendered, and escaped, in a language each."""

LETTER = re.compile(r"[^\W\d_]")
TAG = re.compile(r"<style>.*?</style>|<[^>]*>|\b[\w-]+=\"[^\"]*\"", re.DOTALL)
ENTITY = re.compile(r"&\w+;")
SPOKEN = re.compile(r"""\b(?:alt|aria-label|aria-description|content|placeholder|title|value|label)\s*=\s*"([^"]*)""")
MACHINE_VALUES = re.compile(
    r"[a-z0-9_#./:=-]*|width=device-width, initial-scale=1|light dark|telephone=no|\{.*", re.DOTALL
)
SENTENCE = re.compile(r"[A-ZÆØÅ][a-zæøå]|[a-z]+ [a-z]+ [a-z]+")
FORBIDDEN = {
    "an inline style": re.compile(r"<style|\sstyle\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:"),
    "hx-on": re.compile(r"hx-on"),
    "script in htmx": re.compile(r"\bjs:|hx-(?:vals|headers|vars)"),
    "no escaping": re.compile(r"autoescape\s+false|Markup\("),
    "the request": re.compile(r"\brequest\.|\bsession\.|\bg\."),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_template_compiles(code: str) -> None:
    environment = LanguageEnvironment(LANGUAGES[code], {})
    assert names()
    for name in names():
        environment.get_template(name)


def test_nothing_is_inline_and_nothing_trusted() -> None:
    pages = [name for name in names() if not name.startswith("letters/")]
    found = [f"{name}: {what}" for name in pages for what, sign in FORBIDDEN.items() if sign.search(source(name))]
    assert not found, listed(found)


def test_only_constants_are_trusted() -> None:
    """`"<b>%s</b>"|safe|format(name)` escapes the name; `name|safe` would not."""
    found = [
        f"{name}:{trusting.lineno}"
        for name in names()
        for trusting in tree(name).find_all(nodes.Filter)
        if trusting.name == "safe" and not isinstance(trusting.node, nodes.Const) and name not in TRUSTING
    ]
    assert not found, listed(found)


def test_every_word_can_be_translated() -> None:
    found = [f"{name}: {words!r}" for name in names() for words in _hard_coded(name)]
    assert not found, listed(found)


def test_every_translated_text_is_a_constant() -> None:
    """Otherwise the sentence is in no catalogue."""
    found = [
        f"{name}:{call.lineno}"
        for name in names()
        for call in tree(name).find_all(nodes.Call)
        if _is_gettext(call) and not all(isinstance(text, nodes.Const) for text in _messages(call))
    ]
    assert not found, listed(found)


def test_a_component_is_one_macro_named_as_its_file() -> None:
    wrong = []
    for name in (name for name in names() if name.startswith("components/")):
        macros = list(tree(name).find_all(nodes.Macro))
        stray = [piece.data for node in tree(name).body for piece in data(node) if not isinstance(node, nodes.Macro)]
        if [macro.name for macro in macros] != [stem(name)] or "".join(stray).strip():
            wrong.append(name)
        wrong += [f"{name}: {len(macro.args)} parameters" for macro in macros if len(macro.args) > MOST_PARAMETERS]
    assert not wrong, listed(wrong)


def test_every_component_is_used() -> None:
    used = {call.template.value for name in names() for call in tree(name).find_all(nodes.FromImport)}  # type: ignore[attr-defined]
    unused = {name for name in names() if name.startswith("components/")} - used
    assert not unused, listed(unused)


def test_a_template_is_no_longer_than_a_page() -> None:
    assert {name for name in names() if len(source(name).splitlines()) > PAGE_LINES} == LONG_TEMPLATES


def test_a_fragment_is_one_element_with_its_files_name() -> None:
    fragments = set(_swapped())
    assert fragments
    assert {name: _roots(name) for name in fragments} == {name: [stem(name)] for name in fragments}


def test_a_page_includes_the_fragment_it_is_swapped_with() -> None:
    found = [
        f"{page} does not include {fragment}"
        for page, fragment in _answers()
        if fragment not in {call.template.value for call in tree(page).find_all(nodes.Include)}  # type: ignore[attr-defined]
    ]
    assert not found, listed(found)


def _hard_coded(name: str) -> Iterator[str]:
    text = "".join(piece.data for piece in data(tree(name)))
    outside = ENTITY.sub("", TAG.sub(" ", text)) if name.endswith(".html") else text
    yield from (words.strip() for words in outside.splitlines() if LETTER.search(words))
    told = (value for value in SPOKEN.findall(text) if LETTER.search(value))
    yield from (value for value in told if not MACHINE_VALUES.fullmatch(value))
    translated = {id(text) for call in tree(name).find_all(nodes.Call) if _is_gettext(call) for text in call.args}
    for constant in tree(name).find_all(nodes.Const):
        if isinstance(constant.value, str) and id(constant) not in translated and SENTENCE.search(constant.value):
            yield constant.value


def _is_gettext(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in {"_", "ngettext"}


def _messages(call: nodes.Call) -> list[nodes.Expr]:
    assert isinstance(call.node, nodes.Name)
    return call.args[: 2 if call.node.name == "ngettext" else 1]


def _answers() -> Iterator[tuple[str, str]]:
    """Page and fragment of every `answer(page, fragment)` and `refused(page, fragment)` in the code."""
    for _, module in modules():
        for call in ast.walk(module):
            if isinstance(call, ast.Call) and len(call.args) > 1:
                page, fragment = (arg.value if isinstance(arg, ast.Constant) else None for arg in call.args[:2])
                if isinstance(page, str) and isinstance(fragment, str) and fragment.endswith(".html"):
                    yield page, fragment


def _swapped() -> list[str]:
    return sorted({fragment for _, fragment in _answers()})


def _roots(name: str) -> list[str | None]:
    found = html5lib.parseFragment(markup(name), treebuilder="lxml", namespaceHTMLElements=False)
    return [root.get("id") for root in found if not isinstance(root, str)]
