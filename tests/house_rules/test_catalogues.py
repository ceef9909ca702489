"""Every word is translatable, and every catalogue is whole: nothing missing, doubtful, left over or merely copied."""

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.resources import TRANSLATIONS
from tests.house_rules.source import PACKAGE, ROOT, listed, modules

TRANSLATED = [code for code in LANGUAGES if code != "en"]
"""English is the source and needs no catalogue."""

THE_SAME_EVERYWHERE = {
    "da": {"Status", "E-mail", "Filter", "Information"},
    "ar": set(),
}
"""Texts that are rightly the same in the language as in English."""

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
STRAY_PERCENT = re.compile(r"%(?!\(\w+\)[sd]|%)")
HTML = re.compile(r"<[a-zA-Z/!]|&\w+;|&#")
GETTEXTS = {"N_", "_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"}


@cache
def catalogue(code: str) -> Catalog:
    with (TRANSLATIONS / code / "LC_MESSAGES" / "messages.po").open("rb") as text:
        return read_po(text, locale=code)


@cache
def template() -> Catalog:
    with (TRANSLATIONS / "messages.pot").open("rb") as text:
        return read_po(text)


def test_the_template_holds_exactly_what_the_site_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    CommandLineInterface().run(["pybabel", *_extract_command(), str(tmp_path / "messages.pot"), "."])
    with (tmp_path / "messages.pot").open("rb") as text:
        said = {message.id for message in read_po(text)}
    kept = {message.id for message in template()}
    assert said == kept, (
        f"`make translations`: new {sorted(map(str, said - kept))}, gone {sorted(map(str, kept - said))}"
    )


def test_every_text_in_the_code_is_a_constant() -> None:
    """Otherwise it is in no catalogue."""
    found = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}: {ast.unparse(call)}"
        for path, tree in modules()
        if path.name not in {"templates.py", "i18n.py", "language.py", "ways.py", "looked.py", "acts.py"}
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _is_gettext(call) and not isinstance(call.args[0], ast.Constant)
    ]
    assert not found, listed(found)


def test_no_text_in_the_code_is_overlooked() -> None:
    known = {text for message in template() for text in _texts(message.id)}
    found = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}: {call.args[0].value}"
        for path, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _is_gettext(call) and isinstance(call.args[0], ast.Constant)
        if call.args[0].value not in known
    ]
    assert not found, listed(found)


def test_source_texts_are_whole_sentences_without_markup() -> None:
    found = [text for message in template() if message.id for text in _texts(message.id) if _is_odd(text)]
    assert not found, listed(found)


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_missing_doubtful_or_left_over(code: str) -> None:
    found = []
    for message in template():
        if message.id:
            translated = catalogue(code).get(message.id)
            if translated is None or not all(_texts(translated.string)):
                found.append(f"missing: {message.id!r}")
            elif translated.fuzzy:
                found.append(f"doubtful: {message.id!r}")
    known = {message.id for message in template()}
    found += [f"left over: {message.id!r}" for message in catalogue(code) if message.id not in known]
    found += [f"obsolete: {message.id!r}" for message in catalogue(code).obsolete.values()]
    assert not found, listed(found)


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_plural_form_is_filled_in(code: str) -> None:
    forms = catalogue(code).num_plurals
    found = [
        repr(message.id)
        for message in catalogue(code)
        if message.pluralizable and not (len(message.string) == forms and all(message.string))
    ]
    assert not found, listed(found)


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_merely_copied(code: str) -> None:
    copied = {str(message.id) for message in _translated(code) if message.string == message.id}
    assert copied <= THE_SAME_EVERYWHERE[code], listed(copied - THE_SAME_EVERYWHERE[code])


@pytest.mark.parametrize("code", TRANSLATED)
def test_placeholders_are_those_of_the_source(code: str) -> None:
    found = []
    for message in _translated(code):
        wanted = {name for text in _texts(message.id) for name in PLACEHOLDER.findall(text)}
        # "One child" and "two children" need no figure.
        may_lack = {"count"} if message.pluralizable else set()
        for text in _texts(message.string):
            have = set(PLACEHOLDER.findall(text))
            if have | may_lack != wanted | may_lack or STRAY_PERCENT.search(text):
                found.append(f"{message.id!r} → {text!r}")
    assert not found, listed(found)


@pytest.mark.parametrize("code", TRANSLATED)
def test_translations_hold_no_markup_and_no_loose_space(code: str) -> None:
    found = [f"{text!r}" for message in _translated(code) for text in _texts(message.string) if _is_odd(text)]
    assert not found, listed(found)


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_compiled_catalogue_is_the_present_one(code: str) -> None:
    gettext = LANGUAGES[code].gettext
    stale = [m.id for m in _translated(code) if not m.pluralizable and gettext(str(m.id)) != m.string]
    assert not stale, listed(["compile with `make translations`", *stale])


def _extract_command() -> list[str]:
    """What `make translations` runs, up to the file it writes."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    command = re.search(r"pybabel (extract .*--output-file) translations/messages\.pot \.", makefile)
    assert command
    return shlex.split(command[1])


def _is_gettext(call: ast.Call) -> bool:
    name = (
        call.func.id
        if isinstance(call.func, ast.Name)
        else call.func.attr
        if isinstance(call.func, ast.Attribute)
        else ""
    )
    return name in GETTEXTS and bool(call.args)


def _translated(code: str) -> Iterator[Message]:
    return (message for message in catalogue(code) if message.id and all(_texts(message.string)))


def _texts(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _is_odd(text: str) -> bool:
    return bool(HTML.search(text)) or text != text.strip() or "  " in text or "\n" in text
