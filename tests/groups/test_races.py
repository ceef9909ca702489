"""Many parents at once over few places, on both databases: never one too many, and nobody who waits is forgotten."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.consent.service.reading import receipts_of
from parentsite.foundation.database import Database
from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.models import GroupMember
from parentsite.groups.service import chores, meetings, sharing, staffing
from parentsite.groups.service.joining import accept, join, leave
from parentsite.groups.service.phones import phone_matter
from parentsite.groups.service.staffing import resize
from tests import builders
from tests.builders import Pair
from tests.databases import MOMENT
from tests.groups.scene import broken, family, group, meeting, states
from tests.places.racing import Act, Done, at_once, told

FAMILIES, PLACES, ROUNDS = 40, 8, 3
LATER = MOMENT + timedelta(hours=48)


def prepared(database: Database, families: int = FAMILIES, places: int = PLACES) -> tuple[UUID, list[Pair]]:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        return group(now, capacity=places), [family(now) for _ in range(families)]


def joining(of: UUID, one: Pair, now: datetime = MOMENT) -> Act:
    return Act(lambda work: join(work, one.parent, one.child, of), now=now)


def leaving(one: Pair, member: UUID) -> Act:
    return Act(lambda work: leave(work, one.parent, member))


def in_line(database: Database, of: UUID, families: list[Pair]) -> list[UUID]:
    """All join, one after the other; the members' ids."""
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        return [join(now, one.parent, one.child, of).member_id for one in families]


def counted(database: Database, of: UUID) -> Counter[str]:
    """How many there are in each state, and nothing is broken."""
    with database.read() as session:
        assert broken(session) == []
        return Counter(states(session, of))


def all_done(done: list[Done]) -> None:
    assert {told(one) for one in done} == {"done"}


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_crowd_for_eight_places(database: Database, attempt: int) -> None:
    of, families = prepared(database)
    all_done(at_once(database, *(joining(of, one) for one in families[attempt:])))
    assert counted(database, of) == {"joined": PLACES, "waiting": FAMILIES - PLACES - attempt}


def test_a_double_click_is_one_place(database: Database) -> None:
    of, (one,) = prepared(database, families=1)
    done = at_once(database, *[joining(of, one)] * 6)
    all_done(done)
    assert len({each.answer for each in done}) == 1
    assert counted(database, of) == {"joined": 1}


def test_two_parents_of_one_child_after_the_one_seat(database: Database) -> None:
    of, (one,) = prepared(database, families=1)
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        other = Pair(builders.person(now), one.child)
        builders.lives_with(now, other.parent, one.child)
    done = at_once(database, *[joining(of, each) for each in (one, other)] * 3)
    assert Counter(map(told, done)) == {"done": 3, "ChildHasSeat": 3}
    assert counted(database, of) == {"joined": 1}


def test_everybody_leaves_and_everybody_in_line_is_offered_a_place(database: Database) -> None:
    of, families = prepared(database, families=3 * PLACES)
    members = in_line(database, of, families)
    goers = list(zip(families, members, strict=True))[:PLACES]
    newcomers = families[:PLACES]
    all_done(at_once(database, *(leaving(*each) for each in goers), *[leaving(*goers[0])] * 3))
    assert counted(database, of) == {"left": PLACES, "offered": PLACES, "waiting": PLACES}
    with database.read() as session:
        first_in_line = set(members[PLACES : 2 * PLACES])
        offered = select(GroupMember.id).where(GroupMember.state == "offered")
        assert set(session.scalars(offered)) == first_in_line
    all_done(at_once(database, *(joining(of, one) for one in newcomers)))
    assert counted(database, of)["waiting"] == 2 * PLACES


def test_answers_expiry_and_newcomers_at_the_same_moment(database: Database) -> None:
    """The worker ends the offers, twice over, while they are answered at the last second and others come."""
    of, families = prepared(database, families=3 * PLACES)
    members = in_line(database, of, families)
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        for one, member in list(zip(families, members, strict=True))[:PLACES]:
            leave(now, one.parent, member)
    second = list(zip(families, members, strict=True))[PLACES : 2 * PLACES]
    just_before = LATER - timedelta(seconds=1)
    answers = [
        Act(lambda work, one=one, member=member: accept(work, one.parent, member), now=just_before)
        for one, member in second
    ]
    worker = Act(lambda work: chores.settle_group(work, of), now=LATER)
    newcomers = [joining(of, one, LATER) for one in families[:PLACES]]
    done = at_once(database, *answers, worker, worker, *newcomers)
    assert {told(one) for one in done[:PLACES]} <= {"done", "OfferGone"}
    all_done(done[PLACES:])
    found = counted(database, of)
    accepted = sum(told(one) == "done" for one in done[:PLACES])
    assert (found["joined"], found["expired"]) == (accepted, PLACES - accepted)
    assert found["offered"] == PLACES - accepted
    with database.read() as session:
        wrote = Counter(session.scalars(select(OutboxLetter.name)))
    assert wrote["groups/offer_expired"] == found["expired"]
    assert wrote["groups/offered"] == 2 * PLACES - accepted


def test_closing_while_parents_join_and_leave(database: Database) -> None:
    of, families = prepared(database, families=2 * PLACES)
    members = in_line(database, of, families[: PLACES + 2])
    acts = [joining(of, one) for one in families[PLACES + 2 :]]
    acts += [leaving(one, member) for one, member in zip(families[:3], members, strict=False)]
    done = at_once(database, Act(lambda work: staffing.close(work, of)), *acts)
    assert {told(one) for one in done} <= {"done", "GroupClosed"}
    assert set(counted(database, of)) <= {"joined", "left", "ended"}


def test_cancelling_while_everything_happens_never_ends_in_a_deadlock(database: Database) -> None:
    of, families = prepared(database, families=2 * PLACES)
    members = in_line(database, of, families)
    with database.write() as session:
        made = meeting(Work(session, MOMENT, SYSTEM), of)
    pairs = list(zip(families, members, strict=True))
    acts = [
        Act(lambda work: staffing.cancel(work, of)),
        Act(lambda work: resize(work, of, PLACES + 4)),
        Act(lambda work: meetings.cancel_meeting(work, made)),
        *(leaving(*each) for each in pairs[:3]),
        *(
            Act(lambda work, one=one, member=member: meetings.cannot_come(work, one.parent, member, made))
            for one, member in pairs[2:6]
        ),
        *(
            Act(lambda work, one=one, member=member: sharing.share_phone(work, one.parent, member))
            for one, member in pairs[4:8]
        ),
    ]
    done = at_once(database, *acts)
    assert {told(one) for one in done} <= {"done", "NotFound", "TooLate"}
    assert {one.tries for one in done} == {1}
    assert set(counted(database, of)) <= {"left", "ended"}


def test_two_who_must_not_meet_join_at_the_same_moment(database: Database) -> None:
    of, (one, his) = prepared(database, families=2)
    with database.write() as session:
        builders.block(Work(session, MOMENT, SYSTEM), his.parent, one.child)
    all_done(at_once(database, joining(of, one), joining(of, his)))
    with database.read() as session:
        assert Counter(states(session, of)) == {"joined": 1, "waiting": 1}


def test_many_ticks_are_one_receipt(database: Database) -> None:
    of, (one,) = prepared(database, families=1)
    (member,) = in_line(database, of, [one])
    tick = Act(lambda work: sharing.share_phone(work, one.parent, member))
    all_done(at_once(database, *[tick] * 5))
    assert counted(database, of) == {"joined": 1}
    with database.read() as session:
        assert len(receipts_of(Work(session, MOMENT, SYSTEM), one.parent, phone_matter(one.parent, of))) == 1
