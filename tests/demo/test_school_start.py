"""The demo's way to school: something in each state, one child that the school may read of, and nothing made twice."""

from datetime import date

from sqlalchemy import func, select

from parentsite.demo.fictional import fictional_register
from parentsite.demo.school_start import DESCRIPTION, HOUSE, SCHOOL, write_down
from parentsite.demo.settings import FAMILIES
from parentsite.foundation.database import new_id
from parentsite.foundation.work import SYSTEM, Actor, ActorKind, Work
from parentsite.readiness.models import DocumentVersion
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service import listing, requests
from parentsite.readiness.service.pupils import Shelf, listed
from tests.conftest import NewDatabase
from tests.databases import MOMENT, Template

ISSUER = "https://staff.example"


def test_each_state_is_there_and_a_second_start_changes_nothing(new_database: NewDatabase) -> None:
    register = fictional_register(FAMILIES, date(2026, 2, 12))
    with new_database(Template.FAMILIES).write() as session:
        now = Work(session, MOMENT, SYSTEM)
        assert write_down(now, register, ISSUER)
        at_house = _staff(now, "pedagogue", HOUSE)
        rows = {row.pupil.child.name: row.pupil for row in listed(at_house, Shelf.SOON).rows}
        assert set(rows) == {"Alba", "Salma", "Sigurd"}
        papers = {
            name: (one.papers[DESCRIPTION].number, bool(one.papers[DESCRIPTION].draft)) for name, one in rows.items()
        }
        assert papers == {"Alba": (2, False), "Salma": (1, False), "Sigurd": (None, True)}
        assert rows["Salma"].papers[DocumentKind.ASSESSMENT].number == 1
        assert [name for name, one in rows.items() if one.is_asked] == ["Sigurd"]
        waits = requests.waiting(at_house)
        assert (waits.corrections, waits.assessments) == (1, 1)
        read = listing.may_be_read(_staff(now, "school", SCHOOL)).rows
        assert [(one.child.name, one.kind, one.number) for one in read] == [("Alba", DESCRIPTION, 2)]
        versions = session.scalar(select(func.count()).select_from(DocumentVersion))
        assert not write_down(now, register, ISSUER)
        assert session.scalar(select(func.count()).select_from(DocumentVersion)) == versions == 4


def _staff(now: Work, role: str, institution: str) -> Work:
    actor = Actor(ActorKind.STAFF, new_id(), frozenset({role}), frozenset({institution}))
    return Work(now.session, now.now, actor)
