"""What ends a place without anybody's press, and what a town pack may not drop."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from parentsite.foundation.database import new_id
from parentsite.groups.journey import JOURNEY
from parentsite.groups.rules.membership import MemberState
from parentsite.groups.service import meetings, staffing
from parentsite.groups.service.joining import join
from parentsite.people.models import Relation
from tests import builders
from tests.builders import Pair
from tests.conftest import Working
from tests.groups.scene import EVENING, MOTHERS, OTHER, WINTER, broken, family, group, letters, states


def end_relation(session: Session, of: Pair, today: object) -> None:
    session.execute(update(Relation).where(Relation.person_id == of.parent).values(until=today))


@pytest.mark.parametrize("how", ["the relation ended", "a block began"])
def test_a_place_ends_with_what_ties_the_adult_to_the_child(work: Working, how: str) -> None:
    """Who waits is offered the place; who may not know of the child any more is not written to."""
    with work() as now:
        of, father, waits, stays = group(now, capacity=2), family(now, "Bo"), family(now, "Leyla"), family(now, "Sara")
        for one in (father, stays, waits):
            join(now, one.parent, one.child, of)
        before = letters(now.session, father.parent)
        if how == "a block began":
            builders.block(now, father.parent, father.child)
        else:
            end_relation(now.session, father, now.today)
        assert JOURNEY.town_changed(now) == 1
        assert states(now.session, of) == [MemberState.ENDED, MemberState.JOINED, MemberState.OFFERED]
        assert letters(now.session, father.parent) == before
        assert JOURNEY.town_changed(now) == 0, "again changes nothing"
        assert broken(now.session) == []


def test_a_line_moves_up_when_who_waits_may_not_come_any_more(work: Working) -> None:
    with work() as now:
        of, first, gone, last = group(now, capacity=1), *(family(now, name) for name in ("Sara", "Bo", "Leyla"))
        for one in (first, gone, last):
            join(now, one.parent, one.child, of)
        end_relation(now.session, gone, now.today)
        JOURNEY.town_changed(now)
        assert states(now.session, of) == [MemberState.JOINED, MemberState.ENDED, MemberState.WAITING]


def test_a_pack_may_not_drop_what_a_group_refers_to(work: Working) -> None:
    codes = frozenset({MOTHERS, EVENING, OTHER, "baltorp", "globen"})
    with work() as now:
        assert JOURNEY.in_use(now, codes) == frozenset()
        of = group(now)
        assert JOURNEY.in_use(now, codes) == {MOTHERS, "baltorp"}
        staffing.cancel(now, of)
        assert JOURNEY.in_use(now, codes) == frozenset()


def test_every_letter_that_is_posted_can_be_built_and_leads_to_its_page(work: Working) -> None:
    with work() as now:
        of, one = group(now, births=WINTER), family(now)
        member = join(now, one.parent, one.child, of).member_id
        made = new_id()
        meetings.plan_meeting(now, made, of, now.now.replace(hour=20), now.now.replace(hour=22), None)
        place = {"path": f"grupper/plads/{member}"}
        assert JOURNEY.letters["joined"](now, one.parent, member=str(member)) == place
        assert JOURNEY.letters["meeting_planned"](now, one.parent, meeting=str(made)) == place
        other = family(now, "Sara")
        assert JOURNEY.letters["meeting_planned"](now, other.parent, meeting=str(made)) is None
        invited = JOURNEY.letters["invited"]
        assert invited(now, other.parent, group=str(of)) == {"path": f"grupper/{of}"}
        staffing.cancel(now, of)
        assert JOURNEY.letters["ended"](now, one.parent, member=str(member)) == place
        assert invited(now, other.parent, group=str(of)) is None
