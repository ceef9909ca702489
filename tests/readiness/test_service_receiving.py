"""The school's side: nothing without every custody holder's yes, each opening in the audit, and no way around it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from parentsite.consent.rules import Answer
from parentsite.consent.service.chain import broken_chains
from parentsite.consent.service.recording import Signed
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database, new_id
from parentsite.foundation.files import cleaned
from parentsite.foundation.work import Actor, Work
from parentsite.people.models import RelationKind
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind, Reason, ReceiverKind
from parentsite.readiness.service import allowing, listing, papers, receiving
from parentsite.readiness.service.allowing import Switch
from parentsite.readiness.service.errors import NoSuchReceiver, NotFound
from parentsite.readiness.service.facts import Office
from tests import builders
from tests.conftest import Working
from tests.foundation.test_files import PDF
from tests.house_rules.plans import grows, statements
from tests.places.seen import entries, subjects
from tests.readiness.scene import (
    ASSESSMENT,
    DESCRIPTION,
    HOUSE,
    OTHER_SCHOOL,
    SCHOOL,
    WORDS,
    Scene,
    pedagogue,
    published,
    scene,
    staff,
)

HERE = Office(ReceiverKind.SCHOOL, SCHOOL)
READING = Switch(DESCRIPTION, Allowed.READING, HERE)
TALKING = Switch(DESCRIPTION, Allowed.TALKING, HERE)


def say(work: Work, of: Scene, *persons: UUID, switch: Switch = READING, said: Answer = Answer.YES) -> None:
    """These custody holders answer on a page."""
    for person in persons:
        allowing.answer(builders.as_parent(work, person), person, of.child, switch, said, "da")


def on_paper(house: Work, of: Scene, person: UUID, said: Answer = Answer.YES) -> None:
    """The house writes down what this custody holder has signed today about reading."""
    papers.record(house, new_id(), of.child, Signed(person, "da", house.today, {READING.key: said}, cleaned(PDF)))


def teacher(work: Work, *schools: str, role: str = "school") -> Actor:
    """Somebody at a school, of a role."""
    return staff(work, role, *(schools or (SCHOOL,))).actor


def begin(work: Working, by: Actor) -> Callable[[], AbstractContextManager[Work]]:
    """How a page begins the transaction."""
    return lambda: work(by)


def opens(work: Working, by: Actor, of: Scene, kind: DocumentKind = DESCRIPTION) -> bool:
    """Whether this member of the staff gets to read it."""
    try:
        found = receiving.open_document(begin(work, by), of.child, kind, Reason.CLASSES)
    except NotFound:
        return False
    return all(WORDS in words for words in found.version.texts.values())


def lists(work: Working, by: Actor) -> list[tuple[UUID, DocumentKind]]:
    """What stands in the list."""
    with work(by) as now:
        return [(one.child_id, one.kind) for one in listing.may_be_read(now).rows]


def test_every_custody_holder_must_say_yes_and_either_ends_it_at_once(work: Working) -> None:
    with work() as now:
        of, by = scene(now), teacher(now)
        anne, bo = of.holders
        published(now, of)
        say(now, of, anne)
    assert not opens(work, by, of)
    assert lists(work, by) == []
    with work() as now:
        say(now, of, bo)
    assert opens(work, by, of)
    assert lists(work, by) == [(of.child, DESCRIPTION)]
    with work() as now:
        assert allowing.withdraw(builders.as_parent(now, anne), anne, of.child, READING)
    assert not opens(work, by, of)
    assert lists(work, by) == []


def test_nothing_is_read_that_is_not_published_or_is_another_document(work: Working) -> None:
    with work() as now:
        of, by = scene(now, holders=1), teacher(now)
        say(now, of, *of.holders)
        say(now, of, *of.holders, switch=TALKING)
    assert not opens(work, by, of)
    assert lists(work, by) == []
    with work() as now:
        published(now, of, ASSESSMENT)
    assert not opens(work, by, of, ASSESSMENT)
    assert lists(work, by) == []
    with work() as now:
        published(now, of)
        published(now, of)
        (listed,) = listing.may_be_read(staff(now, "school", SCHOOL)).rows
        assert (listed.kind, listed.number) == (DESCRIPTION, 2)
    assert opens(work, by, of)


@pytest.mark.parametrize(
    ("role", "schools"),
    [
        ("school", ()),
        ("school", (OTHER_SCHOOL,)),
        ("bfo", (SCHOOL,)),
        ("pedagogue", (SCHOOL,)),
        ("placement", (SCHOOL,)),
        ("school", (HOUSE,)),
    ],
)
def test_role_and_institution_must_both_be_those_that_the_yes_names(
    work: Working, role: str, schools: tuple[str, ...]
) -> None:
    with work() as now:
        of = scene(now, holders=1)
        published(now, of)
        say(now, of, *of.holders)
        other = staff(now, role, *schools).actor
    assert not opens(work, other, of)
    assert lists(work, other) == []


def test_a_child_that_goes_to_another_school_has_left_the_first_one(work: Working) -> None:
    with work() as now:
        of, by = scene(now, holders=1), teacher(now)
        published(now, of)
        say(now, of, *of.holders)
        assert allowing.sheet_of(now, of.holders[0], of.child).elsewhere == ()
        builders.attends(now, of.child, OTHER_SCHOOL, since=now.today + timedelta(days=100))
    assert not opens(work, by, of)
    assert lists(work, by) == []
    with work() as now:
        with pytest.raises(NoSuchReceiver):
            say(now, of, *of.holders)
        (elsewhere,) = allowing.sheet_of(now, of.holders[0], of.child).elsewhere
        assert elsewhere.switch == READING
        assert allowing.withdraw(builders.as_parent(now, of.holders[0]), of.holders[0], of.child, READING)
        assert allowing.sheet_of(now, of.holders[0], of.child).elsewhere == ()


def test_custody_that_changed_and_a_yes_that_ran_out_end_it(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of, by = scene(now, holders=1), teacher(now)
        published(now, of)
        say(now, of, *of.holders)
        new = builders.person(now)
        today = now.today
        builders.relate(now, new, of.child, RelationKind.CUSTODY, since=today, until=today + timedelta(days=3))
    assert not opens(work, by, of)
    clock.move(days=3)
    assert opens(work, by, of)
    clock.move(days=365)
    assert not opens(work, by, of)
    assert lists(work, by) == []


def test_one_who_is_shut_out_counts_and_answers_on_paper(work: Working) -> None:
    with work() as now:
        of, by = scene(now), teacher(now)
        anne, bo = of.holders
        builders.block(now, bo, of.child)
        published(now, of)
        say(now, of, anne)
        with pytest.raises(NotFound):
            say(now, of, bo)
        with pytest.raises(NotFound):
            allowing.sheet_of(now, bo, of.child)
        with pytest.raises(NotFound):
            on_paper(staff(now, "school", SCHOOL), of, bo)
    assert not opens(work, by, of)
    with work() as now:
        on_paper(pedagogue(now, of), of, bo)
    assert opens(work, by, of)
    with work() as now:
        on_paper(pedagogue(now, of), of, bo, Answer.WITHDRAWN)
    assert not opens(work, by, of)


def test_each_switch_is_a_question_of_its_own_and_off_until_chosen(work: Working) -> None:
    with work() as now:
        of = scene(now)
        anne, bo = of.holders
        sheet = allowing.sheet_of(now, anne, of.child)
        assert sheet.receivers.unknown == {ReceiverKind.AFTER_SCHOOL}
        assert {(one.switch.kind, one.switch.allowed) for one in sheet.questions} == {
            (kind, allowed) for kind in DocumentKind for allowed in Allowed
        }
        assert {one.name for one in sheet.questions} == {"Hedegårdsskolen"}
        assert all(one.standing.own is None and one.standing.must_answer for one in sheet.questions)
        say(now, of, bo)
        sheet = allowing.sheet_of(now, anne, of.child)
        assert {one.switch for one in sheet.questions if one.standing.others == (True,)} == {READING}
        say(now, of, anne)
        (receipt,) = allowing.receipts(now, anne, of.child, READING)
        assert (receipt.answer, receipt.shown.receiver_name) == (Answer.YES, "Hedegårdsskolen")
        assert receipt.until == now.today.replace(month=9, day=30)


def test_the_house_may_talk_only_while_all_say_yes_to_talking(work: Working) -> None:
    with work() as now:
        of = scene(now)
        say(now, of, *of.holders)
        mine = pedagogue(now, of)
        assert [yes for _, yes in allowing.may_talk(mine, of.child)] == [False, False]
        say(now, of, *of.holders, switch=TALKING)
        assert {one for one, yes in allowing.may_talk(mine, of.child) if yes} == {TALKING}
        say(now, of, of.holders[1], switch=TALKING, said=Answer.NO)
        assert not any(yes for _, yes in allowing.may_talk(mine, of.child))
        for other in (staff(now, "pedagogue", "globen"), staff(now, "school", SCHOOL)):
            with pytest.raises(NotFound):
                allowing.may_talk(other, of.child)


def test_each_opening_leaves_who_and_why_and_a_refusal_leaves_nothing(work: Working) -> None:
    with work() as now:
        of, by = scene(now, holders=1), teacher(now)
        published(now, of)
    assert not opens(work, by, of)
    with work() as now:
        assert now.session.execute(text("SELECT count(*) FROM consent_chain")).scalar_one() == 0
        say(now, of, *of.holders)
    assert opens(work, by, of)
    with work() as now:
        (entry,) = entries(now.session, "readiness.description_opened")
        assert (entry.actor_id, entry.role, entry.purpose) == (by.id, "school", "classes")
        assert subjects(now.session, entry) == {of.child}
        assert broken_chains(now.session) == []


def test_when_it_cannot_be_written_down_nothing_is_shown(database: Database, work: Working) -> None:
    with work() as now:
        of, by = scene(now, holders=1), teacher(now)
        published(now, of)
        say(now, of, *of.holders)
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit_entry RENAME TO gone"))
    with pytest.raises(DBAPIError):
        opens(work, by, of)


def test_the_list_costs_as_many_statements_for_many_children_as_for_one(database: Database, work: Working) -> None:
    def add(how_many: int) -> None:
        with work() as now:
            for _ in range(how_many):
                of = scene(now, holders=1)
                published(now, of)
                say(now, of, *of.holders)

    def costs(expected: int) -> int:
        times: list[str] = []
        event.listen(database.reading, "before_cursor_execute", lambda *told: times.append(told[2]))
        with database.read() as session, statements(database.url.render_as_string(hide_password=False)) as sent:
            assert len(listing.may_be_read(Work(session, moment, by)).rows) == expected
        assert grows(database, sent) == set()
        return len(times)

    with work() as now:
        moment, by = now.now, teacher(now)
    add(1)
    one = costs(1)
    add(4)
    assert costs(5) == one > 0
