"""The demo's letters: something for each team, in every state, and nothing written twice."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from parentsite.contact.models import LetterMessage
from parentsite.contact.service import desk_lists, own
from parentsite.contact.service.desk_lists import Shelf
from parentsite.demo.fictional import fictional_register
from parentsite.demo.letters import TEAMS, write_letters
from parentsite.demo.settings import FAMILIES
from parentsite.foundation.work import SYSTEM, Actor, ActorKind, Work
from parentsite.people.children import children_of
from parentsite.people.models import Person
from parentsite.people.register import RegisterFile
from tests import builders
from tests.conftest import NewDatabase
from tests.databases import MOMENT, Template

ISSUER = "https://staff.example"


def test_each_team_has_a_letter_and_a_second_start_changes_nothing(new_database: NewDatabase) -> None:
    register = fictional_register(FAMILIES, date(2026, 2, 12))
    with new_database(Template.FAMILIES).write() as session:
        now = Work(session, MOMENT, SYSTEM)
        assert write_letters(now, register, ISSUER)
        read = {one.key: _at_desk(now, register, one.key) for one in register.staff}
        here = {team for found in read.values() for team, _ in found}
        assert here == set(TEAMS)
        assert {state for found in read.values() for _, state in found} == {"open", "claimed", "answered", "closed"}
        assert ("sundhedspleje", "open") in read["susanne-elkjaer"]
        assert read["anette-krogh-lind"] == read["dorthe-ilsoe"] == set(), "the letter is from another district"
        assert read["lone-vad"] == {("socialraadgiver", "open")}
        assert _news(now, "layla-haddad") == [("pladsanvisning", 1)]
        assert _news(now, "nadia-friis") == [("boernehus", 2)]
        written = session.scalar(select(func.count()).select_from(LetterMessage))
        assert not write_letters(now, register, ISSUER)
        assert session.scalar(select(func.count()).select_from(LetterMessage)) == written


def _at_desk(now: Work, register: RegisterFile, key: str) -> set[tuple[str, str]]:
    member = next(one for one in register.staff if one.key == key)
    actor = Actor(ActorKind.STAFF, builders.clerk(now), member.roles, member.institutions)
    return {
        (one.team, one.state.value)
        for shelf in Shelf
        for one in desk_lists.queue(Work(now.session, now.now, actor), shelf).rows
    }


def _news(now: Work, key: str) -> list[tuple[str, int]]:
    person: UUID = now.session.scalars(select(Person.id).where(Person.register_key == key)).one()
    children = children_of(now.session, person, now.today)
    return [(one.team, one.unread) for one in own.news_for(now, person, children)]
