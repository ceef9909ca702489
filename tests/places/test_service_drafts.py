"""A draft: kept step by step, its writer's alone, sealed, and gone on the day that was said."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.work import SYSTEM, Work
from parentsite.places.models import Application, Wish
from parentsite.places.rules.vocabulary import Care
from parentsite.places.service import drafts, wishing
from parentsite.places.service.drafts import Family
from parentsite.places.service.errors import NotFound
from parentsite.town.town import Town
from tests import builders
from tests.conftest import Working
from tests.databases import MOMENT
from tests.places.seen import acts_on

TOLD = Family(
    sibling_facility="regnbuen", special_need=True, hours=37, home_languages="Tigrinya og dansk", interpreter="Tigrinya"
)


def test_every_step_is_there_again_for_another_browser(work: Working, look: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = drafts.start(now, family.parent, family.child, Care.NURSERY)
    with work() as now:
        drafts.save_care(now, family.parent, draft, Care.CHILDMINDING)
        drafts.save_wanted(now, family.parent, draft, date(2026, 8, 1))
    with work() as now:
        wishing.add(now, family.parent, draft, "dagplejen")
        wishing.add(now, family.parent, draft, "globen")
        drafts.save_family(now, family.parent, draft, TOLD)
    with look() as now:
        found = drafts.read(now, family.parent, draft)
    told = (found.sibling_facility, found.special_need_told, found.hours, found.home_languages, found.interpreter)
    assert (found.child.id, found.care, found.wanted) == (family.child, Care.CHILDMINDING, date(2026, 8, 1))
    assert [wish.facility for wish in found.wishes] == ["dagplejen", "globen"]
    assert told == ("regnbuen", True, 37, "Tigrinya og dansk", "Tigrinya")
    assert found.family_told


def test_beginning_again_goes_on_with_the_same_draft(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        sibling = builders.child(now, name="Bo")
        builders.lives_with(now, family.parent, sibling)
        first = drafts.start(now, family.parent, family.child, Care.NURSERY)
        assert drafts.start(now, family.parent, family.child, Care.CHILDMINDING) == first
        assert drafts.read(now, family.parent, first).care is Care.CHILDMINDING
        assert drafts.start(now, family.parent, sibling, Care.NURSERY) != first


def test_what_is_written_about_the_family_lies_sealed(work: Working, look: Working) -> None:
    with work() as now:
        draft = builders.draft(now, builders.family(now), about=TOLD)
    with look() as now:
        row = now.session.get_one(Application, draft)
        sealed = bytes(row.home_languages or b"") + bytes(row.interpreter or b"")
    assert len(sealed) > 60
    assert b"Tigrinya" not in sealed


def test_an_answer_taken_back_is_gone(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family, about=TOLD)
        drafts.save_family(now, family.parent, draft, builders.NO_NEWS)
        found = drafts.read(now, family.parent, draft)
    assert (found.sibling_facility, found.special_need_told, found.hours) == (None, False, None)
    assert (found.home_languages, found.interpreter) == (None, None)


def test_the_other_parent_has_a_draft_of_their_own(work: Working) -> None:
    with work() as now:
        one = builders.family(now)
        other = builders.Pair(builders.person(now), one.child)
        builders.lives_with(now, other.parent, other.child)
        mine, theirs = builders.draft(now, one), builders.draft(now, other)
        assert mine != theirs
        with pytest.raises(NotFound):
            drafts.read(now, other.parent, mine)


def test_a_wish_is_made_once_and_removed_once(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family, wishes=["globen", "regnbuen", "globen"])
        wishes = drafts.read(now, family.parent, draft).wishes
        assert [wish.facility for wish in wishes] == ["globen", "regnbuen"]
        for _ in range(2):
            wishing.remove(now, family.parent, draft, wishes[0].id)
        assert [wish.facility for wish in drafts.read(now, family.parent, draft).wishes] == ["regnbuen"]


def test_a_wish_of_another_draft_is_out_of_reach(work: Working) -> None:
    with work() as now:
        mine, theirs = builders.family(now), builders.family(now)
        own, other = builders.draft(now, mine), builders.draft(now, theirs)
        before = drafts.read(now, theirs.parent, other).wishes
        wishing.remove(now, mine.parent, own, before[0].id)
        wishing.move(now, mine.parent, own, before[0].id, 1)
        assert drafts.read(now, theirs.parent, other).wishes == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(presses=st.lists(st.tuples(st.integers(0, 4), st.sampled_from([-1, 1])), max_size=8))
def test_the_buttons_move_one_wish_by_one(database: Database, presses: list[tuple[int, int]]) -> None:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        family = builders.family(now)
        draft = builders.draft(now, family, wishes=builders.houses(now)[:5])
        expected = [wish.id for wish in drafts.read(now, family.parent, draft).wishes]
        for at, steps in presses:
            wishing.move(now, family.parent, draft, expected[at], steps)
            to = min(max(at + steps, 0), 4)
            expected[at], expected[to] = expected[to], expected[at]
        assert [wish.id for wish in drafts.read(now, family.parent, draft).wishes] == expected
        session.rollback()


def test_a_draft_is_deleted_on_the_day_that_was_said(work: Working, clock: FixedClock, town: Town) -> None:
    keep = timedelta(days=town.settings.draft_keep_days.value)
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
    clock.move(days=10)
    with work() as now:
        drafts.save_wanted(now, family.parent, draft, date(2026, 9, 1))
        assert drafts.read(now, family.parent, draft).delete_on == clock.now().date() + keep
    clock.move(days=keep.days - 1)
    with work() as now:
        assert drafts.forget_old(now) == 0
    clock.move(days=1)
    with work() as now:
        assert drafts.forget_old(now) == 1
        assert now.session.scalars(select(Wish.id)).all() == []
        assert acts_on(now.session, draft)["application.draft_forgotten"] == 1
        with pytest.raises(NotFound):
            drafts.read(now, family.parent, draft)


def test_what_is_sent_is_never_forgotten_as_a_draft(work: Working, clock: FixedClock) -> None:
    with work() as now:
        builders.sent(now, builders.family(now))
    clock.move(days=3000)
    with work() as now:
        assert drafts.forget_old(now) == 0


def test_throwing_away_deletes_at_once_and_again_is_no_error(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
        mine = builders.as_parent(now, family.parent)
        assert [drafts.throw_away(mine, family.parent, draft) for _ in range(2)] == [True, True]
        assert now.session.get(Application, draft) is None
        assert acts_on(now.session, draft)["application.draft_deleted"] == 1


def test_nobody_else_throws_it_away_nor_who_has_been_blocked_since(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
        assert not drafts.throw_away(now, builders.family(now).parent, draft)
        builders.block(now, family.parent, family.child)
        with pytest.raises(NotFound), now.session.begin_nested():
            drafts.throw_away(now, family.parent, draft)
        assert acts_on(now.session, draft)["application.draft_deleted"] == 0


def test_what_is_sent_is_no_draft_any_more(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        application = builders.sent(now, family)
        assert not drafts.throw_away(now, family.parent, application)
        assert now.session.get_one(Application, application).state == "sent"
        with pytest.raises(NotFound):
            drafts.read(now, family.parent, application)
        with pytest.raises(NotFound):
            wishing.add(now, family.parent, application, "globen")


def test_only_who_decides_for_a_child_can_begin(work: Working) -> None:
    with work() as now:
        family, stranger = builders.family(now), builders.person(now)
        for child in (family.child, new_id()):
            with pytest.raises(NotFound):
                drafts.start(now, stranger, child, Care.NURSERY)


def test_every_save_is_told_in_the_audit(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        mine = builders.as_parent(now, family.parent)
        draft = drafts.start(mine, family.parent, family.child, Care.NURSERY)
        drafts.save_wanted(mine, family.parent, draft, date(2026, 9, 1))
        assert acts_on(now.session, draft) == {"application.started": 1, "application.draft_saved": 2}
