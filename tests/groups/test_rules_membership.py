"""What may become of a place in a group, how long an offered one is kept, and where a kind may be read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.groups.rules.membership import (
    GROUP,
    LIVE,
    MEETING,
    MEMBER,
    SEATED,
    GroupState,
    MemberState,
    is_over,
    offer_until,
)
from parentsite.groups.rules.moves import Moves
from parentsite.groups.rules.naming import Where, names_kind

NOW = datetime(2026, 2, 12, 9, tzinfo=UTC)


@pytest.mark.parametrize("moves", [GROUP, MEMBER, MEETING], ids=lambda moves: moves.name)
def test_every_state_has_a_row_and_no_move_stays_put(moves: Moves) -> None:  # type: ignore[type-arg]
    assert set(moves.table) == set(type(next(iter(moves.table))))
    assert all(origin not in targets for origin, targets in moves.table.items())


def test_from_every_place_there_is_a_way_out_and_none_back() -> None:
    for state in MemberState:
        is_live = state.value in LIVE
        assert (MemberState.LEFT in MEMBER.table[state]) is is_live
        assert bool(MEMBER.table[state]) is is_live
    assert set(SEATED) < set(LIVE)


def test_a_place_that_is_offered_is_never_joined_without_an_offer_from_the_line() -> None:
    assert MEMBER.origins(MemberState.JOINED) == ("offered",)
    assert MEMBER.origins(MemberState.OFFERED) == ("waiting",)


def test_a_group_that_is_cancelled_stays_so_and_one_that_is_full_can_open_again() -> None:
    assert not GROUP.table[GroupState.CANCELLED]
    assert GROUP.origins(GroupState.OPEN) == ("closed",)


@given(hours=st.integers(1, 500), until_last=st.integers(1, 500))
def test_an_offer_never_outlives_the_last_meeting(hours: int, until_last: int) -> None:
    last = NOW + timedelta(hours=until_last)
    until = offer_until(NOW, hours, last)
    assert NOW < until <= last
    assert until <= offer_until(NOW, hours, None) == NOW + timedelta(hours=hours)


def test_a_group_is_over_when_its_last_meeting_begins() -> None:
    assert [is_over(NOW, NOW + timedelta(seconds=after)) for after in (-1, 0, 1)] == [True, True, False]
    assert not is_over(NOW, None)


def test_mail_and_calendars_never_tell_what_group_it_is() -> None:
    for is_sensitive in (True, False):
        shown = {where for where in Where if names_kind(where, is_sensitive=is_sensitive)}
        assert shown == ({Where.PAGE} if is_sensitive else {Where.PAGE, Where.TITLE})
