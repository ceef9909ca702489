"""What staff do with a group: meetings, messages, invitations, closing; and what members say to a meeting."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import new_id
from parentsite.foundation.outbox import OutboxLetter
from parentsite.groups.models import GroupMeeting, GroupMember, GroupMessage
from parentsite.groups.service import desk_lists, inside, meetings, reaching, staffing
from parentsite.groups.service.desk_lists import Wanted
from parentsite.groups.service.errors import (
    BadGroup,
    BadMeeting,
    GroupClosed,
    NeverInvited,
    NotFound,
    TextNeeded,
    TooLate,
)
from parentsite.groups.service.joining import join
from parentsite.groups.service.staffing import Plan
from tests import builders
from tests.conftest import Working
from tests.groups.scene import (
    ADDRESS,
    DISTRICT,
    MOTHERS,
    OTHER,
    WINTER,
    YOUNG,
    broken,
    family,
    group,
    letters,
    meeting,
    states,
    two_members,
)
from tests.places.seen import row

WORDS = "Tag et tæppe med på torsdag."


def test_a_meeting_is_planned_moved_and_cancelled_and_its_calendar_counts(work: Working) -> None:
    with work() as now:
        of, (mette, hers), _ = two_members(now)
        made = meeting(now, of)
        (planned,) = inside.inside(now, mette.parent, hers).meetings
        assert (planned.address, planned.sequence, planned.state) == (ADDRESS, 0, "planned")
        assert ADDRESS.encode() not in row(now.session, GroupMeeting, made).address
        later = planned.starts_at + timedelta(days=1)
        meetings.move_meeting(now, made, later, later + timedelta(hours=1), None)
        for _ in range(2):
            meetings.cancel_meeting(now, made)
        (cancelled,) = inside.inside(now, mette.parent, hers).meetings
        assert (cancelled.starts_at, cancelled.address, cancelled.sequence, cancelled.state) == (
            later,
            None,
            2,
            "cancelled",
        )
        with pytest.raises(TooLate):
            meetings.move_meeting(now, made, later, later + timedelta(hours=1), None)
        with pytest.raises(BadMeeting):
            meetings.plan_meeting(now, new_id(), of, now.now, later, None)


def test_a_member_says_that_she_cannot_come_until_it_begins(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of, (mette, hers), (sara, other) = two_members(now)
        made, elsewhere = meeting(now, of), meeting(now, group(now))
        for _ in range(2):
            meetings.cannot_come(now, mette.parent, hers, made)
        assert [one.is_absent for one in inside.inside(now, mette.parent, hers).meetings] == [True]
        assert [one.is_absent for one in inside.inside(now, sara.parent, other).meetings] == [False]
        for _ in range(2):
            meetings.can_come(now, mette.parent, hers, made)
        assert [one.is_absent for one in inside.inside(now, mette.parent, hers).meetings] == [False]
        for who, place, when in ((sara.parent, hers, made), (mette.parent, hers, elsewhere)):
            with pytest.raises(NotFound):
                meetings.cannot_come(now, who, place, when)
    clock.move(days=7)
    with work() as now, pytest.raises(TooLate):
        meetings.cannot_come(now, mette.parent, hers, made)


def test_what_staff_write_lies_sealed_and_only_members_read_it(work: Working) -> None:
    with work() as now:
        of, (mette, hers), _ = two_members(now)
        made = new_id()
        for _ in range(2):
            reaching.write_to_members(now, made, of, f" {WORDS} ")
        assert inside.inside(now, mette.parent, hers).messages == ((now.now, WORDS),)
        assert WORDS.encode() not in row(now.session, GroupMessage, made).body
        assert letters(now.session, mette.parent) == ["groups/joined", "groups/message"]
        with pytest.raises(TextNeeded):
            reaching.write_to_members(now, new_id(), of, "  ")


def test_families_who_fit_are_invited_once_and_both_parents_are_asked(work: Working) -> None:
    with work() as now:
        of, one = group(now), family(now)
        second = builders.person(now, district=DISTRICT)
        builders.lives_with(now, second, one.child)
        member = family(now)
        family(now, born=date(2024, 1, 1))
        family(now, district=OTHER)
        join(now, member.parent, member.child, of)
        blocked = family(now)
        builders.block(now, blocked.parent, blocked.child)
        for _ in range(2):
            reaching.invite(now, of)
        invited = now.session.scalars(select(OutboxLetter.receiver_id).where(OutboxLetter.name == "groups/invited"))
        assert sorted(invited) == sorted([one.parent, second])


def test_nobody_is_invited_to_a_group_that_says_something_of_a_parent(work: Working) -> None:
    with work() as now:
        for of in (group(now, kind=YOUNG), group(now, births=None)):
            with pytest.raises(NeverInvited):
                reaching.invite(now, of)
        closed = group(now)
        staffing.close(now, closed)
        with pytest.raises(GroupClosed):
            reaching.invite(now, closed)


def test_closing_tells_who_waits_and_keeps_the_members(work: Working) -> None:
    with work() as now:
        of, one, two = group(now, capacity=1), family(now), family(now)
        for each in (one, two):
            join(now, each.parent, each.child, of)
        for _ in range(2):
            staffing.close(now, of)
        assert states(now.session, of) == ["joined", "ended"]
        assert letters(now.session, two.parent) == ["groups/ended"]
        staffing.reopen(now, of)
        assert join(now, two.parent, two.child, of).state == "waiting"
        staffing.cancel(now, of)
        assert states(now.session, of) == ["ended"] * 3
        with pytest.raises(TooLate):
            staffing.reopen(now, of)
        with pytest.raises(TooLate):
            meeting(now, of)
        assert broken(now.session) == []


def test_a_group_is_of_the_towns_kinds_and_its_form(work: Working) -> None:
    with work() as now:
        her, made = builders.clerk(now), new_id()
        good = Plan(MOTHERS, DISTRICT, WINTER, staffing.proposed_capacity(now), ("da", "ar"))
        for _ in range(2):
            staffing.open_group(now, made, her, good)
        (shown,) = desk_lists.desk_groups(now, Wanted()).rows
        assert (shown.id, shown.capacity, shown.taken, shown.waiting) == (made, 6, 0, 0)
        for bad in (
            Plan("kor", DISTRICT, WINTER, 6),
            Plan(MOTHERS, "atlantis", WINTER, 6),
            Plan(MOTHERS, DISTRICT, WINTER, None),
            Plan(MOTHERS, DISTRICT, WINTER, 0),
            Plan(MOTHERS, DISTRICT, WINTER, 6, ("xx",)),
        ):
            with pytest.raises(BadGroup):
                staffing.open_group(now, new_id(), her, bad)


def test_a_member_id_that_does_not_exist(work: Working) -> None:
    with work() as now:
        with pytest.raises(NotFound):
            staffing.take_out(now, group(now), new_id())
        assert now.session.scalars(select(GroupMember)).all() == []
