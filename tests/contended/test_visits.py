"""Two hundred browsers after twenty times of home visits, on a running site and on both databases, again and again."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

import pytest

from tests.contended.crowd import Answer
from tests.contended.running import LONGEST, MOST_CONNECTIONS, ROUNDS, Running, running
from tests.contended.visits import FAMILIES, GONE, TIMES, District, Family, district, standing
from tests.databases import Template

MIXED_ROUNDS = 5
Wish = tuple[Family, UUID]


@pytest.fixture
def site(tmp_path: Path, new_url: Callable[..., str]) -> Iterator[Running]:
    """Ends with what holds of every race: no error, no deadlock that a second try hides, no connection too many."""
    with running(tmp_path, new_url(Template.TOWN)) as served:
        yield served
        assert (served.trouble(), served.deadlocks()) == ([], 0)
        assert 0 < served.connections() <= MOST_CONNECTIONS


@pytest.mark.timeout(LONGEST)
def test_twenty_times_go_to_twenty_of_two_hundred_families(site: Running) -> None:
    """In every other round each time is pressed first, and held for who was first; then the holders confirm. In the
    others all confirm at once, as they do when nobody's hold has lasted. Then the winners give the times back.
    """
    town = district(site)
    for number in range(ROUNDS):
        wishes = town.wishes()
        if number % 2:
            wishes = won_by_one_each(wishes, town.at_once(one.press(slot) for one, slot in wishes))
        receipts = town.at_once(one.confirm(slot) for one, slot in wishes)
        winners = won_by_one_each(wishes, receipts)
        found = standing(site)
        assert (found.problems, found.held) == ([], 0)
        assert found.hosts == {slot: one.of.parent for one, slot in winners}
        give_back(town, zip((one for one, _ in wishes), receipts, strict=True))
        told = TIMES * (number + 1)
        assert standing(site).letters == {"visits/booked": told, "visits/cancelled": told}


@pytest.mark.timeout(LONGEST)
def test_booking_moving_and_cancelling_at_once(site: Running) -> None:
    """Of twenty families with a time ten move to ten free ones, and ten cancel; all others are after these thirty."""
    town = district(site)
    for _ in range(MIXED_ROUNDS):
        with_time = town.wishes()[:TIMES]
        receipts = town.at_once(one.confirm(slot) for one, slot in with_time)
        movers, leavers = with_time[: TIMES // 2], with_time[TIMES // 2 :]
        wishes = [(one, slot) for (one, _), slot in zip(movers, town.spare, strict=True)]
        wishes += list(zip(town.families[TIMES:], [*town.times, *town.spare] * FAMILIES, strict=False))
        goers = [one.cancel(receipt) for (one, _), receipt in zip(leavers, receipts[len(movers) :], strict=True)]
        done = town.at_once([*goers, *(one.confirm(slot) for one, slot in wishes)])
        gone, answers = done[: len(goers)], done[len(goers) :]
        assert {one.status for one in gone} == {303}
        assert {one.status for one in answers} == {303, 422}
        won = {one.of.parent: slot for (one, slot), answer in zip(wishes, answers, strict=True) if answer.status == 303}
        kept = {one.of.parent: slot for one, slot in movers}
        found = standing(site)
        assert found.problems == []
        assert {host: slot for slot, host in found.hosts.items()} == kept | won
        assert set(town.spare) <= found.hosts.keys()
        give_back(town, [*zip((one for one, _ in movers), receipts, strict=False)])
        give_back(town, [(one, answer) for (one, _), answer in zip(wishes, answers, strict=True)][len(movers) :])
        assert standing(site).hosts == {}


def won_by_one_each(wishes: Sequence[Wish], answers: Sequence[Answer]) -> list[Wish]:
    """Every time went to one family, and every other family has a page that says so and offers times that are free."""
    assert Counter(one.status for one in answers) == +Counter({303: TIMES, 422: len(wishes) - TIMES})
    winners = [wish for wish, answer in zip(wishes, answers, strict=True) if answer.status == 303]
    assert len({slot for _, slot in winners}) == TIMES
    for (_, slot), answer in zip(wishes, answers, strict=True):
        if answer.status != 303:
            assert GONE in answer.body
            assert answer.times
            assert slot not in answer.times
    return winners


def give_back(town: District, receipts: Iterable[tuple[Family, Answer]]) -> None:
    """Who has a time cancels it."""
    done = town.at_once(one.cancel(receipt) for one, receipt in receipts if receipt.status == 303)
    assert {one.status for one in done} == {303}
