"""The allocation run in words: a small town, what everybody is proposed, and what the parents are told."""

from dataclasses import replace
from datetime import date

import pytest

from parentsite.places.rules.allocation.asked import BadRun, Pin, Problem, Room, Run, Seeker
from parentsite.places.rules.allocation.run import Proposals, propose
from parentsite.places.rules.allocation.told import Kind, Outcome, Promise, PromiseTold, Why, WishTold
from parentsite.places.rules.order import Reason
from tests.places.allocation.towns import (
    APRIL,
    DUE,
    KINDERGARTEN,
    MIDDLE,
    NURSERY,
    OWN_DISTRICT,
    SOON,
    child,
    room,
    run,
    shared,
)


def places(found: Proposals) -> dict[str, str | None]:
    """Who is proposed which house; (guaranteed) and (by hand) are said."""
    marks = {Kind.WISH: "", Kind.GUARANTEE: " (guaranteed)", Kind.BY_HAND: " (by hand)"}
    return {
        one.seeker: one.proposal.facility + marks[one.proposal.kind] if one.proposal else None for one in found.outcomes
    }


def told(found: Proposals, name: str) -> Outcome:
    return next(one for one in found.outcomes if one.seeker == name)


TOWNS: list[tuple[str, Run, dict[str, str | None]]] = [
    (
        "each gets the dearest house in which nobody ahead wants the place",
        run([room("a", 1), room("b", 1)], [child("Asta", "ab", 1), child("Bo", "ab", 2), child("Carl", "ab", 3)]),
        {"Asta": "a", "Bo": "b", "Carl": None},
    ),
    (
        "a last wish counts in its line like a first one",
        run([room("a", 1), room("b", 1)], [child("Asta", "a", 1), child("Bo", "ab", 2), child("Carl", "b", 3)]),
        {"Asta": "a", "Bo": "b", "Carl": None},
    ),
    (
        "a sibling in the house goes before who waits longer, and only there",
        run([room("a", 1), room("b", 1)], [child("Asta", "ab", 1), child("Bo", "ab", 2, siblings="a")]),
        {"Asta": "b", "Bo": "a"},
    ),
    (
        "a special need goes before all",
        run([room("a", 1)], [child("Asta", "a", 1, siblings="a"), child("Bo", "a", 5, special_need=True)]),
        {"Asta": None, "Bo": "a"},
    ),
    (
        "whose day comes now is proposed a place nobody wished for",
        run([room("a", 1), room("z", 1)], [child("Asta", "a", 1), child("Bo", "a", 2, guaranteed_by=DUE)]),
        {"Asta": "a", "Bo": "z (guaranteed)"},
    ),
    (
        "the guarantee does not lift a child in the line of a house",
        run([room("a", 1), room("z", 1)], [child("Asta", "a", 2, guaranteed_by=DUE), child("Bo", "a", 1)]),
        {"Asta": "z (guaranteed)", "Bo": "a"},
    ),
    (
        "without another place, who is last in the published order makes way, wherever that is",
        run(
            [room("a", 1), room("b", 1)],
            [child("Asta", "a", 1), child("Bo", "b", 2), child("Carl", "a", 3, guaranteed_by=DUE)],
        ),
        {"Asta": "a", "Bo": None, "Carl": "b (guaranteed)"},
    ),
    (
        "who makes way goes on to the next wish",
        run(
            [room("a", 1), room("b", 1), room("c", 1)],
            [child("Asta", "a", 1), child("Bo", "bc", 3), child("Carl", "c", 4), child("Dina", guaranteed_by=DUE)],
        ),
        {"Asta": "a", "Bo": "b", "Carl": None, "Dina": "c (guaranteed)"},
    ),
    (
        "whose day comes later waits",
        run([room("a", 1)], [child("Asta", "", 1), child("Bo", "a", 2)]),
        {"Asta": None, "Bo": "a"},
    ),
    (
        "too few places: the earliest day first, whatever they wish",
        run(
            [room("a", 1)],
            [child("Asta", "a", 1, guaranteed_by=DUE), child("Bo", "", 5, guaranteed_by=SOON)],
        ),
        {"Asta": None, "Bo": "a (guaranteed)"},
    ),
    (
        "a guaranteed child is at home if that can be",
        run(
            [room("a", 1, district="south"), room("b", 1)],
            [child("Asta", guaranteed_by=DUE, district="north"), child("Bo", guaranteed_by=DUE, district="south")],
        ),
        {"Asta": "b (guaranteed)", "Bo": "a (guaranteed)"},
    ),
    (
        "where the town promises the own district, others make way for that",
        run(
            [room("a", 1, district="south"), room("b", 1)],
            [child("Asta", "b", 1), child("Bo", guaranteed_by=DUE)],
            policy=OWN_DISTRICT,
        ),
        {"Asta": None, "Bo": "b (guaranteed)"},
    ),
    (
        "but never at the price of a guarantee by law",
        run(
            [room("a", 1, district="south"), room("b", 1)],
            [child("Asta", guaranteed_by=SOON), child("Bo", guaranteed_by=DUE, refused=frozenset("a"))],
            policy=OWN_DISTRICT,
        ),
        {"Asta": "a (guaranteed)", "Bo": "b (guaranteed)"},
    ),
    (
        "an older child stands in its own line",
        run(
            [room("a", {NURSERY: 1, KINDERGARTEN: 1})], [child("Asta", "a", 5), child("Bo", "a", 1, group=KINDERGARTEN)]
        ),
        {"Asta": "a", "Bo": "a"},
    ),
    (
        "shared units: 0-2 asks first and takes two, 3+ takes what is left",
        run(
            [shared("a", 3)],
            [child("Asta", "a", 5), child("Bo", "a", 1, group=KINDERGARTEN), child("Ea", "a", 2, group=KINDERGARTEN)],
        ),
        {"Asta": "a", "Bo": "a", "Ea": None},
    ),
    (
        "shared units: a guarantee of 3+ goes before a wish for 0-2",
        run([shared("a", 2)], [child("Asta", "a", 1), child("Bo", group=KINDERGARTEN, guaranteed_by=DUE)]),
        {"Asta": None, "Bo": "a (guaranteed)"},
    ),
    (
        "what a clerk decides by hand comes first",
        run([room("a", 1)], [child("Asta", "a", 1), child("Bo", "", 5)], [Pin(seeker="Bo", room="a", reason="note")]),
        {"Asta": None, "Bo": "a (by hand)"},
    ),
]


@pytest.mark.parametrize(("town", "expected"), [town[1:] for town in TOWNS], ids=[town[0] for town in TOWNS])
def test_who_is_proposed_which_house(town: Run, expected: dict[str, str | None]) -> None:
    assert places(propose(town)) == expected


def test_a_wish_that_is_not_met_says_how_many_places_there_were_and_by_which_rule_they_went() -> None:
    line = [child("Asta", "a", 3, siblings="a"), child("Bo", "a", 2, siblings="a"), child("Carl", "ab", 1)]
    found = told(propose(run([room("a", 2)], line)), "Carl")
    assert found.proposal is None
    assert found.wishes == (
        WishTold("a", Why.AHEAD, places=2, by_order=2, number=3, of_how_many=3, decided=Reason.SIBLING),
        WishTold("b", Why.NONE_FREE),
    )
    assert found.promise == PromiseTold(Promise.LATER, date(2027, 8, 1))


def test_a_place_that_the_guarantee_needs_is_said_to_be() -> None:
    found = propose(run([room("a", 2)], [child("Asta", "a", 1), child("Bo", "a", 2), child("Ea", guaranteed_by=DUE)]))
    assert told(found, "Bo").wishes == (
        WishTold("a", Why.FOR_GUARANTEE, places=2, by_order=1, for_guarantee=1, number=2, of_how_many=2),
    )
    assert told(found, "Ea").promise == PromiseTold(Promise.MET, DUE)


def test_a_broken_guarantee_says_how_many_places_would_have_suited() -> None:
    hand = [Pin(seeker="Ea", room="a", reason="note")]
    town = run(
        [room("a", 2), room("b", 0), room("c", {KINDERGARTEN: 5})],
        [child("Asta", guaranteed_by=SOON), child("Bo", "a", guaranteed_by=DUE), child("Ea")],
        hand,
    )
    found = propose(town)
    assert told(found, "Bo").promise == PromiseTold(Promise.SHORT, DUE, places=2, by_hand=1)
    assert [one.seeker for one in found.short] == ["Bo"]
    assert told(found, "Bo").wishes[0].why is Why.FOR_GUARANTEE


WISHES = [
    ("b", [child("Asta", "ab", 1)], Why.BETTER),
    ("a", [child("Asta", "ab", 1)], Why.PROPOSED),
    ("a", [child("Asta", "a", wanted=APRIL)], Why.NOT_YET_WANTED),
    ("a", [child("Asta", "a", birth=date(2023, 1, 1))], Why.OTHER_AGE),
    ("a", [child("Asta", "a", refused=frozenset("a"))], Why.LET_GO),
    ("z", [child("Asta", "z")], Why.NONE_FREE),
    ("m", [child("Asta", "m", guaranteed_by=SOON)], Why.TOO_LATE),
]


@pytest.mark.parametrize(("house", "seekers", "why"), WISHES, ids=[str(one[2]) for one in WISHES])
def test_what_became_of_a_wish(house: str, seekers: list[Seeker], why: Why) -> None:
    rooms = [room("a", 1), room("b", 1), room("m", 1, starts=MIDDLE)]
    found = told(propose(run(rooms, seekers)), "Asta")
    assert next(wish.why for wish in found.wishes if wish.facility == house) is why


PROMISES = [
    (child("Asta", "a", guaranteed_by=None), [room("a", 1)], Promise.NONE),
    (child("Asta"), [room("a", 1)], Promise.LATER),
    (child("Asta", "a"), [room("a", 1)], Promise.MET),
    (child("Asta", guaranteed_by=SOON), [room("a", 1, starts=MIDDLE)], Promise.LATE),
    (child("Asta", guaranteed_by=date(2027, 2, 1)), [room("a", 1)], Promise.LATE),
    (child("Asta", guaranteed_by=DUE), [room("a", 1, district="south")], Promise.OTHER_DISTRICT),
    (child("Asta", guaranteed_by=DUE), [room("a", 1, district=None)], Promise.MET),
    (child("Asta", guaranteed_by=DUE), [room("a", 0)], Promise.SHORT),
    (child("Asta", guaranteed_by=DUE), [], Promise.SHORT),
    (child("Asta", guaranteed_by=DUE, birth=date(2023, 1, 1)), [room("a", 1)], Promise.OUTGROWN),
]


@pytest.mark.parametrize(("one", "rooms", "promise"), PROMISES, ids=[str(one[2]) for one in PROMISES])
def test_what_becomes_of_the_guarantee(one: Seeker, rooms: list[Room], promise: Promise) -> None:
    assert told(propose(run(rooms, [one], policy=OWN_DISTRICT)), "Asta").promise.promise is promise


def test_who_is_guaranteed_and_sits_in_a_wished_house_sits_there_by_its_line() -> None:
    both = [child("Asta", "a", 2, guaranteed_by=SOON), child("Bo", "a", 1, guaranteed_by=DUE)]
    hand = [Pin(seeker="Ea", room="a", reason="note")]
    town = run([room("a", 2), room("b", 1)], [*both, child("Ea", "a", 5)], hand)
    assert places(propose(town)) == {"Asta": "b (guaranteed)", "Bo": "a", "Ea": "a (by hand)"}


A, BO = room("a", 1), child("Bo", "a")
BY_HAND = Pin(seeker="Bo", room="a", reason="note")
BAD = [
    (Problem.TWICE, [A, A], [BO], []),
    (Problem.TWICE, [A], [BO, BO], []),
    (Problem.TWICE, [A], [BO], [BY_HAND, BY_HAND]),
    (Problem.TWICE, [A], [child("Bo", "aa")], []),
    (Problem.OTHER_MONTH, [room("a", 1, starts=APRIL)], [BO], []),
    (Problem.UNKNOWN, [A], [], [BY_HAND]),
    (Problem.UNKNOWN, [A], [BO], [replace(BY_HAND, room="b")]),
    (Problem.NO_REASON, [A], [BO], [replace(BY_HAND, reason="")]),
    (Problem.UNFIT, [A], [child("Bo", wanted=APRIL)], [BY_HAND]),
    (Problem.OVERFULL, [room("a", 0)], [BO], [BY_HAND]),
    (Problem.OVERFULL, [shared("a", 1)], [BO], [BY_HAND]),
]


@pytest.mark.parametrize(("problem", "rooms", "seekers", "pins"), BAD, ids=[str(one[0]) for one in BAD])
def test_a_run_that_contradicts_itself_is_refused(
    problem: Problem, rooms: list[Room], seekers: list[Seeker], pins: list[Pin]
) -> None:
    with pytest.raises(BadRun) as refused:
        run(rooms, seekers, pins)
    assert refused.value.problem is problem


def test_a_house_that_is_overfull_has_nothing_free() -> None:
    found = propose(run([room("a", -1), shared("b", -3)], [child("Asta", "ab")]))
    assert places(found) == {"Asta": None}
    assert found.left == {"a": {NURSERY: 0, KINDERGARTEN: 0}, "b": 0}
