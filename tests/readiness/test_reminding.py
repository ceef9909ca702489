"""One letter to those who have not answered, one errand until they have: and nothing more."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.consent.rules import Answer
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.work import Work
from parentsite.people.models import RelationKind
from parentsite.readiness.letters import consent_asked
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service import newcomers, reminding
from tests import builders
from tests.bench.inprocess import statements
from tests.conftest import Working
from tests.places.racing import Act, at_once, told
from tests.readiness.consent_pages import new_family, path, press
from tests.readiness.consent_pages import told as told_by
from tests.readiness.scene import ASSESSMENT, DESCRIPTION, OTHER_SCHOOL, published, scene
from tests.readiness.test_service_receiving import READING, TALKING, say
from tests.sites import Site

DAYS = 14
CARD = "//article[starts-with(@id, 'consent-')]"


def reminded(now: Work) -> set[UUID]:
    """Who has got the letter."""
    named = OutboxLetter.name == reminding.LETTER
    found = now.session.scalars(select(OutboxLetter.receiver_id).where(named)).all()
    assert len(found) == len(set(found))
    return set(found)


def letters_to(now: Work, *persons: UUID) -> list[int]:
    """How many each has got."""
    named = OutboxLetter.name == reminding.LETTER
    got = list(now.session.scalars(select(OutboxLetter.receiver_id).where(named)))
    return [got.count(one) for one in persons]


def test_who_has_not_answered_gets_one_letter_after_some_days_and_never_another(
    work: Working, clock: FixedClock
) -> None:
    with work() as now:
        of = scene(now, holders=4)
        anne, bo, carl, dina = of.holders
        published(now, of)
        say(now, of, anne, said=Answer.NO)
        builders.block(now, carl, of.child)
    clock.move(days=DAYS - 1)
    with work() as now:
        assert (reminding.remind(now), reminded(now)) == (0, set())
    clock.move(days=1)
    with work() as now:
        assert (reminding.remind(now), reminded(now)) == (1, {bo, dina})
        say(now, of, bo)
        assert consent_asked(now, bo, child=str(of.child)) is None
        assert consent_asked(now, dina, child=str(of.child)) == {"path": f"skolestart/{of.child}/samtykke"}
        assert consent_asked(now, carl, child=str(of.child)) is None
        published(now, of)
        builders.attends(now, of.child, OTHER_SCHOOL)
    clock.move(days=DAYS + 1)
    with work() as now:
        assert (reminding.remind(now), reminded(now)) == (0, {bo, dina})


def test_two_workers_remind_once(database: Database, work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
    later = timedelta(days=DAYS)

    def remind(now: Work) -> int:
        return reminding.remind(Work(now.session, now.now + later, now.actor))

    done = at_once(database, *[Act(remind)] * 4)
    assert {told(one) for one in done} == {"done"}
    assert sorted(str(one.answer) for one in done) == ["0", "0", "0", "1"]
    with work() as now:
        assert reminded(now) == set(of.holders)


def test_a_site_that_was_away_for_long_reminds_of_nothing_old(work: Working, clock: FixedClock) -> None:
    with work() as now:
        published(now, scene(now))
    clock.move(days=DAYS + reminding.TOO_LATE.days + 1)
    with work() as now:
        assert (reminding.remind(now), reminded(now)) == (0, set())


def test_what_waits_is_the_reading_of_what_is_published(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = scene(now)
        anne, _ = of.holders
        assert reminding.waiting(now, anne, of.child) == set()
        published(now, of)
        assert reminding.waiting(now, anne, of.child) == {(of.child, DESCRIPTION)}
        say(now, of, anne, switch=TALKING)
        assert reminding.waiting(now, anne, of.child) == {(of.child, DESCRIPTION)}
        say(now, of, anne, said=Answer.NO)
        assert reminding.waiting(now, anne, of.child) == set()
        published(now, of, ASSESSMENT)
        assert reminding.waiting(now, anne, of.child) == {(of.child, DocumentKind.ASSESSMENT)}
        builders.attends(now, of.child, OTHER_SCHOOL)
        assert len(reminding.waiting(now, anne, of.child)) == 2, "another school is asked about anew"


def test_as_many_statements_for_many_children_as_for_one(work: Working) -> None:
    with work() as now:
        first = scene(now, holders=1)
        (anne,) = first.holders
        published(now, first)
        others = []
        for _ in range(3):
            other = scene(now, holders=1)
            builders.lives_with(now, anne, other.child)
            published(now, other)
            others.append(other.child)
    counts = []
    for children in ([first.child], [first.child, *others]):
        with work() as now, statements() as sent:
            assert len(reminding.unanswered_among(now, anne, [(one, DESCRIPTION) for one in children])) == len(children)
        counts.append(len(sent))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("said", [Answer.YES, Answer.NO])
def test_my_page_asks_until_there_is_an_answer(site: Site, said: Answer) -> None:
    of = new_family(site)
    anne = site.parent(of.holders[0])
    page = anne.get("/mit/en/")
    (card,) = page.texts(CARD)
    assert "Say yes or no" in card
    assert len(page.all(f"{CARD}//a[contains(@class, 'button')]")) == 1
    assert path(of) in page.links()
    press(anne, of, said)
    assert anne.get("/mit/en/").texts(CARD) == []
    assert len(site.parent(of.holders[1]).get("/mit/en/").texts(CARD)) == 1


def test_nobody_is_asked_any_more_once_school_has_begun_well(site: Site) -> None:
    """Neither who never answered nor whose yes has ended: the pages stay, and ask for nothing."""
    of = new_family(site)
    press(site.parent(of.holders[0]), of, Answer.YES)
    ends = date(2026, 8, 1) + timedelta(days=60)
    site.clock.move(days=(ends - site.clock.now().date()).days - 1)
    assert len(site.parent(of.holders[1]).get("/mit/en/").texts(CARD)) == 1
    site.clock.move(days=1)
    for person in of.holders:
        parent = site.parent(person)
        assert parent.get("/mit/en/").texts(CARD) == []
        assert path(of) in parent.get(f"/mit/en/skolestart/{of.child}").links()
    assert "Your yes has ended." in told_by(site.parent(of.holders[0]).get(path(of)))


def test_a_new_custody_holder_is_asked_once_and_the_others_not_again(work: Working, clock: FixedClock) -> None:
    """Once for both documents; nobody who has answered, is shut out, or holds custody from tomorrow."""
    with work() as now:
        of = scene(now)
        for kind in DocumentKind:
            published(now, of, kind)
    clock.move(days=DAYS)
    with work() as now:
        assert (reminding.remind(now), newcomers.ask(now)) == (2, 0)
        reminders = letters_to(now, *of.holders)
    clock.move(days=3)
    with work() as now:
        asked, answered, shut_out, ahead = new = [builders.person(now) for _ in range(4)]
        for one in (asked, answered, shut_out):
            builders.relate(now, one, of.child, RelationKind.CUSTODY, since=now.today)
        builders.relate(now, ahead, of.child, RelationKind.CUSTODY, since=now.today + timedelta(days=1))
        builders.block(now, shut_out, of.child)
        for kind in DocumentKind:
            say(now, of, answered, said=Answer.NO, switch=replace(READING, kind=kind))
        assert (newcomers.ask(now), letters_to(now, *new)) == (1, [1, 0, 0, 0])
    clock.move(days=1)
    with work() as now:
        assert (reminding.remind(now), newcomers.ask(now), letters_to(now, *new)) == (0, 1, [1, 0, 0, 1])
    clock.move(days=DAYS)
    with work() as now:
        assert (reminding.remind(now), newcomers.ask(now), letters_to(now, *new)) == (0, 0, [1, 0, 0, 1])
        assert letters_to(now, *of.holders) == reminders
        assert consent_asked(now, asked, child=str(of.child)) == {"path": f"skolestart/{of.child}/samtykke"}


def test_custody_that_the_register_tells_of_late_is_new_all_the_same(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
    clock.move(days=DAYS)
    with work() as now:
        reminding.remind(now)
        late = builders.person(now)
        builders.relate(now, late, of.child, RelationKind.CUSTODY, since=now.today - timedelta(days=30))
        assert (newcomers.ask(now), reminded(now)) == (1, {*of.holders, late})


def test_custody_that_begins_before_the_reminder_waits_for_it(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
    clock.move(days=DAYS - 1)
    with work() as now:
        new = builders.person(now)
        builders.relate(now, new, of.child, RelationKind.CUSTODY, since=now.today)
        assert (newcomers.ask(now), reminded(now)) == (0, set())
    clock.move(days=1)
    with work() as now:
        assert (reminding.remind(now), newcomers.ask(now), reminded(now)) == (1, 0, {*of.holders, new})


def test_nobody_new_is_written_to_once_school_has_begun_well(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
    clock.move(days=DAYS)
    with work() as now:
        reminding.remind(now)
    clock.move(days=(date(2026, 8, 1) + timedelta(days=60) - clock.now().date()).days)
    with work() as now:
        builders.relate(now, builders.person(now), of.child, RelationKind.CUSTODY, since=now.today)
        assert (newcomers.ask(now), reminded(now)) == (0, set(of.holders))


def test_two_workers_ask_a_new_custody_holder_once(database: Database, work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = scene(now)
        for kind in DocumentKind:
            published(now, of, kind)
    clock.move(days=DAYS)
    with work() as now:
        reminding.remind(now)
        new = builders.person(now)
        builders.relate(now, new, of.child, RelationKind.CUSTODY, since=now.today)
    moment = clock.now()
    done = at_once(database, *[Act(lambda now: newcomers.ask(Work(now.session, moment, now.actor)))] * 4)
    assert {told(one) for one in done} == {"done"}
    assert sorted(str(one.answer) for one in done) == ["0", "0", "0", "1"]
    with work() as now:
        assert letters_to(now, new) == [1]
