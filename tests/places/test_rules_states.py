"""The five machines: every move is either in its table or refused."""

from enum import StrEnum
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentsite.places.rules.states import (
    APPLICATION,
    OFFER,
    PLACEMENT,
    VACANCY,
    WISH,
    IllegalMove,
    Machine,
)
from parentsite.places.rules.vocabulary import (
    ApplicationState,
    OfferState,
    PlacementState,
    VacancyState,
    WishState,
)

MACHINES: list[tuple[Machine[Any], type[StrEnum], set[tuple[str, str]], set[str]]] = [
    (
        APPLICATION,
        ApplicationState,
        {
            ("draft", "sent"),
            ("sent", "waiting"),
            ("sent", "withdrawn"),
            ("sent", "closed"),
            ("waiting", "withdrawn"),
            ("waiting", "closed"),
        },
        {"withdrawn", "closed"},
    ),
    (
        WISH,
        WishState,
        {
            ("waiting", "offered"),
            ("waiting", "removed"),
            ("offered", "waiting"),
            ("offered", "fulfilled"),
            ("offered", "removed"),
        },
        {"fulfilled", "removed"},
    ),
    (
        OFFER,
        OfferState,
        {("open", "accepted"), ("open", "declined"), ("open", "expired"), ("open", "taken_back")},
        {"accepted", "declined", "expired", "taken_back"},
    ),
    (
        PLACEMENT,
        PlacementState,
        {
            ("agreed", "running"),
            ("agreed", "notice_given"),
            ("agreed", "ended"),
            ("running", "notice_given"),
            ("running", "ended"),
            ("notice_given", "ended"),
        },
        {"ended"},
    ),
    (
        VACANCY,
        VacancyState,
        {("open", "offered"), ("open", "withdrawn"), ("offered", "open"), ("offered", "filled")},
        {"filled", "withdrawn"},
    ),
]
NAMES = [machine.name for machine, *_ in MACHINES]


@pytest.mark.parametrize(("machine", "states", "legal", "ends"), MACHINES, ids=NAMES)
def test_what_is_not_in_the_table_is_refused(
    machine: Machine[Any], states: type[StrEnum], legal: set[tuple[str, str]], ends: set[str]
) -> None:
    assert set(machine.pairs) == legal
    for origin, target in product(states, states):
        if (origin.value, target.value) in legal:
            assert machine.move(origin, target) is target
            assert origin in machine.origins(target)
        else:
            with pytest.raises(IllegalMove) as refusal:
                machine.move(origin, target)
            refused = refusal.value
            assert (refused.machine, refused.origin, refused.target) == (machine.name, origin, target)
            assert origin not in machine.origins(target)


@pytest.mark.parametrize(("machine", "states", "legal", "ends"), MACHINES, ids=NAMES)
def test_a_machine_is_whole(
    machine: Machine[Any], states: type[StrEnum], legal: set[tuple[str, str]], ends: set[str]
) -> None:
    assert machine.values == tuple(state.value for state in states)
    assert machine.ends == ends
    reached = {machine.start}
    for _ in states:
        reached |= {target for state in reached for target in machine.moves[state]}
    assert reached == set(states)


@pytest.mark.parametrize(("machine", "states", "legal", "ends"), MACHINES, ids=NAMES)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_walk_of_legal_moves_stays_inside(
    machine: Machine[Any],
    states: type[StrEnum],
    legal: set[tuple[str, str]],
    ends: set[str],
    data: st.DataObject,
) -> None:
    state = machine.start
    for _ in range(6):
        if state in machine.ends:
            return
        state = machine.move(state, data.draw(st.sampled_from(sorted(machine.moves[state]))))
        assert isinstance(state, states)


def test_a_state_of_another_machine_is_refused() -> None:
    with pytest.raises(IllegalMove):
        OFFER.move(PlacementState.AGREED, OfferState.ACCEPTED)  # type: ignore[arg-type]
