"""A real district: six health visitors, each with a year of times. The free ones of a family are one question."""

from sqlalchemy import func, select, text

from parentsite.foundation.database import Database
from parentsite.visits.models.team import VisitSlot
from parentsite.visits.service.times import free_times
from tests.conftest import Working
from tests.house_rules.plans import grows, statements
from tests.visits.scene import LATER, family, mornings, shown, visitor

VISITORS, FEWEST = 6, 5_800
"""Four times on each of a year's working days."""


def test_the_free_times_of_two_months_are_one_question_that_an_index_answers(
    database: Database, work: Working, look: Working
) -> None:
    with work() as now:
        for _ in range(VISITORS):
            visitor(now, *mornings(until=None))
        home = family(now)
        assert now.session.scalars(select(func.count()).select_from(VisitSlot)).one() > FEWEST
    if not database.is_sqlite:
        with database.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    url = database.url.render_as_string(hide_password=False)
    with look() as now, statements(url) as sent:
        free = free_times(now, home.parent, home.child, LATER)
    of_times = {one: values for one, values in sent.items() if "visit_slot" in one}
    assert len(of_times) == 1
    assert shown(free)[:2] == ["Wed 20 08.00", "Wed 20 09.20"]
    assert len({one.starts_at for one in free}) == len(free) > 150
    assert grows(database, of_times) == set()
