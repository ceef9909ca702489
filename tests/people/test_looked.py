"""Who is told that staff have looked: every kind of read, for every kind of adult, and for whosever the thing is.

A new kind of read fails the suite until it stands in the table.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import pytest

from parentsite.foundation.audit import record
from parentsite.foundation.work import Work
from parentsite.people.looked import PAGE_SIZE, Look, all_looks, looks
from parentsite.people.merging import merge
from parentsite.people.models import ChildOrigin
from parentsite.places.service import reading as places
from tests import builders
from tests.people.beside import ADULTS, CUSTODY, RESIDENCE
from tests.people.reads import READINGS, by_staff, read
from tests.sites import Site

BY_ACTION = {one.action: one for one in READINGS}
CHILD, SELF, OTHER = "the child", "the adult who asks", "the adult whom the child lives with"
Read = tuple[str, str]


def of(whose: Collection[str], *actions: str) -> set[Read]:
    return {(action, one) for action in actions for one in whose}


ANY = (CHILD, SELF, OTHER)
CASE = of(ANY, "application.read", "applications.listed", "application.found_read")
LINE, FAMILY = of(ANY, "waiting_list.read"), of(ANY, "visit.family_read")
TALKS = of(ANY, "visit.start_talks_listed")
AT_HOME = ("visit.read", "visit.day_read", "visit.families_listed")
GROUPS = of([SELF], "group.members_read", "group.member_read")
LETTERS = of([SELF], "letter.read", "letter.listed_read")
PAPERS = of(ANY, "visit.papers_read")
FOUND = of(ANY, "visit.found_read")
LOG = of(ANY, "log.found_read", "log.read", "log.exported")
SCHOOL_START = of(ANY, *(action for action in BY_ACTION if action.startswith("readiness.")))
UNKNOWN = "record.read_long_ago"

OF_THE_CHILD = CASE | LINE | FAMILY | TALKS | SCHOOL_START | PAPERS | LETTERS | FOUND | LOG
EVERYTHING = OF_THE_CHILD | of(ANY, *AT_HOME, UNKNOWN) | GROUPS
OWN_HOME = of((CHILD, SELF), *AT_HOME)
TOLD: Mapping[str, set[Read]] = {
    "lives with the child and holds custody": EVERYTHING,
    "the same, address protected": EVERYTHING,
    "shares the residence": EVERYTHING - of([OTHER], *AT_HOME, UNKNOWN),
    "holds custody, lives elsewhere": OF_THE_CHILD | OWN_HOME | GROUPS,
    "the same, address protected (custody)": CASE | LETTERS | LOG,
    "foster carer": CASE | LINE | FAMILY | OWN_HOME | GROUPS | LETTERS | FOUND | LOG,
    "declared the child": EVERYTHING,
    "blocked, though living with the child": set(),
    "blocked, with custody": set(),
    "whose relation has ended": set(),
    "a stranger": set(),
}


class Why(StrEnum):
    LONG_AGO = "long_ago"


def family(work: Work, kind: str) -> Mapping[str, UUID]:
    """The adult of this kind, the child, and another adult whom the child lives with."""
    adult = ADULTS.get(kind, ADULTS["lives with the child and holds custody"])
    shares = kind == "shares the residence"
    person, other = builders.person(work), builders.person(work)
    child = builders.child(work, address_protected=adult.address_protected)
    builders.relate(work, person, child, *adult.relations, until=work.today if adult.ended else None, shared=shares)
    builders.relate(work, other, child, CUSTODY)
    builders.relate(work, other, child, RESIDENCE, shared=shares)
    if adult.is_blocked:
        builders.block(work, person, child)
    return {CHILD: child, SELF: person, OTHER: other}


def read_everything(work: Work, home: Mapping[str, UUID]) -> Mapping[object, Read]:
    """One read of each kind for whosever the thing may be, each a minute after the last; what was read, by moment."""
    made: dict[object, Read] = {}
    for whose in ANY:
        look = (home[CHILD], home[whose])
        for one in READINGS:
            now = replace(work, now=work.now + timedelta(minutes=len(made)))
            read(now, one, look)
            made[now.now] = (one.action, whose)
        now = replace(work, now=work.now + timedelta(minutes=len(made)))
        record(by_staff(now), UNKNOWN, [home[CHILD]], about=("thing", "1"), purpose=Why.LONG_AGO, looks=[look])
        made[now.now] = (UNKNOWN, whose)
    return made


def told(site: Site, person: UUID, child: UUID) -> list[Look]:
    with site.look() as now:
        return list(all_looks(now, person, child, READINGS))


def test_every_kind_of_read_and_of_adult_stands_in_the_table() -> None:
    assert {one.action for one in READINGS} | {UNKNOWN} == {action for action, _ in EVERYTHING}
    assert set(TOLD) == set(ADULTS) | {"shares the residence"}


@pytest.mark.parametrize("kind", TOLD)
def test_an_entry_is_as_visible_as_what_was_read(site: Site, kind: str) -> None:
    with site.work() as now:
        home = family(now, kind)
        made = read_everything(now, home)
    found = told(site, home[SELF], home[CHILD])
    assert {made[one.at] for one in found} == TOLD[kind]
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)


def test_one_opening_that_showed_both_homes_is_told_once(site: Site) -> None:
    with site.work() as now:
        home = family(now, "lives with the child and holds custody")
        read(now, BY_ACTION["visit.day_read"], (home[CHILD], home[SELF]), (home[CHILD], home[OTHER]))
    assert len(told(site, home[SELF], home[CHILD])) == 1


def test_a_place_in_a_group_of_the_other_parent_stays_unknown_where_both_are_members(site: Site) -> None:
    """The same group with a child each: each is told for the own child alone."""
    with site.work() as now:
        home = family(now, "lives with the child and holds custody")
        twin = builders.child(now)
        for adult in (home[SELF], home[OTHER]):
            builders.lives_with(now, adult, twin)
        read(now, BY_ACTION["group.members_read"], (home[CHILD], home[SELF]), (twin, home[OTHER]))
    assert len(told(site, home[SELF], home[CHILD])) == 1
    assert told(site, home[SELF], twin) == []


def test_what_parents_and_the_site_itself_do_is_no_look(site: Site) -> None:
    with site.work() as now:
        pair = builders.family(now)
        builders.sent(now, pair, confirmed=True)
    assert told(site, pair.parent, pair.child) == []


def test_reads_from_before_the_register_knew_the_child_go_with_it(site: Site) -> None:
    with site.work() as now:
        pair = builders.family(now)
        before = builders.child(now, origin=ChildOrigin.DECLARED)
        read(now, places.LINE, (before, before))
        merge(now, before, pair.child)
    assert [one.reading for one in told(site, pair.parent, pair.child)] == [places.LINE]
    assert told(site, pair.parent, before) == []


def test_the_house_where_staff_work_is_named_only_to_who_may_know_of_places(site: Site) -> None:
    named = {"lives with the child and holds custody": "globen", "the same, address protected (custody)": None}
    for kind, institution in named.items():
        with site.work() as now:
            home = family(now, kind)
            read(now, places.APPLICATION, (home[CHILD], home[CHILD]), at="globen")
        (found,) = told(site, home[SELF], home[CHILD])
        assert found.institution == institution


def test_a_page_holds_so_many_and_the_next_page_the_rest(site: Site) -> None:
    with site.work() as now:
        pair = builders.family(now)
        for minute in range(PAGE_SIZE + 3):
            then = replace(now, now=now.now + timedelta(minutes=minute))
            read(then, places.APPLICATION, (pair.child, pair.child))
    with site.look() as now:
        pages = [looks(now, pair.parent, pair.child, READINGS, number) for number in (1, 2, 3)]
    assert [(len(one.rows), one.has_more) for one in pages] == [(PAGE_SIZE, True), (3, False), (0, False)]
    moments = [row.at for one in pages for row in one.rows]
    assert moments == sorted(set(moments), reverse=True)
