"""The demo's groups: of each kind one to join, one that is full with a line, and nothing made twice."""

from datetime import date

from sqlalchemy import func, select

from parentsite.demo.fictional import fictional_register
from parentsite.demo.groups import bring_together
from parentsite.demo.settings import FAMILIES
from parentsite.foundation.work import SYSTEM, Work
from parentsite.groups.models import ParentGroup
from parentsite.groups.service.desk_lists import Shelf, Wanted, desk_groups
from parentsite.town.service import current_town
from tests.conftest import NewDatabase
from tests.databases import MOMENT, Template
from tests.groups.scene import broken

ISSUER = "https://staff.example"


def test_there_is_a_group_of_each_kind_and_a_second_start_changes_nothing(new_database: NewDatabase) -> None:
    register = fictional_register(FAMILIES, date(2026, 2, 12))
    with new_database(Template.FAMILIES).write() as session:
        now = Work(session, MOMENT, SYSTEM)
        made = bring_together(now, register, ISSUER)
        kinds = {kind.code for kind in current_town(session).group_kinds}
        open_ones, full = (desk_groups(now, Wanted(shelf)).rows for shelf in (Shelf.OPEN, Shelf.FULL))
        assert {one.kind for one in (*open_ones, *full)} == kinds
        assert [(one.taken, one.waiting) for one in full] == [(3, 1)]
        assert all(one.next_meeting for one in (*open_ones, *full))
        assert broken(session) == []
        assert bring_together(now, register, ISSUER) == 0
        assert session.scalar(select(func.count()).select_from(ParentGroup)) == made
