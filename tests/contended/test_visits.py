"""Two hundred browsers after twenty times of home visits, on a running site and on both databases, again and again."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.contended.crowd import Answer
from tests.contended.running import MOST_CONNECTIONS, Running, running
from tests.contended.visits import FAMILIES, GONE, TIMES, District, Family, district, standing
from tests.databases import Template

ROUNDS = 50
Wish = tuple[Family, UUID]


@pytest.fixture
def site(tmp_path: Path, new_url: Callable[..., str]) -> Iterator[Running]:
    with running(tmp_path, new_url(Template.TOWN)) as served:
        yield served


def test_twenty_times_go_to_twenty_of_two_hundred_families(site: Running) -> None:
    """In every other round each time is pressed first, and held for who was first; then the holders confirm. In the
    others all confirm at once, as they do when nobody's hold has lasted. Then the winners give the times back.
    """
    town = district(site)
    for number in range(ROUNDS):
        wishes = town.wishes()
        if number % 2:
            wishes = won_by_one_each(wishes, town.at_once(*(one.press(slot) for one, slot in wishes)))
        receipts = town.at_once(*(one.confirm(slot) for one, slot in wishes))
        winners = won_by_one_each(wishes, receipts)
        found = standing(site)
        assert (found.problems, found.held) == ([], 0)
        assert found.hosts == {slot: one.of.parent for one, slot in winners}
        give_all_back(town, wishes, receipts)
        assert standing(site).letters == {
            "visits/booked": TIMES * (number + 1),
            "visits/cancelled": TIMES * (number + 1),
        }
    assert (site.trouble(), site.deadlocks()) == ([], 0)
    assert 0 < site.connections() <= MOST_CONNECTIONS


def won_by_one_each(wishes: list[Wish], answers: list[Answer]) -> list[Wish]:
    """Every time went to one family, and every other family has a page that says so and offers times that are free."""
    assert Counter(one.status for one in answers) == {303: TIMES, **({422: len(wishes) - TIMES} if len(wishes) > TIMES else {})}
    winners = [wish for wish, answer in zip(wishes, answers, strict=True) if answer.status == 303]
    assert len({slot for _, slot in winners}) == TIMES
    for (_, slot), answer in zip(wishes, answers, strict=True):
        if answer.status != 303:
            assert GONE in answer.body
            assert answer.times
            assert slot not in answer.times
    return winners


def give_all_back(town: District, wishes: list[Wish], receipts: list[Answer]) -> None:
    done = town.at_once(
        *(one.cancel(receipt) for (one, _), receipt in zip(wishes, receipts, strict=True) if receipt.status == 303)
    )
    assert Counter(one.status for one in done) == {303: TIMES}
