"""A child that its parents tell of before the register knows it, and what becomes of it when the register does."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import ForeignKey, event, select

from parentsite.foundation import chain
from parentsite.foundation.audit import AuditEntry
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Base
from parentsite.foundation.work import Work
from parentsite.people.children import (
    MATCHING_DAYS,
    MOST_DECLARED,
    CannotDeclare,
    TooManyDeclared,
    child_for,
    children_of,
    declare,
)
from parentsite.people.merging import merge, merge_declared
from parentsite.people.models import Attendance, Child, Relation, RelationKind
from parentsite.places.models import Application, Placement
from parentsite.tables import ALL_TABLES
from tests import builders

Working = Callable[..., AbstractContextManager[Work]]
TODAY = date(2026, 2, 12)
BORN = TODAY - timedelta(days=20)
FURTHEST = timedelta(days=300)


def tell(
    work: Work,
    parent: UUID,
    *,
    day: date = BORN,
    expected: bool = False,
    name: str | None = "Asta",
    once: str = "form 1",
) -> UUID:
    now = builders.as_parent(work, parent)
    return declare(now, parent, expected=expected, day=day, name=name, district=None, once=once)


def registered(work: Work, *holders: UUID, born: date = BORN, name: str = "Asta") -> Child:
    """What the register knows."""
    child = builders.child(work, born=born, name=name)
    for holder in holders:
        builders.lives_with(work, holder, child)
    return work.session.get_one(Child, child)


class TestDeclaring:
    """Telling of a child."""

    def test_the_parent_sees_the_child_and_may_apply_for_it(self, work: Working, look: Working) -> None:
        with work() as now:
            parent = builders.person(now)
            child = tell(now, parent)
        with look() as now:
            (view,) = children_of(now.session, parent, now.today)
        assert (view.id, view.name, view.birth_date, view.is_declared) == (child, "Asta", BORN, True)
        assert view.sight.may_apply

    def test_nobody_else_does(self, work: Working, look: Working) -> None:
        with work() as now:
            parent, other = builders.person(now), builders.person(now)
            child = tell(now, parent)
        with look() as now:
            assert child_for(now.session, other, child, now.today) is None
            assert children_of(now.session, other, now.today) == ()

    def test_the_same_form_sent_twice_is_one_child(self, work: Working) -> None:
        with work() as now:
            parent = builders.person(now)
            assert tell(now, parent) == tell(now, parent)
        with work() as now:
            assert len(children_of(now.session, parent, now.today)) == 1

    def test_twins_are_two_forms(self, work: Working) -> None:
        with work() as now:
            parent = builders.person(now)
            assert tell(now, parent) != tell(now, parent, once="form 2")

    def test_a_form_filled_in_again_for_the_other_twin_is_another_child(self, work: Working) -> None:
        with work() as now:
            parent = builders.person(now)
            assert tell(now, parent, name="Asta") != tell(now, parent, name="Bo")

    def test_two_parents_with_the_same_form_key_tell_of_two_children(self, work: Working) -> None:
        with work() as now:
            assert tell(now, builders.person(now)) != tell(now, builders.person(now))

    def test_more_children_than_any_family_has_are_told_of_on_the_phone(self, work: Working) -> None:
        with work() as now:
            parent, other = builders.person(now), builders.person(now)
            told = [tell(now, parent, once=f"form {number}") for number in range(MOST_DECLARED)]
            with pytest.raises(TooManyDeclared):
                tell(now, parent, once="one more")
            assert tell(now, parent, once="form 0") == told[0], "the same form again is still the same child"
            assert tell(now, other)
            merge(now, told[0], builders.child(now, born=BORN))
            assert tell(now, parent, once="one more"), "a child that the register knows counts no more"

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (TODAY, False),
            (TODAY - timedelta(days=6 * 365), False),
            (TODAY, True),
            (TODAY + FURTHEST, True),
            (TODAY - MATCHING_DAYS, True),
        ],
    )
    def test_days_that_can_be(self, work: Working, day: date, expected: bool) -> None:
        with work() as now:
            assert tell(now, builders.person(now), day=day, expected=expected)

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (TODAY + timedelta(days=1), False),
            (date(1990, 1, 1), False),
            (date(2019, 2, 11), False),
            (TODAY + FURTHEST + timedelta(days=1), True),
            (TODAY - MATCHING_DAYS - timedelta(days=1), True),
        ],
    )
    def test_days_that_cannot_be(self, work: Working, day: date, expected: bool) -> None:
        with work() as now, pytest.raises(CannotDeclare):
            tell(now, builders.person(now), day=day, expected=expected)

    def test_on_the_last_of_february_as_well(self, work: Working, clock: FixedClock) -> None:
        clock.moment = clock.moment.replace(year=2028, month=2, day=29)
        with work() as now:
            assert tell(now, builders.person(now), day=date(2028, 2, 29))


class TestMerging:
    """The register has come to know the child."""

    def test_everything_that_refers_to_it_follows(self, work: Working, look: Working) -> None:
        with work() as now:
            parent = builders.person(now)
            declared = tell(now, parent, day=TODAY - timedelta(days=170))
            case = builders.sent(now, builders.Pair(parent, declared), confirmed=True)
            offer = builders.offer(now, case)
            builders.answered(now, parent, offer, yes=True)
            known = registered(now, parent, born=TODAY - timedelta(days=170))
            assert merge_declared(now, known, [parent]) == [declared]
            registered_id = known.id
        with look() as now:
            for model in (Application, Placement, Attendance):
                assert set(now.session.scalars(select(model.child_id))) == {registered_id}, model
            (view,) = children_of(now.session, parent, now.today)
            assert (view.id, view.is_declared) == (registered_id, False)
            onward = now.session.scalars(select(Child.merged_into).where(Child.id == declared)).one()
            assert onward == registered_id

    def test_no_table_is_left_out(self, work: Working) -> None:
        """Each foreign key to a child is either moved or, for relations and blocks, meant to stay."""
        assert ALL_TABLES
        keys = {
            column.table.name
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if any(isinstance(key, ForeignKey) and key.column is Child.__table__.c.id for key in column.foreign_keys)
        }
        places = {"application", "attendance", "placement"}
        visits = {"home_visit", "start_talk", "visit_contact", "visit_request", "visit_shift", "visit_slot"}
        readiness = {"school_document", "assessment_request"}
        assert keys == places | visits | readiness | {"group_member"} | {"letter"} | {"block", "child", "relation"}

    def test_the_declarer_keeps_no_right_that_the_register_does_not_give(self, work: Working, look: Working) -> None:
        with work() as now:
            declarer, holder = builders.person(now), builders.person(now)
            declared = tell(now, declarer)
            merge(now, declared, registered(now, holder).id)
        with look() as now:
            assert children_of(now.session, declarer, now.today) == ()
            assert len(children_of(now.session, holder, now.today)) == 1

    @pytest.mark.parametrize("days_apart", [-MATCHING_DAYS.days, 0, MATCHING_DAYS.days])
    def test_a_due_date_fits_within_six_weeks(self, work: Working, days_apart: int) -> None:
        with work() as now:
            parent = builders.person(now)
            declared = tell(now, parent, day=TODAY + timedelta(days=days_apart), expected=True, name=None)
            assert merge_declared(now, registered(now, parent, born=TODAY), [parent]) == [declared]

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (BORN + MATCHING_DAYS + timedelta(days=1), True),
            (BORN + timedelta(days=1), False),
            (BORN - timedelta(days=1), False),
        ],
    )
    def test_another_childs_day_does_not_fit(self, work: Working, day: date, expected: bool) -> None:
        with work() as now:
            parent = builders.person(now)
            tell(now, parent, day=day, expected=expected)
            assert merge_declared(now, registered(now, parent), [parent]) == []

    def test_a_strangers_child_does_not_fit(self, work: Working) -> None:
        with work() as now:
            tell(now, builders.person(now))
            parent = builders.person(now)
            assert merge_declared(now, registered(now, parent), [parent]) == []

    def test_twins_are_told_apart_by_their_names(self, work: Working) -> None:
        with work() as now:
            parent = builders.person(now)
            asta, bo = tell(now, parent), tell(now, parent, name="Bo", once="form 2")
            assert merge_declared(now, registered(now, parent, name="Bo"), [parent]) == [bo]
            assert merge_declared(now, registered(now, parent), [parent]) == [asta]

    def test_twins_without_names_are_left_to_people(self, work: Working) -> None:
        with work() as now:
            parent = builders.person(now)
            tell(now, parent, name=None)
            tell(now, parent, name=None, once="form 2")
            assert merge_declared(now, registered(now, parent), [parent]) == []

    def test_what_was_merged_once_is_not_merged_again(self, work: Working) -> None:
        with work() as now:
            parent = builders.person(now)
            declared = tell(now, parent)
            assert merge_declared(now, registered(now, parent), [parent]) == [declared]
            assert merge_declared(now, registered(now, parent), [parent]) == []

    def test_it_is_noted_about_both(self, work: Working, look: Working) -> None:
        with work() as now:
            parent = builders.person(now)
            declared = tell(now, parent)
            merge_declared(now, registered(now, parent), [parent])
        with look() as now:
            actions = list(now.session.scalars(select(AuditEntry.action).order_by(AuditEntry.at)))
            assert {"child.declared", "child.merged"} <= set(actions)
            assert chain.count_entries(now.session) == len(actions)
            kept = now.session.scalars(select(Relation.kind).where(Relation.child_id == declared)).all()
            assert kept == [RelationKind.DECLARER]


def test_children_stand_oldest_first_and_cost_no_more_when_they_are_many(work: Working, look: Working) -> None:
    with work() as now:
        parent = builders.person(now)
        for weeks in (30, 200, 100):
            child = builders.child(now, born=TODAY - timedelta(weeks=weeks), name=str(weeks))
            builders.lives_with(now, parent, child)
        tell(now, parent, day=TODAY + timedelta(days=50), expected=True, name="unborn")
    with look() as now:
        asked: list[str] = []
        event.listen(now.session.get_bind(), "before_cursor_execute", lambda *told: asked.append(told[2]))
        names = [view.name for view in children_of(now.session, parent, now.today)]
    assert names == ["200", "100", "30", "unborn"]
    assert len([one for one in asked if one.startswith("SELECT")]) <= 3
