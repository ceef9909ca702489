"""Each kind of read that staff can make of a child's record is declared, and told to parents in words of their own."""

import ast
import sys

import pytest

from parentsite.app import JOURNEYS
from parentsite.desk.acts import all_readings
from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.reading import Reading
from parentsite.people.visibility import Facet
from tests.house_rules.routes import routes_of
from tests.house_rules.source import PACKAGE, listed, modules
from tests.sites import Site

DECLARED = all_readings(JOURNEYS)
LIKE_A_READ = ("read", "listed", "opened_by_staff", "exported")


def test_every_read_that_is_declared_is_handed_to_the_page_of_who_has_looked() -> None:
    """By its journey: what a journey keeps to itself would be told in no words."""
    loaded = [module for name, module in sys.modules.items() if name.startswith("parentsite.")]
    made = {one.action for module in loaded for one in vars(module).values() if isinstance(one, Reading)}
    assert made
    assert made == {one.action for one in DECLARED}
    assert len(DECLARED) == len({one.action for one in DECLARED})


def test_no_read_is_recorded_past_its_declaration() -> None:
    """`audit.record` writes what was done; that something was read is for `record_read` alone to say."""
    found = []
    for path, tree in modules():
        for call in ast.walk(tree):
            if not (isinstance(call, ast.Call) and ast.unparse(call.func) in ("audit.record", "record")):
                continue
            words = [each.value for each in ast.walk(call) if isinstance(each, ast.Constant)]
            acts = [word for word in words if isinstance(word, str) and word.endswith(LIKE_A_READ)]
            looks = any(keyword.arg == "looks" for keyword in call.keywords)
            if acts or (looks and path != PACKAGE / "foundation" / "reading.py"):
                found.append(f"{path.relative_to(PACKAGE)}:{call.lineno}: {acts}")
    assert not found, listed(found)


@pytest.mark.parametrize("reading", DECLARED, ids=lambda one: one.action)
def test_it_says_what_was_read_by_whom_and_why_in_every_language(reading: Reading) -> None:
    said = [reading.words, *reading.offices.values(), *reading.purposes.values()]
    assert reading.offices
    assert reading.purposes
    for language in LANGUAGES.values():
        told = [language.gettext(words) for words in said]
        assert all(told)
        assert language.code == "en" or not set(told) & set(said), "a text that is in no catalogue"
        assert not any(reading.action in words for words in told)


@pytest.mark.parametrize("reading", DECLARED, ids=lambda one: one.action)
def test_it_names_the_facets_that_must_be_seen_and_the_offices_that_exist(site: Site, reading: Reading) -> None:
    assert reading.facets
    assert reading.facets <= set(Facet)
    roles = {role for route in routes_of(site) if route.policy for role in route.policy.roles}
    assert set(reading.offices) <= roles
