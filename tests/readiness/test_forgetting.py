"""What is written before school is forgotten when its time is over: whole, once, and told in the audit."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Executable, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import chain
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Base, Database
from parentsite.foundation.work import Work
from parentsite.people.models import Child
from parentsite.readiness.models import (
    AssessmentRequest,
    ConsentReminder,
    CorrectionRequest,
    DocumentDraft,
    DocumentVersion,
    DraftText,
    HolderAsked,
    ParentComment,
    SchoolDocument,
    VersionText,
)
from parentsite.readiness.rules.ends import Ends
from parentsite.readiness.rules.keeping import born_by, kept_until
from parentsite.readiness.service import asking, commenting, correcting, drafting, forgetting, publishing, reminding
from tests import builders
from tests.conftest import Working
from tests.places.racing import Act, at_once, told
from tests.places.seen import acts_on
from tests.readiness.consent_pages import new_family
from tests.readiness.scene import DESCRIPTION, Scene, pedagogue, published, scene, written
from tests.sites import Site

SCHOOL_START = date(2026, 8, 1)
KEEP = 365
"""The pack's `document_keep_days`."""
OF_A_DOCUMENT: tuple[type[Base], ...] = (
    SchoolDocument,
    DocumentVersion,
    VersionText,
    DocumentDraft,
    DraftText,
    ParentComment,
    CorrectionRequest,
    ConsentReminder,
    HolderAsked,
)
ENDS = Ends(days=365, after_start=60, age=6, month=8, day=1)


def full(now: Work) -> tuple[Scene, UUID]:
    """A document with everything that can hang on one, and its id."""
    of = scene(now)
    anne, bo = of.holders
    for _ in range(2):
        published(now, of)
    written(now, of)
    commenting.comment(builders.as_parent(now, anne), anne, of.child, DESCRIPTION, "Hun synger.", language="da")
    for number in (1, 2):
        correcting.ask(builders.as_parent(now, bo), bo, of.child, DESCRIPTION, number, "Hun er fem.", language="da")
    later = Work(now.session, now.now + timedelta(days=20), now.actor)
    assert reminding.remind(later) == 1
    return of, now.session.scalars(select(SchoolDocument.id)).one()


def count(now: Work, model: type[Base]) -> int:
    """How many rows there are."""
    return now.session.execute(select(func.count()).select_from(model)).scalar_one()


def until(clock: FixedClock, day: date) -> None:
    """Move the clock to noon of a day."""
    clock.move(days=(day - clock.now().date()).days)


def test_a_document_is_forgotten_whole_on_its_day_and_not_before(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of, document = full(now)
        assert all(count(now, model) for model in OF_A_DOCUMENT)
    day = SCHOOL_START + timedelta(days=KEEP)
    until(clock, day - timedelta(days=1))
    with work() as now:
        assert forgetting.forget_documents(now) == 0
        assert forgetting.kept_document_until(now, date(2020, 5, 4), date(2025, 1, 1)) == day
    until(clock, day)
    with work() as now:
        assert forgetting.forget_documents(now) == 1
        assert {model.__tablename__: count(now, model) for model in OF_A_DOCUMENT} == {
            model.__tablename__: 0 for model in OF_A_DOCUMENT
        }
        told_of = acts_on(now.session, document)
        assert told_of["document.forgotten"] == 1
        assert told_of["document.commented"] == 1, "what was done before is still told"
        chain.link_entries(now)
        assert (chain.broken_links(now.session), chain.count_adrift(now.session)) == ([], 0)
        assert forgetting.forget_documents(now) == 0
        assert now.session.get(Child, of.child) is not None


def test_who_starts_later_is_forgotten_later(work: Working, clock: FixedClock) -> None:
    until(clock, SCHOOL_START + timedelta(days=200))
    with work() as now:
        of = scene(now)
        published(now, of)
    until(clock, SCHOOL_START + timedelta(days=200 + KEEP - 1))
    with work() as now:
        assert forgetting.forget_documents(now) == 0
        drafting.begin(pedagogue(now, of), of.child, DESCRIPTION)
    clock.move(days=1)
    with work() as now:
        assert forgetting.forget_documents(now) == 0, "somebody writes in it still"
    clock.move(days=KEEP - 1)
    with work() as now:
        assert forgetting.forget_documents(now) == 1


def test_a_draft_that_was_never_published_is_forgotten_too(work: Working, clock: FixedClock) -> None:
    with work() as now:
        written(now, scene(now))
    until(clock, SCHOOL_START + timedelta(days=KEEP))
    with work() as now:
        assert (forgetting.forget_documents(now), count(now, DraftText), count(now, SchoolDocument)) == (1, 0, 0)


def test_who_asked_for_an_assessment_is_forgotten_when_school_began_long_ago(work: Working, clock: FixedClock) -> None:
    with work() as now:
        of = scene(now)
        anne, bo = of.holders
        asking.ask(builders.as_parent(now, anne), anne, of.child)
        asking.ask(builders.as_parent(now, bo), bo, of.child)
        asking.take_back(builders.as_parent(now, bo), bo, of.child)
    until(clock, SCHOOL_START + timedelta(days=KEEP - 1))
    with work() as now:
        assert forgetting.forget_requests(now) == 0
    clock.move(days=1)
    with work() as now:
        assert forgetting.forget_requests(now) == count(now, AssessmentRequest) + 2
        assert forgetting.forget_requests(now) == 0


def test_workers_who_meet_forget_once(database: Database, work: Working, clock: FixedClock) -> None:
    with work() as now:
        _, document = full(now)
    until(clock, SCHOOL_START + timedelta(days=KEEP))
    moment = clock.now()

    def forget(now: Work) -> int:
        return forgetting.forget_documents(Work(now.session, moment, now.actor))

    done = at_once(database, *[Act(forget)] * 4)
    assert {told(one) for one in done} == {"done"}
    assert sorted(str(one.answer) for one in done) == ["0", "0", "0", "1"]
    with work() as now:
        assert acts_on(now.session, document)["document.forgotten"] == 1


def test_what_is_published_at_the_same_moment_is_not_lost(database: Database, work: Working, clock: FixedClock) -> None:
    """Either the house was first, and all of it stays; or it is told that there is no such draft any more."""
    with work() as now:
        of = scene(now)
        published(now, of)
        draft = written(now, of)
        seen = drafting.read(pedagogue(now, of), draft).revision
        house = pedagogue(now, of).actor
    until(clock, SCHOOL_START + timedelta(days=KEEP))
    moment = clock.now()
    forget = Act(forgetting.forget_documents, now=moment)
    publish = Act(lambda now: publishing.publish(now, draft, seen), house, moment)
    first, second = at_once(database, forget, publish)
    with work() as now:
        versions = count(now, DocumentVersion)
    assert first.error is None
    assert (first.answer, told(second), versions) in ((0, "done", 2), (1, "NotFound", 0))


@pytest.mark.parametrize(
    "forbidden",
    [
        *(delete(model) for model in (SchoolDocument, DocumentVersion, VersionText, CorrectionRequest, HolderAsked)),
        delete(ConsentReminder),
        update(HolderAsked).values(asked_at=func.current_timestamp()),
    ],
    ids=str,
)
def test_the_database_lets_nobody_delete_what_is_kept(work: Working, forbidden: Executable) -> None:
    with work() as now:
        full(now)
    with pytest.raises(IntegrityError), work() as now:
        now.session.connection().execute(forbidden)


@pytest.mark.parametrize(
    ("birth", "last", "day"),
    [
        (date(2020, 1, 1), date(2025, 11, 1), date(2027, 8, 1)),
        (date(2020, 12, 31), date(2025, 11, 1), date(2027, 8, 1)),
        (date(2020, 1, 1), date(2027, 3, 1), date(2028, 2, 29)),
    ],
)
def test_the_day_counts_from_school_start_or_from_the_last_version(birth: date, last: date, day: date) -> None:
    assert kept_until(ENDS, birth, last, KEEP) == day


def test_only_children_whose_school_start_was_so_long_ago_are_looked_at() -> None:
    for today in (date(2027, 7, 31), date(2027, 8, 1), date(2028, 2, 29)):
        last = born_by(ENDS, KEEP, today)
        assert kept_until(ENDS, last, date.min, KEEP) <= today
        assert kept_until(ENDS, last + timedelta(days=1), date.min, KEEP) > today


def test_a_parent_reads_until_when_it_is_kept(site: Site) -> None:
    of = new_family(site)
    anne = site.parent(of.holders[0])
    said = anne.get(f"/mit/en/skolestart/{of.child}/beskrivelse").text
    assert "We delete it on" in said
    assert "1 August 2027" in said.replace("\xa0", " ")
    site.clock.move(days=(date(2027, 8, 1) - site.clock.now().date()).days)
    with site.work() as now:
        assert forgetting.forget_documents(now) == 1
    anne = site.parent(of.holders[0])
    anne.get(f"/mit/en/skolestart/{of.child}/beskrivelse", status=404)
