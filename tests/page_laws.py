"""What every page must keep, whatever it is about. Each law yields a sentence for each time it is broken."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import brotli
import html5lib

from parentsite.foundation.i18n import DANISH, LANGUAGES, Language
from parentsite.foundation.web.zones import COOKIE_ZONES, Zone, zone_of

PAGE_BUDGET = 8 * 1024
"""Bytes of HTML on the wire (frontend.md)."""

REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage", "form", "list")
CPR = re.compile(r"(?<![\w+])\d{6}-?\d{4}(?!\w)")
LEFT_OVERS = ("%(", "{{", "}}", "{%", "lazy_string")
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
HTMX_ATTRIBUTES = {
    "hx-get",
    "hx-post",
    "hx-target",
    "hx-swap",
    "hx-trigger",
    "hx-include",
    "hx-push-url",
    "hx-replace-url",
    "hx-indicator",
    "hx-disable",
    "hx-sync",
    "hx-select",
}


@dataclass(frozen=True)
class Sheet:
    """HTML as it was answered at a path: a whole page, or a fragment for htmx."""

    path: str
    text: str

    @cached_property
    def is_page(self) -> bool:
        return self.text.lstrip()[:9].lower() == "<!doctype"

    @cached_property
    def _parsed(self) -> tuple[Any, list[Any]]:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
        if self.is_page:
            return parser.parse(self.text).getroot(), parser.errors
        root = html5lib.parse(
            "<!DOCTYPE html><title>.</title>", treebuilder="lxml", namespaceHTMLElements=False
        ).getroot()
        body = root.find("body")
        for node in parser.parseFragment(self.text):
            if isinstance(node, str):
                body.text = (body.text or "") + node
            else:
                body.append(node)
        return root, parser.errors

    @property
    def root(self) -> Any:
        """The `html` element; a fragment stands in an empty one."""
        return self._parsed[0]

    @property
    def mistakes(self) -> list[Any]:
        """What the HTML standard calls parse errors."""
        return self._parsed[1]

    def all(self, xpath: str) -> list[Any]:
        found: list[Any] = self.root.xpath(xpath)
        return found

    @cached_property
    def ids(self) -> list[str]:
        return self.all("//@id")

    @property
    def language(self) -> Language | None:
        """The language that the path promises; none where it promises none."""
        if zone_of(self.path) is Zone.DESK:
            return DANISH
        zone, code = [*self.path.split("/"), "", ""][1:3]
        return LANGUAGES.get(code if zone_of(self.path) in COOKIE_ZONES else zone)


def words(element: Any) -> str:
    """The text of an element, its white space made one."""
    return " ".join("".join(element.itertext()).split())


def is_well_formed(sheet: Sheet) -> Iterator[str]:
    for (line, _), code, details in sheet.mistakes:
        yield f"line {line}: {code} {details}"


def has_one_heading_that_begins_the_title(sheet: Sheet) -> Iterator[str]:
    headings = sheet.all("//h1")
    if len(headings) != 1 or not sheet.all("//main//h1"):
        yield f"{len(headings)} h1, {len(sheet.all('//main//h1'))} of them in main"
        return
    title = words(sheet.all("//title")[0])
    if zone_of(sheet.path) is Zone.SAMTALE:
        # Whoever sees the tab or the history learns nothing of what is written there.
        if sheet.language and not title.startswith(f"{sheet.language.gettext('Write to us')} – "):
            yield f"the title {title!r} tells what goes on"
        return
    if not words(headings[0]) or not title.startswith(words(headings[0])):
        yield f"the title {title!r} does not begin with the heading {words(headings[0])!r}"


def can_be_left_at_once(sheet: Sheet) -> Iterator[str]:
    """Where nobody may be seen, the way out is what the first press of the Tab key reaches."""
    reached = sheet.all("//a|//button|//input[not(@type='hidden')]|//textarea|//select|//summary")
    if zone_of(sheet.path) is Zone.SAMTALE and not (reached and reached[0].xpath("ancestor::*[@class='leave']")):
        yield f"Tab reaches first {[words(one) for one in reached[:1]]}"


def speaks_the_language_of_its_path(sheet: Sheet) -> Iterator[str]:
    code = sheet.root.get("lang")
    if code not in LANGUAGES or (sheet.language and sheet.language.code != code):
        yield f"lang is {code!r}"
    elif sheet.root.get("dir") != LANGUAGES[code].dir:
        yield f"dir is {sheet.root.get('dir')!r}"


def links_keep_the_language(sheet: Sheet) -> Iterator[str]:
    for href in sheet.all("//a[starts-with(@href, '/')][not(@lang)][not(@hreflang)]/@href"):
        target = Sheet(urlsplit(href).path, "").language
        if target and sheet.language and target != sheet.language and zone_of(href) is not Zone.DESK:
            yield f"{href} leads to another language"


def has_landmarks(sheet: Sheet) -> Iterator[str]:
    if len(sheet.all("//main")) != 1:
        yield "not exactly one main"
    yield from ("a nav without a name" for _ in sheet.all("//nav[not(@aria-label)][not(@aria-labelledby)]"))
    if not sheet.all("//meta[@name='viewport']"):
        yield "no viewport"


def headings_skip_no_level(sheet: Sheet) -> Iterator[str]:
    before = 0
    for heading in sheet.all("//h1|//h2|//h3|//h4|//h5|//h6"):
        level = int(heading.tag[1])
        if level > before + 1 and not (before == 0 and not sheet.is_page):
            yield f"h{level} {words(heading)!r} follows h{before}"
        if not words(heading):
            yield f"an empty {heading.tag}"
        before = level


def ids_are_unique(sheet: Sheet) -> Iterator[str]:
    yield from (f"id {one} stands {times} times" for one, times in Counter(sheet.ids).items() if times > 1)
    yield from (f"id {one!r} has a space or is empty" for one in sheet.ids if not one or " " in one)


def references_lead_somewhere(sheet: Sheet) -> Iterator[str]:
    known = set(sheet.ids)
    for name in REFERENCES:
        for value in sheet.all(f"//@{name}"):
            yield from (f"{name}={one} leads nowhere" for one in value.split() if one not in known)
    for name in ("href", "hx-target", "hx-include", "hx-indicator"):
        for value in sheet.all(f"//@{name}[starts-with(., '#')]"):
            if value[1:] not in known:
                yield f"{name}={value} leads nowhere"


def fields_are_labelled(sheet: Sheet) -> Iterator[str]:
    labelled = set(sheet.all("//label[normalize-space()]/@for"))
    for field in sheet.all("//input|//select|//textarea"):
        named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labelled
        if field.get("type") not in UNLABELLED_TYPES and not named and not field.xpath("ancestor::label"):
            yield f"{field.tag} {field.get('name')} has no label"
    for radio in sheet.all("//input[@type='radio'][not(ancestor::fieldset/legend[normalize-space()])]"):
        yield f"radio {radio.get('name')} stands outside a fieldset with a legend"


def controls_have_names(sheet: Sheet) -> Iterator[str]:
    for control in sheet.all("//button|//a|//summary"):
        if not words(control) and not control.get("aria-label") and not control.xpath(".//img[@alt!='']"):
            yield f"a {control.tag} without words: {dict(control.attrib)}"
    yield from ("a link without href" for _ in sheet.all("//a[not(@href)]"))
    yield from ("a button without a type" for _ in sheet.all("//button[not(@type)]"))
    for href in sheet.all("//a/@href"):
        if href in {"", "#"} or href.lower().startswith("javascript:"):
            yield f"href={href!r}"


def forms_are_whole(sheet: Sheet) -> Iterator[str]:
    for form in sheet.all("//form"):
        action, method = form.get("action", ""), form.get("method", "")
        tokens = form.xpath(".//input[@name='csrf_token'][@type='hidden']/@value")
        if not action.startswith("/"):
            yield f"a form with the action {action!r}"
        if method not in {"get", "post"}:
            yield f"the form {action} has the method {method!r}"
        # Before somebody is inside, no form of the anonymous zone has anything to carry: its origin alone proves it.
        least = 0 if zone_of(action) is Zone.SAMTALE and not sheet.all("//input[@name='csrf_token']") else 1
        if method == "post" and (not least <= len(tokens) <= 1 or not all(tokens)):
            yield f"the form {action} carries {len(tokens)} tokens"
        if method == "get" and tokens:
            yield f"the form {action} would put its token into the address"
        if method == "post" and zone_of(action) is Zone.PUBLIC:
            yield f"the form {action} would store something without a session"
        if not form.xpath(".//button[not(@type='button')]|.//input[@type='submit']"):
            yield f"the form {action} has no button"


def nothing_is_inline(sheet: Sheet) -> Iterator[str]:
    yield from (f"inline style {style!r}" for style in sheet.all("//@style"))
    yield from ("a style element" for _ in sheet.all("//style"))
    yield from ("an inline script" for _ in sheet.all("//script[not(@src)]|//script[normalize-space()]"))
    for element in sheet.all("//*"):
        for name in element.attrib:
            if str(name).startswith("on"):
                yield f"{name} on a {element.tag}"
    for url in sheet.all("//script/@src|//link/@href|//img/@src|//source/@src|//iframe/@src|//object/@data"):
        if not url.startswith("/static/"):
            yield f"{url} is loaded from elsewhere"


def htmx_is_a_courtesy(sheet: Sheet) -> Iterator[str]:
    for element in sheet.all("//*[@*[starts-with(name(), 'hx-')]]"):
        names = {str(name) for name in element.attrib if str(name).startswith("hx-")}
        yield from (f"{name} is not in the house's vocabulary" for name in names - HTMX_ATTRIBUTES)
        yield from (f"script in {name}" for name in names if "js:" in element.get(name) or "[" in element.get(name))
        address = element.get("hx-get") or element.get("hx-post")
        form = element if element.tag == "form" else next(iter(element.xpath("ancestor::form")), None)
        plain = element.get("href") or element.get("formaction") or (form.get("action") if form is not None else None)
        if address is not None and (plain is None or urlsplit(plain).path != urlsplit(address).path):
            yield f"without script, the {element.tag} does not lead to {address}"


def pictures_are_told_or_hidden(sheet: Sheet) -> Iterator[str]:
    yield from ("an image without alt" for _ in sheet.all("//img[not(@alt)]"))
    for picture in sheet.all("//*[local-name()='svg']"):
        if picture.get("aria-hidden") != "true" and not (picture.get("role") == "img" and picture.get("aria-label")):
            yield "an svg neither hidden nor named"


def nothing_is_left_over(sheet: Sheet) -> Iterator[str]:
    told = [*sheet.all("//text()"), *sheet.all("//@*[name()!='value' or ../@name!='csrf_token']")]
    given_back = [area.text for area in sheet.all("//textarea")]
    for text in told:
        yield from (f"{sign} in {text.strip()!r}" for sign in LEFT_OVERS if sign in text)
        if text.strip() in {"None", "True", "False"}:
            yield f"a bare {text.strip()}"
        if CPR.search(text) and text not in given_back:
            yield f"a personal number in {text.strip()!r}"


def fits_the_budget(sheet: Sheet) -> Iterator[str]:
    size = len(brotli.compress(sheet.text.encode(), quality=5))
    if size > PAGE_BUDGET:
        yield f"{size} bytes on the wire, more than {PAGE_BUDGET}"


def is_one_element_with_an_id(sheet: Sheet) -> Iterator[str]:
    roots = sheet.all("//body/*")
    if len(roots) != 1 or not roots[0].get("id"):
        yield f"the root elements of a fragment are {[(root.tag, root.get('id')) for root in roots]}"


Law = Callable[[Sheet], Iterator[str]]
LAWS_OF_PAGES: tuple[Law, ...] = (
    has_one_heading_that_begins_the_title,
    can_be_left_at_once,
    speaks_the_language_of_its_path,
    has_landmarks,
    references_lead_somewhere,
    fits_the_budget,
)
LAWS_OF_FRAGMENTS: tuple[Law, ...] = (is_one_element_with_an_id,)
LAWS_OF_BOTH: tuple[Law, ...] = (
    is_well_formed,
    links_keep_the_language,
    headings_skip_no_level,
    ids_are_unique,
    fields_are_labelled,
    controls_have_names,
    forms_are_whole,
    nothing_is_inline,
    htmx_is_a_courtesy,
    pictures_are_told_or_hidden,
    nothing_is_left_over,
)


def broken_laws(sheet: Sheet) -> list[str]:
    """Every law that a page or fragment breaks, in sentences."""
    laws = (*(LAWS_OF_PAGES if sheet.is_page else LAWS_OF_FRAGMENTS), *LAWS_OF_BOTH)
    return [f"{law.__name__}: {problem}" for law in laws for problem in law(sheet)]
