"""Anonymous times to talk: offered as the pack says, taken once, given back from inside the conversation alone."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.counselling.office import Office
from parentsite.counselling.rules.times import Open, Slot, slots
from parentsite.counselling.service import conversation, sessions, talks
from parentsite.counselling.service.talks import TimeGone
from parentsite.foundation.clock import FixedClock
from parentsite.town.pack.parse import parse_pack
from parentsite.town.town import Town
from tests.counselling.conftest import Doing
from tests.counselling.people import Parent, founded, parent

TUESDAY = date(2026, 2, 17)
SLOT = Slot(TUESDAY, 14 * 60)


def takes(somebody: Parent, doing: Doing, slot: Slot, town: Town) -> None:
    with doing() as work:
        conversation.take_time(work, sessions.enter(work, somebody.token), slot, town)


def free(doing: Doing, town: Town) -> tuple[Slot, ...]:
    with doing() as work:
        return talks.free_times(work, town)


def test_times_are_cut_from_the_open_hours_of_the_weeks_ahead(doing: Doing, town: Town) -> None:
    offered = free(doing, town)
    assert {slot.day.isoweekday() for slot in offered} == {2, 4}
    assert [slot.at for slot in offered if slot.day == TUESDAY] == [time(14), time(14, 45), time(15, 30), time(16, 15)]
    assert offered[0].day > date(2026, 2, 12)
    assert offered[-1].day <= date(2026, 2, 12) + timedelta(days=21)


def test_nobody_is_received_on_a_public_holiday(doing: Doing, town: Town, clock: FixedClock) -> None:
    clock.move(days=45)
    assert date(2026, 4, 2) not in {slot.day for slot in free(doing, town)}
    assert date(2026, 4, 7) in {slot.day for slot in free(doing, town)}


def test_a_town_without_open_counselling_offers_none(doing: Doing, lilleby: str) -> None:
    assert free(doing, parse_pack(lilleby)) == ()


def test_a_time_is_taken_once(office: Office, doing: Doing, town: Town) -> None:
    one, other = parent(office, doing), parent(office, doing)
    takes(one, doing, SLOT, town)
    assert SLOT not in free(doing, town)
    with pytest.raises(TimeGone):
        takes(other, doing, SLOT, town)
    assert (one.reads().talk, other.reads().talk) == (SLOT, None)


def test_another_one_gives_the_first_back_and_a_failed_try_keeps_it(office: Office, doing: Doing, town: Town) -> None:
    one, other = parent(office, doing), parent(office, doing)
    later = Slot(TUESDAY, 14 * 60 + 45)
    takes(one, doing, SLOT, town)
    takes(other, doing, later, town)
    with pytest.raises(TimeGone):
        takes(one, doing, later, town)
    assert one.reads().talk == SLOT
    takes(one, doing, Slot(TUESDAY, 15 * 60 + 30), town)
    assert SLOT in free(doing, town)


@pytest.mark.parametrize("slot", [Slot(TUESDAY, 14 * 60 + 1), Slot(date(2026, 2, 10), 14 * 60), Slot(TUESDAY, 0)])
def test_a_time_that_is_not_offered_cannot_be_taken(office: Office, doing: Doing, town: Town, slot: Slot) -> None:
    with pytest.raises(TimeGone):
        takes(parent(office, doing), doing, slot, town)


def test_it_is_cancelled_from_the_conversation_and_with_it(office: Office, doing: Doing, town: Town) -> None:
    one, other = parent(office, doing), parent(office, doing)
    takes(one, doing, SLOT, town)
    with doing() as work:
        conversation.cancel_time(work, sessions.enter(work, other.token))
    assert SLOT not in free(doing, town)
    with doing() as work:
        conversation.cancel_time(work, sessions.enter(work, one.token))
    assert SLOT in free(doing, town)
    takes(one, doing, SLOT, town)
    with doing() as work:
        conversation.delete_everything(work, sessions.enter(work, one.token))
    assert SLOT in free(doing, town)


def test_the_counsellors_see_it_in_the_conversation_until_it_is_past(
    office: Office, doing: Doing, town: Town, clock: FixedClock
) -> None:
    (anne, _), _ = founded(office, doing)
    one = parent(office, doing)
    takes(one, doing, SLOT, town)
    assert anne.opens(one.designation()).talk == SLOT
    clock.move(days=6)
    one.comes_back()
    assert one.reads().talk is None


def test_the_house_withdraws_free_times_only_and_offers_them_again(office: Office, doing: Doing, town: Town) -> None:
    one = parent(office, doing)
    takes(one, doing, SLOT, town)
    other = Slot(TUESDAY, 14 * 60 + 45)
    with doing() as work:
        talks.withdraw_time(work, other)
        with pytest.raises(TimeGone):
            talks.withdraw_time(work, SLOT)
        talks.offer_again(work, SLOT)
    assert not {SLOT, other} & set(free(doing, town))
    with doing() as work:
        talks.offer_again(work, other)
    assert other in free(doing, town)
    assert one.reads().talk == SLOT


@given(st.integers(0, 20 * 60 - 1), st.integers(0, 239), st.integers(5, 90), st.integers(1, 60))
def test_times_lie_within_the_hours_and_never_overlap(opens: int, length: int, minutes: int, days: int) -> None:
    closes = opens + length
    row = Open(3, time(opens // 60, opens % 60), time(closes // 60, closes % 60))
    made = slots([row], minutes, TUESDAY, days)
    assert all(opens <= slot.starts and slot.starts + minutes <= closes for slot in made)
    assert all(slot.day.isoweekday() == 3 for slot in made)
    of_a_day = [slot.starts for slot in made if slot.day == date(2026, 2, 18)]
    assert all(after - before == minutes for before, after in pairwise(of_a_day))
    assert len(of_a_day) == (length // minutes if days > 1 else 0)
