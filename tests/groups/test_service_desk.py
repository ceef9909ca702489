"""What the desk asks of groups: lists, one group as staff see it, several meetings at once, invitations counted."""

from collections import Counter
from datetime import date, timedelta

import pytest

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.models import GroupMeeting, ParentGroup
from parentsite.groups.service import chores, desk_lists, desk_sheet, inside, meetings, reaching, staffing
from parentsite.groups.service.desk_lists import PAGE_SIZE, Shelf, Wanted
from parentsite.groups.service.errors import BadMeeting, GroupClosed, NeverInvited, NotFound
from parentsite.groups.service.joining import join
from parentsite.groups.service.meetings import Hours
from parentsite.groups.service.reaching import Invitation
from parentsite.people.models import ChildOrigin, RelationKind
from tests import builders
from tests.conftest import Working
from tests.databases import MOMENT
from tests.groups.scene import (
    ADDRESS,
    DISTRICT,
    EVENING,
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
)
from tests.groups.test_service_members import two_members
from tests.places.racing import Act, at_once, told
from tests.places.seen import acts_on, row


def weekly(now: Work, times: int, *, days: int = 7) -> list[Hours]:
    starts = now.now + timedelta(days=days)
    return [Hours(each, each + timedelta(hours=2)) for each in (starts + timedelta(weeks=n) for n in range(times))]


def test_several_meetings_are_planned_at_once_and_members_get_one_letter(work: Working) -> None:
    with work() as now:
        of, (mette, hers), _ = two_members(now)
        once = new_id()
        for _ in range(2):
            meetings.plan_meetings(now, once, of, weekly(now, 5), ADDRESS)
        shown = inside.inside(now, mette.parent, hers).meetings
        assert [(one.starts_at, one.address) for one in shown] == [(each.starts_at, ADDRESS) for each in weekly(now, 5)]
        assert letters(now.session, mette.parent) == ["groups/joined", "groups/meeting_planned"]
        with pytest.raises(NotFound):
            meetings.plan_meetings(now, once, group(now), weekly(now, 1), None)
        with pytest.raises(BadMeeting):
            meetings.plan_meetings(now, new_id(), of, weekly(now, 2, days=-3), None)


def test_a_meeting_moved_to_where_it_is_tells_nobody(work: Working) -> None:
    with work() as now:
        of, (mette, _), _ = two_members(now)
        made = meeting(now, of)
        before = row(now.session, GroupMeeting, made)
        starts, ends = before.starts_at, before.ends_at
        meetings.move_meeting(now, made, starts, ends, f" {ADDRESS} ")
        assert "groups/meeting_moved" not in letters(now.session, mette.parent)
        for _ in range(2):
            meetings.move_meeting(now, made, starts, ends, "Biblioteket")
        assert letters(now.session, mette.parent).count("groups/meeting_moved") == 1
        assert row(now.session, GroupMeeting, made).sequence == 1


def test_a_meeting_that_two_clerks_cancel_at_once_is_cancelled_once(database: Database) -> None:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        of, (mette, _), _ = two_members(now)
        made = meeting(now, of)
    done = at_once(database, *[Act(lambda work: meetings.cancel_meeting(work, made))] * 4)
    assert {told(one) for one in done} == {"done"}
    with database.read() as session:
        assert acts_on(session, made)["group.meeting_cancelled"] == 1
        assert letters(session, mette.parent).count("groups/meeting_cancelled") == 1


def test_a_form_sent_many_times_at_once_makes_one_group(database: Database) -> None:
    with database.write() as session:
        her, made = builders.clerk(Work(session, MOMENT, SYSTEM)), new_id()
    plan = staffing.Plan(MOTHERS, DISTRICT, WINTER, 6)
    done = at_once(database, *[Act(lambda work: staffing.open_group(work, made, her, plan))] * 4)
    assert {told(one) for one in done} == {"done"}
    with database.read() as session:
        assert acts_on(session, made)["group.opened"] == 1


def test_two_clerks_who_invite_at_once_write_one_letter_each(database: Database) -> None:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        of, families = group(now), [family(now) for _ in range(5)]
    done = at_once(database, *[Act(lambda work: reaching.invite(work, of))] * 3)
    assert Counter(one.answer for one in done) == {5: 1, 0: 2}
    with database.read() as session:
        assert all(letters(session, one.parent) == ["groups/invited"] for one in families)
        assert acts_on(session, of)["group.invited"] == 1


def test_two_clerks_who_change_the_places_at_once_leave_nobody_out(database: Database) -> None:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        of = group(now, capacity=1)
        for _ in range(6):
            each = family(now)
            join(now, each.parent, each.child, of)
    more = [Act(lambda work, to=to: staffing.resize(work, of, to)) for to in (3, 4, 4)]
    done = at_once(database, *more)
    assert {told(one) for one in done} <= {"done", "TooSmall"}
    with database.read() as session:
        assert Counter(states(session, of)) == {"joined": 1, "offered": 3, "waiting": 2}
        assert broken(session) == []


def test_what_is_counted_beforehand_is_what_is_sent(work: Working) -> None:
    with work() as now:
        of, one = group(now), family(now)
        second = builders.person(now, district=DISTRICT)
        builders.lives_with(now, second, one.child)
        expecting = builders.person(now, district=DISTRICT)
        due = builders.child(now, due=date(2026, 2, 20), name=None, origin=ChildOrigin.DECLARED)
        builders.relate(now, expecting, due, RelationKind.DECLARER)
        family(now, district=OTHER)
        blocked = family(now)
        builders.block(now, blocked.parent, blocked.child)
        assert reaching.invitation(now, of) == Invitation(parents=3, families=2, before=0)
        assert reaching.invite(now, of) == 3
        assert reaching.invitation(now, of) == Invitation(parents=0, families=0, before=3)
        family(now)
        assert reaching.invitation(now, of) == Invitation(parents=1, families=1, before=3)
        assert reaching.invite(now, of) == 1
        with pytest.raises(NeverInvited):
            reaching.invitation(now, group(now, kind=YOUNG))
        staffing.close(now, of)
        with pytest.raises(GroupClosed):
            reaching.invitation(now, of)


def test_a_list_shows_one_shelf_and_what_is_looked_for(work: Working) -> None:
    with work() as now:
        free, full, closed = group(now), group(now, capacity=1), group(now)
        evening = group(now, kind=EVENING, births=None, district=None)
        elsewhere = group(now, district=OTHER)
        staffing.cancel(now, group(now))
        staffing.close(now, closed)
        one, two = family(now), family(now)
        for each in (one, two):
            join(now, each.parent, each.child, full)
        ahead = meeting(now, free, days=3)

        def shown(wanted: Wanted) -> set[object]:
            return {each.id for each in desk_lists.desk_groups(now, wanted).rows}

        assert shown(Wanted()) == {free, evening, elsewhere}
        assert shown(Wanted(Shelf.FULL)) == {full}
        assert shown(Wanted(Shelf.CLOSED)) == {closed}
        assert shown(Wanted(district=DISTRICT)) == {free, evening}
        assert shown(Wanted(kind=MOTHERS)) == {free, elsewhere}
        assert shown(Wanted(born=date(2026, 2, 28))) == {free, evening, elsewhere}
        assert shown(Wanted(born=date(2026, 3, 1))) == {evening}
        (only,) = desk_lists.desk_groups(now, Wanted(Shelf.FULL)).rows
        assert (only.taken, only.waiting, only.next_meeting) == (1, 1, None)
        (first,) = (each for each in desk_lists.desk_groups(now, Wanted()).rows if each.id == free)
        assert first.next_meeting == row(now.session, GroupMeeting, ahead).starts_at


def test_a_long_list_goes_on_on_the_next_page(work: Working) -> None:
    with work() as now:
        made = {group(now) for _ in range(PAGE_SIZE + 2)}
        pages = [desk_lists.desk_groups(now, Wanted(), number) for number in (1, 2)]
        assert [(len(sheet.rows), sheet.has_more) for sheet in pages] == [(PAGE_SIZE, True), (2, False)]
        assert {one.id for sheet in pages for one in sheet.rows} == made


def test_staff_see_who_must_be_kept_apart_and_who_is_protected(work: Working) -> None:
    with work() as now:
        of, one, his = group(now, capacity=2), family(now), family(now, "Bo")
        for each in (one, his):
            join(now, each.parent, each.child, of)
        builders.block(now, his.parent, one.child)
        hidden = builders.person(now, given_name="Sara", district=DISTRICT, address_protected=True)
        child = builders.child(now, born=date(2026, 1, 20), name="Ib", district=DISTRICT)
        builders.lives_with(now, hidden, child)
        join(now, hidden, child, of)
        sheet = desk_sheet.desk_group(now, of)
        assert [(m.name, m.must_not_meet, m.is_protected) for m in sheet.seated] == [
            ("Mette Lund", True, False),
            ("Bo Lund", True, False),
        ]
        assert [(m.name, m.child_name, m.phone, m.is_protected) for m in sheet.line] == [
            ("Sara Lund", "Ib", None, True)
        ]
        with pytest.raises(NotFound):
            desk_sheet.desk_group(now, new_id())


def test_staff_see_how_many_come(work: Working) -> None:
    with work() as now:
        of, (mette, hers), (sara, other) = two_members(now)
        made = meeting(now, of)
        meetings.cannot_come(now, mette.parent, hers, made)
        meetings.cannot_come(now, sara.parent, other, made)
        staffing.take_out(now, of, other)
        (shown,) = desk_sheet.desk_group(now, of).meetings
        assert (shown.absent, shown.address) == (1, ADDRESS)


def test_a_group_that_is_over_is_closed_and_who_waits_is_told(work: Working, clock: FixedClock) -> None:
    with work() as now:
        over, on, bare = (group(now, capacity=1) for _ in range(3))
        meeting(now, over, days=1)
        meeting(now, on, days=1)
        meeting(now, on, days=30)
        one, two = family(now), family(now)
        for each in (one, two):
            join(now, each.parent, each.child, over)
        assert desk_lists.without_meeting(now) == 1
    clock.move(days=14)
    with work() as now:
        assert chores.close_over(now) == 0
        assert desk_lists.without_meeting(now) == 2
    clock.move(days=1, hours=3)
    with work() as now:
        assert chores.close_over(now) == 1
        assert [row(now.session, ParentGroup, each).state for each in (over, on, bare)] == ["closed", "open", "open"]
        assert states(now.session, over) == ["joined", "ended"]
        assert letters(now.session, two.parent) == ["groups/ended"]
        assert chores.close_over(now) == 0
