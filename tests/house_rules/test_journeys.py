"""Home, desk and the frame of every page know no journey by name: they ask the descriptors."""

import ast
from collections.abc import Iterator

from jinja2 import nodes

from parentsite.app import JOURNEYS
from parentsite.foundation.journey import Journey
from tests.house_rules.source import PACKAGE, listed, modules
from tests.house_rules.templates import names, tree


def _pages_of(journey: Journey) -> tuple[str, ...]:
    return tuple(f"{blueprint.name}." for each in journey.blueprints.values() for blueprint in each)


OWN = {journey.name for journey in JOURNEYS}
PAGES = tuple(page for journey in JOURNEYS for page in _pages_of(journey))
"""What the names of the journeys' pages begin with."""


def test_no_template_outside_a_journey_names_its_pages_or_templates() -> None:
    outside = [name for name in names() if name.split("/")[0] not in OWN | {"letters"}]
    assert {"base.html", "home/mine.html", "home/front.html", "desk/front.html"} <= set(outside)
    folders = tuple(f"{name}/" for name in OWN)
    found = [
        f"{name}:{constant.lineno}: {constant.value}"
        for name in outside
        for constant in tree(name).find_all(nodes.Const)
        if isinstance(constant.value, str) and constant.value.startswith((*PAGES, *folders))
    ]
    assert not found, listed(found)


def test_no_template_of_a_journey_names_the_pages_of_others() -> None:
    """What lies above it, home above all, is handed down by the frame of every page."""
    found, pages = [], 0
    for name in names():
        own = {journey.name: _pages_of(journey) for journey in JOURNEYS}.get(name.split("/")[0])
        for page in _pages_named_in(name) if own else ():
            pages += 1
            found += [] if page.startswith(own) else [f"{name}: {page}"]
    assert pages
    assert not found, listed(found)


def test_no_module_outside_a_journey_names_its_pages() -> None:
    found = list(_named_in_modules())
    assert not found, listed(found)


def test_every_way_leads_to_a_page_of_its_own_journey() -> None:
    for journey in JOURNEYS:
        ways = [way for found in journey.ways.values() for way in found]
        assert ways
        assert all(way.endpoint.startswith(_pages_of(journey)) for way in ways)


def _pages_named_in(template: str) -> Iterator[str]:
    for call in tree(template).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "url_for" and isinstance(call.args[0], nodes.Const):
            yield str(call.args[0].value)


def _named_in_modules() -> Iterator[str]:
    for path, module in modules():
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room in OWN:
            continue
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(PAGES):
                yield f"{path.name}:{node.lineno}: {node.value}"
