"""What a clerk's decision by hand costs whom."""

from dataclasses import replace

import pytest

from parentsite.places.rules.allocation.asked import Pin, Run
from parentsite.places.rules.allocation.costs import Cost, Effect, compare
from parentsite.places.rules.allocation.run import propose
from tests.places.allocation.towns import DUE, child, room, run


def costs(town: Run, *pins: Pin) -> dict[str, Cost]:
    return {cost.seeker: cost for cost in compare(propose(town), propose(replace(town, pins=pins)))}


def test_whoever_is_touched_is_named_with_what_it_means_for_them() -> None:
    line = [child("Asta", "ab", 1), child("Bo", "b", 2), child("Carl", "ac", 3), child("Dina", "c", 4)]
    found = costs(run([room("a", 1), room("b", 1), room("c", 1)], line), Pin(seeker="Carl", room="a", reason="note"))
    assert {name: (cost.effect, cost.by_hand) for name, cost in found.items()} == {
        "Asta": (Effect.WORSE, False),
        "Bo": (Effect.LOSES, False),
        "Carl": (Effect.BETTER, True),
        "Dina": (Effect.GAINS, False),
    }
    assert found["Bo"].before is not None
    assert (found["Bo"].before.facility, found["Bo"].after) == ("b", None)
    assert not any(cost.breaks_promise for cost in found.values())


def test_it_says_when_a_guarantee_is_the_price() -> None:
    town = run([room("a", 1)], [child("Asta", guaranteed_by=DUE), child("Bo", "a")])
    found = costs(town, Pin(seeker="Bo", room="a", reason="note"))
    assert found["Asta"].effect is Effect.LOSES
    assert found["Asta"].breaks_promise
    assert not found["Bo"].breaks_promise


def test_a_guaranteed_child_may_only_move() -> None:
    town = run([room("a", 1), room("b", 1)], [child("Asta", guaranteed_by=DUE), child("Bo")])
    found = costs(town, Pin(seeker="Bo", room="a", reason="note"))
    assert (found["Asta"].effect, found["Asta"].breaks_promise) == (Effect.MOVES, False)


def test_who_is_kept_back_by_hand_is_the_clerk_s_doing() -> None:
    town = run([room("a", 1)], [child("Asta", "a", guaranteed_by=DUE), child("Bo", "a", 5)])
    found = costs(town, Pin(seeker="Asta", room=None, reason="note"))
    assert (found["Asta"].effect, found["Asta"].by_hand, found["Asta"].breaks_promise) == (Effect.LOSES, True, True)
    assert found["Bo"].effect is Effect.GAINS


def test_what_confirms_the_run_costs_nobody_anything() -> None:
    town = run([room("a", 1)], [child("Asta", "a", 1), child("Bo", "a", 2)])
    assert costs(town, Pin(seeker="Asta", room="a", reason="note")) == {}


def test_runs_about_different_applications_are_not_compared() -> None:
    one, other = run([room("a", 1)], [child("Asta")]), run([room("a", 1)], [child("Bo")])
    with pytest.raises(ValueError, match="different applications"):
        compare(propose(one), propose(other))
