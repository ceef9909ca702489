"""Which children are on the way to school: neither toddlers nor pupils are shown it, and no birthday is forgotten."""

from datetime import date

import pytest

from parentsite.readiness.rules.ends import Ends
from parentsite.readiness.rules.near import is_near_school

ENDS = Ends(days=365, after_start=60, age=6, month=8, day=1)


@pytest.mark.parametrize(
    ("birth", "today", "near"),
    [
        (date(2020, 5, 4), date(2023, 5, 3), False),
        (date(2020, 5, 4), date(2023, 5, 4), True),
        (date(2020, 2, 29), date(2023, 2, 28), False),
        (date(2020, 2, 29), date(2023, 3, 1), True),
        (date(2020, 12, 31), date(2027, 7, 31), True),
        (date(2020, 1, 1), date(2027, 8, 1), False),
    ],
)
def test_from_the_third_birthday_until_a_year_after_school_start(birth: date, today: date, near: bool) -> None:
    assert is_near_school(ENDS, birth, today) is near
