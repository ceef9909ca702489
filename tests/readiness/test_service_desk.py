"""What the pedagogue's pages stand on: lists that cost the same for many, and two who act on one draft or request."""

import pytest
from sqlalchemy import event, select

from parentsite.foundation.database import Database
from parentsite.foundation.work import Work
from parentsite.readiness.models import DocumentDraft, DocumentVersion, DraftText
from parentsite.readiness.rules.vocabulary import READINESS, Readiness
from parentsite.readiness.service import asking, correcting, drafting, house, publishing, requests
from parentsite.readiness.service.errors import ChangedMeanwhile, NotFound
from parentsite.readiness.service.pupils import Shelf, listed
from tests.conftest import Working
from tests.places.racing import Act, at_once, told
from tests.places.seen import acts_on
from tests.readiness.scene import DESCRIPTION, HOUSE, OTHER_HOUSE, pedagogue, published, scene, staff, written


def test_a_draft_is_deleted_or_published_and_never_half(database: Database, work: Working) -> None:
    with work() as now:
        of = scene(now)
        draft = written(now, of)
        by = pedagogue(now, of)
        seen = drafting.read(by, draft).revision
    acts = [
        Act(lambda now: publishing.publish(now, draft, seen), by.actor),
        Act(lambda now: drafting.discard(now, draft), by.actor),
    ]
    done = sorted(told(one) for one in at_once(database, *acts))
    assert done in (["ChangedMeanwhile", "done"], ["NotFound", "done"])
    with work() as now:
        texts, drafts = (now.session.scalars(select(column)).all() for column in (DraftText.area, DocumentDraft.id))
        assert (texts, drafts) == ([], [])
        acted = acts_on(now.session, draft)
        versions = now.session.scalars(select(DocumentVersion.id)).all()
        assert len(versions) == acted["document.published"]
        assert acted["document.published"] + acted["document.discarded"] == 1


def test_a_draft_that_is_deleted_takes_nothing_published_with_it(work: Working) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
        mine = pedagogue(now, of)
        draft = drafting.begin(mine, of.child, DESCRIPTION)
        for stranger in (staff(now, "pedagogue", OTHER_HOUSE), staff(now, "pedagogue"), staff(now, "school", HOUSE)):
            with pytest.raises(NotFound):
                drafting.discard(stranger, draft)
        assert drafting.discard(mine, draft) == of.child
        assert [one.number for one in house.issued(mine, of.child)] == [1]
        assert drafting.begin(mine, of.child, DESCRIPTION) != draft


def test_who_answers_about_school_must_have_seen_what_stands(work: Working) -> None:
    with work() as now:
        of = scene(now)
        mine = pedagogue(now, of)
        draft = drafting.begin(mine, of.child, DESCRIPTION)
        drafting.answer_readiness(mine, draft, Readiness.READY, None)
        drafting.answer_readiness(mine, draft, Readiness.READY, None)
        with pytest.raises(ChangedMeanwhile):
            drafting.answer_readiness(mine, draft, Readiness.NOT_READY, None)
        drafting.answer_readiness(mine, draft, Readiness.NOT_READY, Readiness.READY)
        assert READINESS not in drafting.read(mine, draft).missing


def test_the_first_answer_to_a_request_stands(work: Working) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
        request = correcting.ask(now, of.holders[0], of.child, DESCRIPTION, 1, "Nej.", language="da")
        published(now, of)
        mine = pedagogue(now, of)
        before = requests.asked(mine, request)
        assert before.is_open
        assert before.newer is not None
        assert correcting.keep(mine, request, "Jo.")
        assert not correcting.keep(mine, request, "Måske.")
        assert not correcting.correct(mine, request, before.newer[0])
        (after,) = requests.asked_of_house(mine, of.child)
        assert (after.is_open, after.correction.answer) == (False, "Jo.")
        for stranger in (staff(now, "pedagogue", OTHER_HOUSE), staff(now, "school", HOUSE)):
            with pytest.raises(NotFound):
                requests.asked(stranger, request)
            assert requests.waiting(stranger) == requests.Waiting(0, None, 0)


def test_many_children_cost_no_more_statements_than_one(database: Database, work: Working) -> None:
    sent: list[str] = []

    def costs() -> list[int]:
        found = []
        for verb in (lambda now: listed(now, Shelf.SOON), requests.waiting):
            sent.clear()
            with database.read() as session:
                verb(Work(session, moment, by))
            found.append(len(sent))
        return found

    event.listen(database.reading, "before_cursor_execute", lambda *told: sent.append(told[2]))
    with work() as now:
        of = scene(now)
        by, moment = pedagogue(now, of).actor, now.now
        asking.ask(now, of.holders[0], of.child)
    alone = costs()
    with work() as now:
        for _ in range(8):
            other = scene(now)
            published(now, other)
            correcting.ask(now, other.holders[0], other.child, DESCRIPTION, 1, "Nej.", language="da")
    assert costs() == alone
