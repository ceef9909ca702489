"""Who may see which side of a child's life: the gate itself, and every page below /mit held to what it registers here.

A new page fails the suite until it says which facets it shows; and it may show nobody more than the gate allows.
"""

import pytest

from parentsite.people.models import RelationKind
from parentsite.people.visibility import NOTHING, facets_for
from parentsite.town.town import Town
from tests import builders
from tests.people.beside import ADULTS, DECLARER, RESIDENCE, World, parents_routes
from tests.people.registered import SHOWS
from tests.sites import Site


@pytest.mark.parametrize("kind", ADULTS)
def test_the_gate(kind: str) -> None:
    adult = ADULTS[kind]
    held = () if adult.ended else adult.relations
    seen = facets_for(held, is_blocked=adult.is_blocked, address_protected=adult.address_protected)
    assert seen == adult.sees


@pytest.mark.parametrize("protected", [False, True])
def test_a_block_outweighs_everything_and_more_relations_never_show_less(protected: bool) -> None:
    for kind in RelationKind:
        assert facets_for(RelationKind, is_blocked=True, address_protected=protected) == NOTHING
        alone = facets_for([kind], is_blocked=False, address_protected=protected)
        assert alone <= facets_for([kind, RESIDENCE], is_blocked=False, address_protected=protected)


def test_every_page_below_mit_says_what_it_shows(site: Site) -> None:
    assert {route.rule.endpoint for route in parents_routes(site)} == set(SHOWS)


@pytest.mark.parametrize("kind", [kind for kind, adult in ADULTS.items() if DECLARER not in adult.relations])
def test_no_page_shows_an_adult_more_than_the_gate_allows(site: Site, town: Town, kind: str) -> None:
    adult = ADULTS[kind]
    seen = World(site, adult).seen(town)
    assert {page: facets for page, facets in seen.items() if not facets <= adult.sees & SHOWS[page]} == {}


def test_every_page_shows_what_it_is_registered_for(site: Site, town: Town) -> None:
    """Otherwise the matrix would prove nothing: each facet is seen with an open offer or without."""
    adult = ADULTS["lives with the child and holds custody"]
    offered, waiting = World(site, adult), World(site, adult, offered=False)
    with site.work() as work:
        builders.lives_with(work, waiting.looks, offered.child)
    waiting.offer = offered.offer
    seen, also = offered.seen(town), waiting.seen(town)
    assert {page: seen[page] | also[page] for page in seen} == SHOWS
