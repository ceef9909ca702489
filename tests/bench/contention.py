"""Two hundred clients who press at the same moment: how many get what they are after in a second, how long the others
wait, and whether every run ends right.

That exactly the right ones win is proved in `tests/contended`; here it is counted once more while time is taken.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.served import WORKERS
from tests.contended import groups, visits
from tests.contended.crowd import Answer, percentile
from tests.contended.running import running

ROUNDS = 10
"""After one that only warms up."""


@dataclass(frozen=True)
class Contended:
    """Medians over the rounds; milliseconds. `won` and `answered` are a second's, from the first press to the last
    receipt, and to the last answer.
    """

    name: str
    wrong: int
    errors: int
    won: float
    answered: float
    p50: float
    p95: float
    p99: float


def under_contention(folder: Path, url: str) -> list[Contended]:
    """The times of home visits and the places of a group, on a database of its own at `url`."""
    with running(folder, url, WORKERS) as site:
        return [_for_times(visits.district(site)), _for_places(groups.town(site))]


def _for_times(town: visits.District) -> Contended:
    """All confirm; then who has a time gives it back."""

    def race() -> tuple[Sequence[Answer], bool]:
        wishes = town.wishes()
        answers = town.at_once(one.confirm(slot) for one, slot in wishes)
        winners = [(wish, answer) for wish, answer in zip(wishes, answers, strict=True) if answer.status == 303]
        town.at_once(one.cancel(receipt) for (one, _), receipt in winners)
        return answers, len(winners) == len({slot for (_, slot), _ in winners}) == visits.TIMES

    return _raced(f"{visits.FAMILIES} clients for {visits.TIMES} times", race)


def _for_places(town: groups.Town) -> Contended:
    """All join a new group; all are answered with their place, in it or in its line."""

    def race() -> tuple[Sequence[Answer], bool]:
        of = town.new_group()
        answers = town.at_once(one.join(of) for one in town.parents)
        line = groups.line_of(town.site, of)
        is_right = line.taken == len(line.by_state["joined"]) == groups.PLACES
        return answers, is_right and list(line.turns) == list(range(1, groups.PARENTS + 1))

    return _raced(f"{groups.PARENTS} clients for {groups.PLACES} places", race)


def _raced(name: str, race: Callable[[], tuple[Sequence[Answer], bool]]) -> Contended:
    race()
    rounds = [race() for _ in range(ROUNDS)]
    told = [answers for answers, _ in rounds]
    return Contended(
        name=name,
        wrong=sum(not is_right for _, is_right in rounds),
        errors=sum(one.status >= 500 for answers in told for one in answers),
        won=median(_a_second([one for one in answers if one.status == 303]) for answers in told),
        answered=median(map(_a_second, told)),
        p50=median(percentile(answers, 50) for answers in told),
        p95=median(percentile(answers, 95) for answers in told),
        p99=median(percentile(answers, 99) for answers in told),
    )


def _a_second(answers: Sequence[Answer]) -> float:
    return len(answers) / max(one.seconds for one in answers)
