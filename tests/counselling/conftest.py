"""An office of one's own for each test: real keys and a real database in a folder; deriving is cheap but where it is
the thing tested.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from parentsite.counselling.keys.derivation import Cost
from parentsite.counselling.office import Office, embed_house_key, office_at
from parentsite.foundation.clock import FixedClock, local_date
from parentsite.foundation.work import ANONYMOUS, Actor, Work

CHEAP = Cost(passes=1, memory=8192 * 1024)
Doing = Callable[..., AbstractContextManager[Work]]


def cheap(office: Office) -> Office:
    """The same office, whose keys cost next to nothing to make."""
    return replace(office, derivation=replace(office.derivation, cost=CHEAP))


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    """An office whose house key lies in a file."""
    made = cheap(office_at(tmp_path / "db" / "samtale.db", tmp_path / "keys", each_hour=20))
    embed_house_key(made, local_date(clock.now()))
    yield made
    made.database.dispose()


@pytest.fixture
def doing(office: Office, clock: FixedClock) -> Doing:
    """`with doing(actor) as work:` is one write transaction at the clock's moment."""

    @contextmanager
    def working(actor: Actor = ANONYMOUS) -> Iterator[Work]:
        with office.database.write() as session:
            yield Work(session, clock.now(), actor)

    return working
