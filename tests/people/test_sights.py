"""The gate asked in the database: from which day to which day an adult sees a child, and who may be told of it."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest

from parentsite.people.models import Child, RelationKind
from parentsite.people.visibility import NOTHING, Facet, sight_of, sights, sights_of, sights_of_all
from tests import builders
from tests.people.beside import ADULTS, CONTACT, CUSTODY, EXISTENCE, FOSTER, PLACE, RESIDENCE, TEXT, TIME
from tests.sites import Site


class TestSights:
    """The gate asked in the database."""

    TODAY = date(2026, 2, 12)

    def related(self, site: Site, *kinds: RelationKind, **more: date | None) -> tuple[UUID, UUID]:
        with site.work() as work:
            pair = builders.Pair(builders.person(work), builders.child(work))
            builders.relate(work, pair.parent, pair.child, *kinds, **more)  # type: ignore[arg-type]
        return pair.parent, pair.child

    def sees(self, site: Site, person: UUID, child: UUID, day: date = TODAY) -> Iterable[Facet]:
        with site.look() as work:
            found = sight_of(work.session, person, child, day)
        return found.facets if found else NOTHING

    @pytest.mark.parametrize("kind", ADULTS)
    def test_each_kind_of_adult(self, site: Site, kind: str) -> None:
        adult = ADULTS[kind]
        with site.work() as work:
            person, child = builders.person(work), builders.child(work, address_protected=adult.address_protected)
            builders.relate(work, person, child, *adult.relations, until=self.TODAY if adult.ended else None)
            if adult.is_blocked:
                builders.block(work, person, child)
        assert self.sees(site, person, child) == adult.sees
        with site.look() as work:
            found = sights(work.session, person, self.TODAY)
        assert {one.may_apply for one in found.values()} == ({adult.decides} if adult.sees else set())

    def test_a_relation_holds_from_its_first_day_up_to_its_last(self, site: Site) -> None:
        begins, ends = date(2026, 3, 1), date(2026, 4, 1)
        person, child = self.related(site, CUSTODY, RESIDENCE, since=begins, until=ends)
        told = {day: bool(self.sees(site, person, child, day)) for day in around(begins, ends)}
        assert told == {day: begins <= day < ends for day in around(begins, ends)}

    def test_a_block_holds_from_its_first_day_up_to_its_last(self, site: Site) -> None:
        begins, ends = date(2026, 3, 1), date(2026, 4, 1)
        person, child = self.related(site, CUSTODY, RESIDENCE)
        with site.work() as work:
            builders.block(work, person, child, since=begins, until=ends)
        told = {day: bool(self.sees(site, person, child, day)) for day in around(begins, ends)}
        assert told == {day: not begins <= day < ends for day in around(begins, ends)}

    def test_a_block_is_about_one_child(self, site: Site) -> None:
        with site.work() as work:
            person, one, other = builders.person(work), builders.child(work), builders.child(work)
            builders.lives_with(work, person, one, other)
            builders.block(work, person, one)
        with site.look() as work:
            assert set(sights(work.session, person, self.TODAY)) == {other}

    def test_who_may_be_told(self, site: Site) -> None:
        with site.work() as work:
            child = builders.child(work, address_protected=True)
            mother, father, carer, blocked, former = (builders.person(work) for _ in range(5))
            builders.lives_with(work, mother, child)
            builders.relate(work, father, child, CUSTODY)
            builders.relate(work, carer, child, FOSTER)
            builders.lives_with(work, blocked, child)
            builders.block(work, blocked, child)
            builders.relate(work, former, child, CUSTODY, until=self.TODAY)
        with site.look() as work:
            found = sights_of(work.session, child, self.TODAY)
        told = {facet: {adult for adult, sight in found.items() if sight.sees(facet)} for facet in Facet}
        assert told[EXISTENCE] == {mother, father, carer}
        assert told[PLACE] == told[TIME] == {mother, carer}
        assert told[CONTACT] == told[TEXT] == {mother}

    def test_of_a_child_who_has_died_nobody_is_told_anything_however_it_is_asked(self, site: Site) -> None:
        person, child = self.related(site, CUSTODY, RESIDENCE)
        with site.work() as work:
            assert sights_of_all(work.session, {child}, self.TODAY)[child].keys() == {person}
            work.session.get_one(Child, child).died_on = self.TODAY
        with site.look() as work:
            assert sight_of(work.session, person, child, self.TODAY) is None
            assert sights_of(work.session, child, self.TODAY) == {}
            assert sights_of_all(work.session, {child}, self.TODAY) == {}


def around(*turns: date) -> list[date]:
    return [turn + timedelta(days=days) for turn in turns for days in (-1, 0, 1)]
