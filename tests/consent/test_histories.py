"""Whatever happens, in whatever order: what is allowed is what a slow and obvious reading of the whole history says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import insert, update

from parentsite.consent.rules import Answer, Shown
from parentsite.consent.service import saying
from parentsite.consent.service.chain import broken_chains
from parentsite.consent.service.effect import unanswered
from parentsite.consent.service.errors import NotAsked
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import Block, Person, Relation, RelationKind
from tests import builders
from tests.consent.scene import is_allowed, matter
from tests.databases import MOMENT

HOUSES = ("stjernehoej", "maaloev")
WHO, WHERE, DAYS = st.integers(0, 1), st.sampled_from(HOUSES), st.integers(1, 6)


@dataclass(frozen=True)
class Event:
    """Something that happened to an adult on a day; `until` only for a yes, `house` only for an answer."""

    what: str
    who: UUID
    day: date
    house: str = ""
    until: date = date.max


class Reference:
    """Remembers everything and works out everything anew, one adult at a time, from the first day to the last."""

    def __init__(self) -> None:
        self.history: list[Event] = []

    def holds_since(self, who: UUID) -> date | None:
        since = None
        for event in self.history:
            if event.who == who and event.what == "custody":
                since = event.day
            elif event.who == who and event.what in {"custody ends", "dies"}:
                since = None
        return since

    def is_blocked(self, who: UUID) -> bool:
        return sum({"blocked": 1, "let in": -1}.get(one.what, 0) for one in self.history if one.who == who) > 0

    def answer(self, who: UUID, house: str, today: date) -> str:
        """`yes`, `no` or nothing: what this adult, as custody holder of today, last said that still holds."""
        since, said, until = self.holds_since(who), "", date.max
        for event in self.history:
            if event.who != who or event.house != house or since is None or event.day < since:
                continue
            if event.what == "yes" and not (said == "yes" and event.day < until):
                said, until = "yes", event.until
            elif event.what in {"no", "withdraws"}:
                said = "no"
        return "" if said == "yes" and today >= until else said

    def answers(self, adults: list[UUID], house: str, today: date) -> dict[UUID, str]:
        return {who: self.answer(who, house, today) for who in adults if self.holds_since(who) is not None}


class Families(RuleBasedStateMachine):
    """A child, two adults who come and go, two houses that ask."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.now = MOMENT
        self.reference = Reference()
        self.transaction = self.database.write()
        self.session = self.transaction.__enter__()
        self.child = builders.child(self.work)
        self.adults = [builders.person(self.work) for _ in range(2)]
        self.touched: set[tuple[UUID, date]] = set()
        self.dead: set[UUID] = set()
        self.custody_begins(0)

    def teardown(self) -> None:
        self.session.rollback()
        self.transaction.__exit__(None, None, None)

    @property
    def work(self) -> Work:
        return Work(self.session, self.now, SYSTEM)

    def happens(self, what: str, who: UUID, house: str = "", until: date = date.max) -> None:
        self.reference.history.append(Event(what, who, self.work.today, house, until))

    @rule(number=WHO)
    def custody_begins(self, number: int) -> None:
        who, today = self.adults[number], self.work.today
        if self.reference.holds_since(who) is None and who not in self.dead and (who, today) not in self.touched:
            self.touched.add((who, today))
            builders.relate(self.work, who, self.child, RelationKind.CUSTODY, since=today)
            self.happens("custody", who)

    @rule(number=WHO)
    def custody_ends(self, number: int) -> None:
        who = self.adults[number]
        if self.reference.holds_since(who) is not None:
            self.touched.add((who, self.work.today))
            held = (Relation.person_id == who, Relation.until.is_(None))
            self.session.execute(update(Relation).where(*held).values(until=self.work.today))
            self.happens("custody ends", who)

    @precondition(lambda self: not self.dead)
    @rule(number=WHO)
    def somebody_dies(self, number: int) -> None:
        who = self.adults[number]
        self.dead.add(who)
        self.session.execute(update(Person).where(Person.id == who).values(died_on=self.work.today))
        self.happens("dies", who)

    @rule(number=WHO)
    def somebody_is_blocked_or_let_in(self, number: int) -> None:
        who, today = self.adults[number], self.work.today
        if self.reference.is_blocked(who):
            self.session.execute(update(Block).where(Block.person_id == who, Block.until.is_(None)).values(until=today))
            self.happens("let in", who)
        elif (who, today) not in {(one.who, one.day) for one in self.reference.history if one.what == "blocked"}:
            row = {"id": new_id(), "child_id": self.child, "person_id": who, "since": today}
            self.session.execute(insert(Block).values(row))
            self.happens("blocked", who)

    @rule(
        number=WHO,
        house=WHERE,
        is_yes=st.booleans(),
        by_staff=st.booleans(),
        days=DAYS,
        language=st.sampled_from(["da", "ar"]),
    )
    def somebody_answers(self, number: int, house: str, is_yes: bool, by_staff: bool, days: int, language: str) -> None:
        who, until = self.adults[number], self.work.today + timedelta(days=days)
        by: Callable[[Work], Work] = builders.as_clerk if by_staff else lambda work: builders.as_parent(work, who)
        may = self.reference.holds_since(who) is not None and (by_staff or not self.reference.is_blocked(who))
        shown = Shown("A house", "test.passing_on", 1, language)
        answer = Answer.YES if is_yes else Answer.NO
        try:
            saying.say(by(self.work), who, matter(self.child, house), answer, shown, until)
        except NotAsked:
            assert not may
        else:
            assert may
            self.happens("yes" if is_yes else "no", who, house, until)

    @rule(house=WHERE, days=st.sampled_from([5, 400]))
    def all_who_are_asked_say_yes(self, house: str, days: int) -> None:
        """Or little would ever be in force."""
        for number, who in enumerate(self.adults):
            if self.reference.holds_since(who) is not None:
                self.somebody_answers(number, house, True, True, days, "da")

    @rule(number=WHO, house=WHERE)
    def somebody_withdraws(self, number: int, house: str) -> None:
        who = self.adults[number]
        if saying.withdraw(builders.as_parent(self.work, who), who, matter(self.child, house)):
            self.happens("withdraws", who, house)

    @rule(days=DAYS)
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def what_is_allowed_is_what_history_says(self) -> None:
        for house in HOUSES:
            answers = self.reference.answers(self.adults, house, self.work.today)
            expected = bool(answers) and set(answers.values()) == {"yes"}
            assert is_allowed(self.work, matter(self.child, house)) is expected
            to_ask = {who for who, answer in answers.items() if answer == ""}
            assert unanswered(self.work, matter(self.child, house)) == to_ask

    @invariant()
    def the_receipts_prove_themselves(self) -> None:
        assert broken_chains(self.session) == []


@pytest.mark.timeout(280)
def test_any_history(database: Database) -> None:
    machine = type("FamiliesHere", (Families,), {"database": database})
    calm = settings(max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(machine, settings=calm)
