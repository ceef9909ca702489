"""The pedagogue's desk: the own house's children and papers, and of another house's nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import event, update

from parentsite.foundation.database import Database
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance
from parentsite.readiness.rules.vocabulary import Readiness
from parentsite.readiness.service import asking, correcting, house
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.house import Paper
from tests import builders
from tests.conftest import Working
from tests.readiness.scene import (
    ASSESSMENT,
    DESCRIPTION,
    HOUSE,
    OTHER_HOUSE,
    pedagogue,
    published,
    scene,
    staff,
    written,
)


def test_what_is_written_and_what_parents_wait_for(work: Working) -> None:
    with work() as now:
        of, other = scene(now), scene(now, house=OTHER_HOUSE)
        mine = pedagogue(now, of)
        (alone,) = house.pupils(mine)
        assert (alone.child_id, alone.papers, alone.is_asked) == (of.child, {}, False)
        published(now, of)
        published(now, of)
        draft = written(now, of, ASSESSMENT)
        correcting.ask(now, of.holders[0], of.child, DESCRIPTION, 1, "Det passer ikke.", language="da")
        correcting.ask(now, of.holders[1], of.child, DESCRIPTION, 2, "Heller ikke.", language="da")
        asking.ask(now, of.holders[1], of.child)
        (pupil,) = house.pupils(mine)
        description = pupil.papers[DESCRIPTION]
        assert (description.draft, description.number, description.corrections) == (None, 2, 2)
        assert pupil.papers[ASSESSMENT] == Paper(draft, None, None, 0)
        assert pupil.is_asked
        assert description.version
        read = house.version_at_house(mine, description.version)
        assert (read.number, read.readiness) == (2, Readiness.READY)
        assert [one.child_id for one in house.pupils(staff(now, "pedagogue", OTHER_HOUSE))] == [other.child]
        for stranger in (staff(now, "pedagogue", OTHER_HOUSE), staff(now, "school", HOUSE), staff(now, "pedagogue")):
            with pytest.raises(NotFound):
                house.version_at_house(stranger, description.version)
        assert house.pupils(staff(now, "school", HOUSE)) == house.pupils(staff(now, "pedagogue")) == ()


def test_a_new_house_sees_nothing_of_what_the_one_before_wrote(work: Working) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
        (before,) = house.pupils(pedagogue(now, of))
        later = Work(now.session, now.now + timedelta(days=1), now.actor)
        now.session.execute(update(Attendance).values(until=later.today))
        builders.attends(now, of.child, OTHER_HOUSE, since=later.today)
        (after,) = house.pupils(staff(later, "pedagogue", OTHER_HOUSE))
        assert after.papers == {}
        assert before.papers[DESCRIPTION].version
        with pytest.raises(NotFound):
            house.version_at_house(staff(later, "pedagogue", OTHER_HOUSE), before.papers[DESCRIPTION].version)
        assert house.pupils(pedagogue(later, of)) == ()


def test_many_children_cost_no_more_statements_than_one(database: Database, work: Working) -> None:
    sent: list[str] = []

    def costs() -> int:
        sent.clear()
        with database.read() as session:
            house.pupils(Work(session, moment, by))
        return len(sent)

    event.listen(database.reading, "before_cursor_execute", lambda *told: sent.append(told[2]))
    with work() as now:
        of = scene(now)
        published(now, of)
        moment, by = now.now, pedagogue(now, of).actor
    one = costs()
    with work() as now:
        for _ in range(3):
            published(now, scene(now))
    assert costs() == one > 0
