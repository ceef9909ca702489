"""The power goes while somebody answers: there is a whole receipt, or none, and the chain goes on."""

import pytest

from parentsite.consent.service.chain import broken_chains
from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from tests.consent.dying import VERBS, do
from tests.consent.scene import family, matter, say
from tests.databases import MOMENT
from tests.dying import killed_until_it_is_done, rows_of

FEWEST_MOMENTS = 7


@pytest.mark.parametrize("verb", VERBS)
def test_killed_at_any_moment_it_is_nothing_or_all(database: Database, verb: str) -> None:
    with database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        child, (anne, _) = family(now)
        if verb == "withdraw":
            say(now, anne, matter(child))
    moment, _, after = killed_until_it_is_done(database, do, verb, anne, child)
    assert moment >= FEWEST_MOMENTS
    with database.read() as session:
        assert broken_chains(session) == []
    do(database, verb, anne, child)
    assert rows_of(database) == after
