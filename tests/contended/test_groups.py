"""Two hundred browsers after the eight places of a group, on a running site and on both databases, again and again."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.contended.groups import PARENTS, PLACES, Line, Town, line_of, offers_written, town
from tests.contended.running import LONGEST, MOST_CONNECTIONS, ROUNDS, Running, running
from tests.databases import Template
from tests.groups.scene import broken


@pytest.fixture
def site(tmp_path: Path, new_url: Callable[..., str]) -> Iterator[Running]:
    """Ends with what holds of every race: no error, no deadlock that a second try hides, no connection too many."""
    with running(tmp_path, new_url(Template.TOWN)) as served:
        yield served
        assert (served.trouble(), served.deadlocks()) == ([], 0)
        assert 0 < served.connections() <= MOST_CONNECTIONS


@pytest.mark.timeout(LONGEST)
def test_eight_places_go_to_eight_of_two_hundred_parents(site: Running) -> None:
    """All press at once. Then all members leave at once, and in every other round the first in line, who are just then
    being offered the places, leave with them; who was offered a place says yes.
    """
    found = town(site)
    for number in range(ROUNDS):
        of = found.new_group()
        answers = found.at_once(one.join(of) for one in found.parents)
        assert Counter(one.status for one in answers) == {303: PARENTS}
        places = {one.of.parent: answer.location for one, answer in zip(found.parents, answers, strict=True)}
        line = line_of(site, of)
        in_order = everybody_once(line)
        if number == 0:
            tells_everybody_the_number(found, line, places)
        goers = in_order[: 2 * PLACES] if number % 2 else in_order[:PLACES]
        each = {one.of.parent: one for one in found.parents}
        done = found.at_once(each[who].leave(places[who]) for who in reversed(goers))
        assert Counter(one.status for one in done) == {303: len(goers)}
        left = line_of(site, of)
        first = in_order[len(goers) : len(goers) + PLACES]
        assert (left.taken, left.by_state["offered"]) == (PLACES, first)
        assert left.by_state["waiting"] == in_order[len(goers) + PLACES :]
        assert offers_written(site, [places[who] for who in first]) == PLACES
        done = found.at_once(each[who].accept(places[who]) for who in first)
        assert Counter(one.status for one in done) == {303: PLACES}
        assert (line_of(site, of).taken, line_of(site, of).by_state["joined"]) == (PLACES, first)
    with site.look() as work:
        assert broken(work.session) == []


def everybody_once(line: Line) -> list[UUID]:
    """Eight have a place, and all others stand in one line without a gap, in the order of their numbers."""
    members, waiting = line.by_state["joined"], line.by_state["waiting"]
    assert line.by_state.keys() == {"joined", "waiting"}
    assert (line.taken, len(members), len(waiting)) == (PLACES, PLACES, PARENTS - PLACES)
    assert line.turns == list(range(1, PARENTS + 1))
    in_order = [*members, *waiting]
    assert len(set(in_order)) == PARENTS
    return in_order


def tells_everybody_the_number(found: Town, line: Line, places: dict[UUID, str]) -> None:
    """Who came too late reads where in line that is."""
    waiting = line.by_state["waiting"]
    each = {one.of.parent: one for one in found.parents}
    pages = found.at_once(each[who].browser.get(places[who]) for who in waiting)
    told = [f"You are number {number} in line" in page.body for number, page in enumerate(pages, start=1)]
    assert all(told)
