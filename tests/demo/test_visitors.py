"""The demo's health visitors have hours in every district, and keep what somebody has changed."""

from datetime import date

from sqlalchemy import func, select

from parentsite.demo.fictional import fictional_register
from parentsite.demo.settings import FAMILIES
from parentsite.demo.visitors import WEEKS, set_to_work
from parentsite.town.service import current_town
from parentsite.visits.models.team import VisitHours, VisitSlot
from tests.conftest import Working


def test_every_district_has_free_times_and_a_second_start_changes_nothing(work: Working) -> None:
    register = fictional_register(FAMILIES, date(2026, 2, 12))
    with work() as now:
        assert set_to_work(now, register, "https://staff.example") == len(WEEKS)
        districts = set(now.session.scalars(select(VisitSlot.district).distinct()))
        assert districts == {one.code for one in current_town(now.session).districts}
        before = now.session.scalar(select(func.count()).select_from(VisitHours))
        assert set_to_work(now, register, "https://staff.example") == 0
        assert now.session.scalar(select(func.count()).select_from(VisitHours)) == before
