"""Who must never come upon whom through the site: for every kind of adult around a child, and for nobody else."""

import pytest

from parentsite.people.models import RelationKind
from parentsite.people.visibility import Facet, kept_apart
from tests import builders
from tests.people.beside import ADULTS
from tests.sites import Site

COMES_CLOSE = {Facet.PLACE, Facet.TIME}


@pytest.mark.parametrize("kind", ADULTS)
def test_an_adult_is_kept_from_the_other_parent_when_shut_out_of_where_and_when(site: Site, kind: str) -> None:
    """An adult with no tie to the child at all is a stranger: there is nothing to keep from strangers."""
    adult = ADULTS[kind]
    with site.work() as work:
        mother, child = builders.person(work), builders.child(work, address_protected=adult.address_protected)
        builders.lives_with(work, mother, child)
        other, today = builders.person(work), work.today
        builders.relate(work, other, child, *adult.relations, until=today if adult.ended else None)
        if adult.is_blocked:
            builders.block(work, other, child)
        held = bool(adult.relations) and not adult.ended
        shut_out = adult.is_blocked or (held and not adult.sees >= COMES_CLOSE)
        expected = {(other, mother)} if shut_out else set()
        assert kept_apart(work.session, [other], today) == expected
        assert kept_apart(work.session, [mother], today) == expected, "asked from the other side it is the same pair"
        assert kept_apart(work.session, [builders.person(work)], today) == set()


def test_a_block_counts_without_any_relation_and_on_its_days_only(site: Site) -> None:
    with site.work() as work:
        mother, other, child = builders.person(work), builders.person(work), builders.child(work)
        builders.lives_with(work, mother, child)
        builders.block(work, other, child)
        ended = builders.person(work)
        builders.block(work, ended, child, until=work.today)
        assert kept_apart(work.session, [other, ended], work.today) == {(other, mother)}


def test_all_who_know_where_the_child_is_are_kept_from_the_one_who_may_not(site: Site) -> None:
    with site.work() as work:
        mother, carer, other, child = (*(builders.person(work) for _ in range(3)), builders.child(work))
        builders.lives_with(work, mother, child)
        builders.relate(work, carer, child, RelationKind.FOSTER)
        builders.block(work, other, child)
        assert kept_apart(work.session, [other], work.today) == {(other, mother), (other, carer)}
