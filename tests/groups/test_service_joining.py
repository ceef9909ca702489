"""Joining, standing in line, being offered a place, leaving: what a parent gets, and what the next one does."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import new_id
from parentsite.foundation.work import Work
from parentsite.groups.models import GroupMember, ParentGroup
from parentsite.groups.service import chores, inside, staffing
from parentsite.groups.service.errors import ChildHasSeat, GroupClosed, NotFound, OfferGone, OtherAge, TooSmall
from parentsite.groups.service.joining import accept, join, leave
from parentsite.people.models import RelationKind
from tests import builders
from tests.builders import Pair
from tests.conftest import Working
from tests.groups.scene import DISTRICT, YOUNG, broken, family, group, letters, meeting, states
from tests.places.seen import acts_on

OFFER_HOURS = 48


def full(work: Work, *waiting: Pair) -> tuple[UUID, list[UUID]]:
    """A group of two, both places taken, and who stands in line for it: the members' ids in the order of asking."""
    of = group(work)
    everybody = [family(work), family(work), *waiting]
    return of, [join(work, one.parent, one.child, of).member_id for one in everybody]


def test_joining_with_one_press_and_again_changes_nothing(work: Working) -> None:
    with work() as now:
        of, one = group(now), family(now)
        places = {join(now, one.parent, one.child, of) for _ in range(3)}
        ((made, state),) = [(place.member_id, place.state) for place in places]
        assert state == "joined"
        assert acts_on(now.session, made) == {"group.joined": 1}
        assert letters(now.session, one.parent) == ["groups/joined"]
        assert broken(now.session) == []


def test_a_full_group_has_a_line_with_numbers(work: Working) -> None:
    with work() as now:
        third, fourth = family(now), family(now)
        of, _ = full(now, third, fourth)
        assert states(now.session, of) == ["joined", "joined", "waiting", "waiting"]
        numbers = [inside.own_places(now, one.parent)[0].number for one in (third, fourth)]
        assert numbers == [1, 2]


def test_a_place_that_falls_free_is_offered_to_the_first_in_line_until_an_hour_that_is_said(work: Working) -> None:
    with work() as now:
        third, fourth = family(now), family(now)
        of, (first, _, waits, _) = full(now, third, fourth)
        leave(now, _person(now, first), first)
        (offered,) = inside.own_places(now, third.parent)
        assert (offered.state, offered.number) == ("offered", None)
        assert offered.offer_until == now.now + timedelta(hours=OFFER_HOURS)
        assert [inside.own_places(now, one.parent)[0].number for one in (fourth,)] == [1]
        assert letters(now.session, third.parent) == ["groups/offered"]
        newcomer = family(now)
        assert join(now, newcomer.parent, newcomer.child, of).state == "waiting"
        for _ in range(2):
            accept(now, third.parent, waits)
        assert states(now.session, of) == ["left", "joined", "joined", "waiting", "waiting"]
        assert broken(now.session) == []


def test_an_offer_that_is_not_answered_goes_to_the_next(work: Working, clock: FixedClock) -> None:
    with work() as now:
        third, fourth = family(now), family(now)
        of, (first, _, late, _) = full(now, third, fourth)
        leave(now, _person(now, first), first)
    clock.move(hours=OFFER_HOURS)
    with work() as now, pytest.raises(OfferGone):
        accept(now, third.parent, late)
    with work() as now:
        assert chores.overdue_groups(now) == [of]
        for _ in range(2):
            chores.settle_group(now, of)
        assert chores.overdue_groups(now) == []
        assert states(now.session, of) == ["left", "joined", "expired", "offered"]
        assert "groups/offer_expired" in letters(now.session, third.parent)
        again = join(now, third.parent, third.child, of)
        assert (again.state, again.member_id != late) == ("waiting", True)
        assert broken(now.session) == []


def test_a_forgotten_offer_keeps_nobody_out_also_when_no_worker_runs(work: Working, clock: FixedClock) -> None:
    with work() as now:
        third = family(now)
        of, (first, *_) = full(now, third)
        leave(now, _person(now, first), first)
    clock.move(hours=OFFER_HOURS)
    with work() as now:
        newcomer = family(now)
        assert join(now, newcomer.parent, newcomer.child, of).state == "joined"


def test_an_offer_does_not_outlive_the_last_meeting(work: Working, clock: FixedClock) -> None:
    with work() as now:
        third = family(now)
        of, (first, _, waits) = full(now, third)
        meeting(now, of, days=1)
        leave(now, _person(now, first), first)
        (offered,) = inside.own_places(now, third.parent)
        assert offered.offer_until == now.now + timedelta(days=1)
    clock.move(days=1)
    with work() as now:
        newcomer = family(now)
        with pytest.raises(OfferGone):
            accept(now, third.parent, waits)
        with pytest.raises(GroupClosed):
            join(now, newcomer.parent, newcomer.child, of)


def test_declining_and_leaving_the_line_let_the_next_move_up(work: Working) -> None:
    with work() as now:
        third, fourth = family(now), family(now)
        of, (first, _, waits, last) = full(now, third, fourth)
        leave(now, _person(now, first), first)
        leave(now, third.parent, waits)
        assert states(now.session, of) == ["left", "joined", "left", "offered"]
        for _ in range(2):
            leave(now, fourth.parent, last)
        assert states(now.session, of)[-1] == "left"
        assert broken(now.session) == []


def test_only_a_child_of_the_age_that_the_group_is_for(work: Working) -> None:
    with work() as now:
        of = group(now)
        older, elsewhere = family(now, born=date(2025, 1, 20)), family(now, district="skovlunde")
        with pytest.raises(OtherAge):
            join(now, older.parent, older.child, of)
        assert join(now, elsewhere.parent, elsewhere.child, of).state == "joined"
        expected = builders.child(now, due=date(2026, 2, 20), district=DISTRICT)
        builders.relate(now, older.parent, expected, RelationKind.DECLARER)
        assert join(now, older.parent, expected, of).state == "joined"


def test_both_parents_where_the_kind_allows_and_one_where_it_does_not(work: Working) -> None:
    with work() as now:
        one = family(now)
        other = builders.person(now, given_name="Ali", district=DISTRICT)
        builders.lives_with(now, other, one.child)
        mothers, young = group(now), group(now, kind=YOUNG)
        for of in (mothers, young):
            join(now, one.parent, one.child, of)
        assert join(now, other, one.child, young).state == "joined"
        with pytest.raises(ChildHasSeat):
            join(now, other, one.child, mothers)
        assert broken(now.session) == []


def test_strangers_and_who_must_not_know_the_childs_places_find_nothing(work: Working) -> None:
    with work() as now:
        of, one, stranger = group(now), family(now), family(now)
        place = join(now, one.parent, one.child, of).member_id
        apart = builders.person(now)
        builders.relate(now, apart, one.child, RelationKind.CUSTODY)
        builders.block(now, apart, one.child)
        for who in (stranger.parent, apart):
            with pytest.raises(NotFound):
                join(now, who, one.child, of)
            for verb in (accept, leave, inside.inside):
                with pytest.raises(NotFound):
                    verb(now, who, place)
        with pytest.raises(NotFound):
            join(now, one.parent, one.child, new_id())


def test_who_sees_the_child_no_more_may_still_leave(work: Working) -> None:
    with work() as now:
        of, one = group(now), family(now)
        place = join(now, one.parent, one.child, of).member_id
        builders.block(now, one.parent, one.child)
        assert inside.own_places(now, one.parent) == ()
        with pytest.raises(NotFound):
            inside.inside(now, one.parent, place)
        leave(now, one.parent, place)
        assert states(now.session, of) == ["left"]


def test_the_database_refuses_what_a_mistaken_program_would_do(work: Working) -> None:
    with work() as now:
        of, (first, _) = full(now)
        wrong = (
            update(ParentGroup).where(ParentGroup.id == of).values(taken=3),
            update(ParentGroup).where(ParentGroup.id == of).values(capacity=1),
            update(ParentGroup).where(ParentGroup.id == of).values(taken=-1),
            update(GroupMember).where(GroupMember.id == first).values(state="offered", offer_until=now.now),
            update(GroupMember).where(GroupMember.id == first).values(state="waiting"),
        )
        for statement in wrong:
            with pytest.raises(IntegrityError), now.session.begin_nested():
                now.session.execute(statement)


def test_resizing_offers_at_once_and_never_takes_a_place_away(work: Working) -> None:
    with work() as now:
        waiting = family(now)
        of, _ = full(now, waiting)
        with pytest.raises(TooSmall):
            staffing.resize(now, of, 1)
        staffing.resize(now, of, 3)
        assert states(now.session, of) == ["joined", "joined", "offered"]


def _person(work: Work, member: UUID) -> UUID:
    return work.session.scalars(select(GroupMember.person_id).where(GroupMember.id == member)).one()
