"""What a member sees, and nobody else: first names, a number by consent, meetings, messages; and who must not meet."""

from datetime import date

import pytest
from sqlalchemy import select

from parentsite.consent.rules import Answer, Shown
from parentsite.consent.service.reading import receipts_of
from parentsite.foundation.audit import AuditEntry
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import new_id
from parentsite.foundation.outbox import OutboxLetter
from parentsite.groups.models import GroupMeeting
from parentsite.groups.rules.fitting import Births, Fit
from parentsite.groups.service import desk_sheet, finding, inside, meetings, reaching, sharing, staffing
from parentsite.groups.service.errors import (
    GroupClosed,
    NotFound,
)
from parentsite.groups.service.inside import Fellow
from parentsite.groups.service.joining import accept, join, leave
from parentsite.groups.service.phones import phone_matter
from parentsite.people.models import RelationKind
from tests import builders
from tests.conftest import Working
from tests.groups.scene import (
    ADDRESS,
    DISTRICT,
    EVENING,
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
from tests.places.seen import entries, row, subjects

WORDS = "Tag et tæppe med på torsdag."


def test_what_fits_stands_first_and_a_group_tells_its_area_only(work: Working) -> None:
    with work() as now:
        older = group(now, births=Births(date(2024, 1, 1), date(2024, 3, 1)))
        elsewhere, fits = group(now, district=OTHER), group(now)
        starts = meeting(now, fits)
        one = family(now)
        found = finding.groups_for(now, one.parent, one.child)
        assert [(one.id, one.fit) for one in found] == [
            (fits, Fit.FITS),
            (elsewhere, Fit.OTHER_DISTRICT),
            (older, Fit.OTHER_AGE),
        ]
        first = found[0]
        assert (first.district, first.places_left, first.starter, first.languages) == (
            DISTRICT,
            2,
            "Hanne Sund",
            ("da",),
        )
        assert first.next_meeting == row(now.session, GroupMeeting, starts).starts_at
        assert ADDRESS not in repr(found)
        place = join(now, one.parent, one.child, fits)
        joined = finding.group_for(now, one.parent, one.child, fits)
        assert (joined.places_left, joined.place) == (1, (place.member_id, place.state))


def test_a_group_that_nobody_can_join_is_not_offered(work: Working, clock: FixedClock) -> None:
    with work() as now:
        closed, over, one = group(now), group(now), family(now)
        meeting(now, over, days=1)
        staffing.close(now, closed)
    clock.move(days=1)
    with work() as now:
        assert finding.groups_for(now, one.parent, one.child) == ()
        for of in (closed, over):
            with pytest.raises(NotFound):
                finding.group_for(now, one.parent, one.child, of)
            with pytest.raises(GroupClosed):
                join(now, one.parent, one.child, of)


def test_members_see_a_first_name_and_a_number_only_by_consent(work: Working) -> None:
    with work() as now:
        of, (mette, hers), (sara, other) = two_members(now)
        assert inside.inside(now, sara.parent, other).fellows == (Fellow("Mette", None),)
        for _ in range(2):
            sharing.share_phone(now, mette.parent, hers, language="ar")
        assert inside.inside(now, sara.parent, other).fellows == (Fellow("Mette", "12345678"),)
        assert inside.inside(now, mette.parent, hers).shares_phone
        for _ in range(2):
            sharing.stop_sharing(now, mette.parent, hers)
        assert inside.inside(now, sara.parent, other).fellows == (Fellow("Mette", None),)
        withdrawn, given = receipts_of(now, mette.parent, phone_matter(mette.parent, of))
        assert (given.answer, withdrawn.answer) == (Answer.YES, Answer.WITHDRAWN)
        assert given.shown == Shown("مجموعة الأمهات (mødregruppe)", "groups.phone", 1, "ar")
        with pytest.raises(NotFound):
            sharing.share_phone(now, sara.parent, hers)


def test_a_number_that_was_ticked_while_joining_is_shared_and_no_more_after_leaving(work: Working) -> None:
    with work() as now:
        of, (mette, hers), _ = two_members(now)
        third = family(now, "Leyla")
        place = join(now, third.parent, third.child, of, shares_phone=True).member_id
        assert Fellow("Leyla", "12345678") in inside.inside(now, mette.parent, hers).fellows
        leave(now, third.parent, place)
        assert [one.first_name for one in inside.inside(now, mette.parent, hers).fellows] == ["Sara"]
        with pytest.raises(NotFound):
            inside.inside(now, third.parent, place)
        assert broken(now.session) == []


def test_who_waits_shares_nothing_until_there_is_a_place(work: Working) -> None:
    with work() as now:
        of, one, two = group(now, capacity=1), family(now), family(now, "Sara")
        first = join(now, one.parent, one.child, of).member_id
        second = join(now, two.parent, two.child, of, shares_phone=True).member_id
        with pytest.raises(NotFound):
            sharing.share_phone(now, two.parent, second)
        with pytest.raises(NotFound):
            inside.inside(now, two.parent, second)
        assert receipts_of(now, two.parent, phone_matter(two.parent, of)) == ()
        leave(now, one.parent, first)
        accept(now, two.parent, second, shares_phone=True)
        assert inside.inside(now, two.parent, second).shares_phone


def test_those_who_come_to_an_evening_are_not_told_of_one_another(work: Working) -> None:
    with work() as now:
        _, (mette, hers), _ = two_members(now, kind=EVENING, births=None, district=None)
        assert inside.inside(now, mette.parent, hers).fellows == ()


def test_a_blocked_adult_never_learns_of_the_other_parents_group(work: Working) -> None:
    """He comes with a child of his own, to the group of the child that he is blocked from."""
    with work() as now:
        of, one, his = group(now, capacity=3), family(now), family(now, "Bo")
        join(now, one.parent, one.child, of)
        builders.block(now, his.parent, one.child)
        shown = finding.group_for(now, his.parent, his.child, of)
        assert shown.places_left == 0
        place = join(now, his.parent, his.child, of)
        assert place.state == "waiting"
        third = family(now)
        assert join(now, third.parent, third.child, of).state == "joined"
        assert states(now.session, of) == ["joined", "waiting", "joined"]
        (told,) = inside.own_places(now, his.parent)
        assert (told.state, told.number) == ("waiting", 1)
        assert letters(now.session, his.parent) == []


def test_nor_does_she_come_upon_him(work: Working) -> None:
    with work() as now:
        of, one, his = group(now, capacity=3), family(now), family(now, "Bo")
        builders.block(now, his.parent, one.child)
        join(now, his.parent, his.child, of)
        assert finding.group_for(now, one.parent, one.child, of).places_left == 0
        assert join(now, one.parent, one.child, of).state == "waiting"


def test_when_a_block_comes_later_he_loses_the_group_and_staff_are_told(work: Working) -> None:
    with work() as now:
        of, (mette, hers), (sara, other) = two_members(now)
        meeting(now, of)
        builders.block(now, sara.parent, mette.child)
        with pytest.raises(NotFound):
            inside.inside(now, sara.parent, other)
        assert inside.own_places(now, sara.parent) == ()
        assert inside.inside(now, mette.parent, hers).fellows == ()
        assert [one.must_not_meet for one in desk_sheet.desk_group(now, of).members] == [True, True]
        staffing.take_out(now, of, other)
        assert [one.must_not_meet for one in desk_sheet.desk_group(now, of).members] == [False]


def test_a_protected_address_keeps_the_parent_who_lives_elsewhere_out_of_the_same_group(work: Working) -> None:
    with work() as now:
        of, his = group(now, capacity=3), family(now, "Bo")
        her, hers = (
            builders.person(now, district=DISTRICT),
            builders.child(now, born=WINTER.first, address_protected=True),
        )
        builders.lives_with(now, her, hers)
        builders.relate(now, his.parent, hers, RelationKind.CUSTODY)
        assert join(now, her, hers, of).state == "joined"
        assert join(now, his.parent, his.child, of).state == "waiting"
        with pytest.raises(NotFound):
            join(now, his.parent, hers, of)


def test_the_other_parent_reads_nothing_of_a_chosen_group(work: Working) -> None:
    with work() as now:
        of, one = group(now, kind=YOUNG), family(now)
        place = join(now, one.parent, one.child, of).member_id
        (entry,) = [found for found in entries(now.session) if found.record_id == str(place)]
        assert subjects(now.session, entry) == {one.parent}
        other = builders.person(now)
        builders.lives_with(now, other, one.child)
        assert inside.own_places(now, other) == ()
        assert finding.group_for(now, other, one.child, of).place is None


def test_nothing_outside_the_site_names_the_kind(work: Working) -> None:
    with work() as now:
        of, (mette, _), _ = two_members(now, kind=YOUNG)
        meetings.cancel_meeting(now, meeting(now, of))
        reaching.write_to_members(now, new_id(), of, WORDS)
        staffing.cancel(now, of)
        assert letters(now.session, mette.parent) == [
            "groups/ended",
            "groups/joined",
            "groups/meeting_cancelled",
            "groups/meeting_planned",
            "groups/message",
        ]
        sent = [f"{one.name} {one.ids} {one.key}" for one in now.session.scalars(select(OutboxLetter))]
        acts = [f"{one.action} {one.record_kind}" for one in now.session.scalars(select(AuditEntry))]
        assert not [told for told in (*sent, *acts) if YOUNG in told or "young" in told]
