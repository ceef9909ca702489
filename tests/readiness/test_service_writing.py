"""The house writes and publishes: nothing typed is lost, nobody else sees a draft, and what is published stays."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.base import Executable

from parentsite.foundation.database import Database, new_id
from parentsite.foundation.resealing import reseal
from parentsite.foundation.sealed import KEY_BYTES, Keyring, seal
from parentsite.foundation.work import SYSTEM, Work
from parentsite.readiness.models import (
    VERSION_TEXT,
    DocumentDraft,
    DocumentVersion,
    DraftText,
    SchoolDocument,
    VersionText,
)
from parentsite.readiness.rules.changes import Change
from parentsite.readiness.rules.vocabulary import READINESS, Readiness
from parentsite.readiness.service import drafting, publishing, reading
from parentsite.readiness.service.errors import ChangedMeanwhile, NotFound, Unfinished, Untrue
from parentsite.readiness.service.sheet import sheet_of
from tests import builders
from tests.conftest import Working
from tests.databases import KEYRING, MOMENT
from tests.places.racing import Act, at_once, told
from tests.places.seen import acts_on
from tests.readiness.scene import (
    ASSESSMENT,
    DESCRIPTION,
    HOUSE,
    OTHER_HOUSE,
    WORDS,
    Scene,
    pedagogue,
    published,
    scene,
    staff,
    written,
)

AREA = "social-udvikling"


def test_a_draft_is_kept_area_by_area_as_it_was_typed(work: Working) -> None:
    with work() as now:
        of = scene(now)
        mine = pedagogue(now, of)
        draft = drafting.begin(mine, of.child, DESCRIPTION)
        assert drafting.begin(mine, of.child, DESCRIPTION) == draft
        assert drafting.save_area(mine, draft, AREA, "  Hun har\ntre venner.", 0) == 1
        assert drafting.save_area(mine, draft, AREA, "Hun har fire venner.", 1) == 2
        drafting.save_readiness(mine, draft, Readiness.IN_DOUBT)
        read = drafting.read(mine, draft)
        assert read.areas[AREA] == drafting.Written("Hun har fire venner.", 2)
        assert (read.kind, read.readiness, len(read.areas)) == (DESCRIPTION, Readiness.IN_DOUBT, 6)
        assert acts_on(now.session, draft) == Counter({"document.saved": 3, "document.begun": 1})


def test_who_saves_over_a_text_not_seen_is_told_and_nothing_is_lost(work: Working) -> None:
    with work() as now:
        of = scene(now)
        mine = pedagogue(now, of)
        draft = drafting.begin(mine, of.child, DESCRIPTION)
        drafting.save_area(mine, draft, AREA, "first", 0)
        for seen in (0, 2):
            with pytest.raises(ChangedMeanwhile):
                drafting.save_area(mine, draft, AREA, "second", seen)
        drafting.save_area(mine, draft, "krop-sanser-bevaegelse", "another area", 0)
        assert drafting.read(mine, draft).areas[AREA].text == "first"
        with pytest.raises(NotFound):
            drafting.save_area(mine, draft, "no-such-area", "x", 0)


def strangers(now: Work, of: Scene) -> list[Work]:
    """Everybody whose draft it is not."""
    return [
        now,
        staff(now, "pedagogue", OTHER_HOUSE),
        staff(now, "pedagogue"),
        staff(now, "school", HOUSE),
        staff(now, "school", "hedegaardsskolen"),
        builders.as_parent(now, of.holders[0]),
    ]


def test_a_draft_is_the_houses_alone(work: Working) -> None:
    with work() as now:
        of = scene(now)
        draft = written(now, of)
        for other in strangers(now, of):
            for verb in (
                lambda by: drafting.read(by, draft),
                lambda by: drafting.save_area(by, draft, AREA, "mine", 1),
                lambda by: drafting.save_readiness(by, draft, Readiness.READY),
                lambda by: publishing.publish(by, draft, 7),
                lambda by: drafting.begin(by, of.child, ASSESSMENT),
            ):
                with pytest.raises(NotFound):
                    verb(other)
        with pytest.raises(NotFound):
            reading.version(now, of.holders[0], of.child, DESCRIPTION)
        assert reading.published(now, of.holders[0], of.child) == ()


def test_a_house_that_the_child_has_left_sees_it_no_more(work: Working) -> None:
    with work() as now:
        of = scene(now)
        draft = written(now, of)
        tomorrow = Work(now.session, now.now + timedelta(days=1), now.actor)
        now.session.execute(text("UPDATE attendance SET until = :day"), {"day": tomorrow.today})
        builders.attends(now, of.child, OTHER_HOUSE, since=tomorrow.today)
        assert drafting.read(pedagogue(now, of), draft)
        for house in (HOUSE, OTHER_HOUSE):
            with pytest.raises(NotFound):
                drafting.read(pedagogue(tomorrow, of, house), draft)
        assert drafting.begin(pedagogue(tomorrow, of, OTHER_HOUSE), of.child, DESCRIPTION) != draft


def test_nothing_unfinished_is_published(work: Working) -> None:
    with work() as now:
        of = scene(now)
        mine = pedagogue(now, of)
        draft = drafting.begin(mine, of.child, DESCRIPTION)
        drafting.save_area(mine, draft, AREA, "  ", 0)
        with pytest.raises(Unfinished) as caught:
            publishing.publish(mine, draft, drafting.read(mine, draft).revision)
        assert {AREA, READINESS} < set(caught.value.areas)
        assert len(caught.value.areas) == 7


def test_a_version_is_numbered_and_a_later_one_changes_none_before_it(work: Working) -> None:
    with work() as now:
        of = scene(now)
        anne = of.holders[0]
        assert published(now, of) == 1
        first = reading.version(now, anne, of.child, DESCRIPTION)
        mine = pedagogue(now, of)
        draft = drafting.begin(mine, of.child, DESCRIPTION)
        again = drafting.read(mine, draft)
        assert {one.text for one in again.areas.values()} == set(first.texts.values())
        drafting.save_area(mine, draft, AREA, "Noget nyt.", again.areas[AREA].revision)
        drafting.save_readiness(mine, draft, Readiness.NOT_READY)
        assert publishing.publish(mine, draft, drafting.read(mine, draft).revision) == 2
        assert reading.version(now, anne, of.child, DESCRIPTION, 1) == first
        newest = reading.version(now, anne, of.child, DESCRIPTION)
        assert (newest.number, newest.texts[AREA], newest.readiness) == (2, "Noget nyt.", Readiness.NOT_READY)
        told = sheet_of(now, anne, of.child, DESCRIPTION)
        assert [area for area, how in told.changes.items() if how is not Change.SAME] == [AREA]
        assert (told.version, told.before, told.newest) == (newest, first, 2)
        told = sheet_of(now, anne, of.child, DESCRIPTION, 1)
        assert (told.changes, told.before, told.newest) == ({}, None, 2)


def test_the_assessment_is_another_series(work: Working) -> None:
    with work() as now:
        of = scene(now, holders=1)
        assert [published(now, of), published(now, of), published(now, of, ASSESSMENT, "Vurdering.")] == [1, 2, 1]
        listed = reading.published(now, of.holders[0], of.child)
        assert [(one.kind, one.number) for one in listed] == [(DESCRIPTION, 2), (DESCRIPTION, 1), (ASSESSMENT, 1)]
        assert reading.version(now, of.holders[0], of.child, ASSESSMENT).texts[AREA].startswith("Vurdering.")


def test_a_draft_that_was_changed_since_it_was_read_is_not_published(work: Working) -> None:
    with work() as now:
        of = scene(now)
        draft = written(now, of)
        mine = pedagogue(now, of)
        seen = drafting.read(mine, draft).revision
        drafting.save_readiness(mine, draft, Readiness.NOT_READY)
        with pytest.raises(ChangedMeanwhile):
            publishing.publish(mine, draft, seen)


def test_however_often_it_is_pressed_it_is_published_once(database: Database, work: Working) -> None:
    with work() as now:
        of = scene(now)
        draft = written(now, of)
        by = pedagogue(now, of)
        seen = drafting.read(by, draft).revision
    done = at_once(database, *[Act(lambda now: publishing.publish(now, draft, seen), by.actor)] * 4)
    assert [(told(one), one.answer) for one in done] == [("done", 1)] * 4
    with work() as now:
        assert now.session.scalars(select(SchoolDocument.versions)).one() == 1
        assert now.session.scalars(select(DocumentDraft.id)).all() == []
        assert now.session.scalars(select(DraftText.area)).all() == []
        assert acts_on(now.session, draft)["document.published"] == 1


@pytest.mark.parametrize(
    "forbidden",
    [
        update(DocumentVersion).values(number=5),
        update(DocumentVersion).values(published_at=MOMENT + timedelta(days=1)),
        update(VersionText).values(digest="x"),
        update(VersionText).values(area="x"),
        delete(VersionText),
        delete(DocumentVersion),
        update(SchoolDocument).values(versions=0),
    ],
    ids=str,
)
def test_the_database_lets_nobody_change_what_is_published(work: Working, forbidden: Executable) -> None:
    with work() as now:
        published(now, scene(now))
    with pytest.raises(IntegrityError), work() as now:
        now.session.connection().execute(forbidden)


def test_words_put_in_the_place_of_published_ones_are_not_shown(work: Working) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
        other = seal(now.session, "Andre ord.", VERSION_TEXT)
        now.session.execute(update(VersionText).where(VersionText.area == AREA).values(text=other))
        with pytest.raises(Untrue):
            reading.version(now, of.holders[0], of.child, DESCRIPTION)


def test_keys_are_rotated_and_versions_still_say_the_same(database: Database, work: Working) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
        written(now, of, words="Nye ord.")
    fresh = bytes([7]) * KEY_BYTES
    database.keyring = Keyring((fresh, *KEYRING.keys), KEYRING.index_key)
    assert reseal(database) >= 14
    database.keyring = Keyring((fresh,), KEYRING.index_key)
    with database.read() as session:
        now = Work(session, MOMENT, SYSTEM)
        assert WORDS in reading.version(now, of.holders[0], of.child, DESCRIPTION).texts[AREA]


def test_who_is_no_custody_holder_reads_nothing(work: Working) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
        anne, bo = of.holders
        assert reading.version(now, bo, of.child, DESCRIPTION).number == 1
        builders.block(now, bo, of.child)
        foster = builders.person(now)
        builders.relate(now, foster, of.child, *[kind for kind in builders.RelationKind if kind.value == "foster"])
        for other in (bo, foster, builders.person(now), new_id()):
            with pytest.raises(NotFound):
                reading.version(now, other, of.child, DESCRIPTION)
        assert reading.version(now, anne, of.child, DESCRIPTION).number == 1
        with pytest.raises(NotFound):
            reading.version(now, anne, of.child, DESCRIPTION, 2)


def test_one_from_whom_the_address_is_kept_turns_to_the_staff(work: Working) -> None:
    with work() as now:
        of = scene(now)
        published(now, of)
        anne, bo = of.holders
        now.session.execute(text("UPDATE child SET address_protected = :yes"), {"yes": True})
        assert reading.version(now, anne, of.child, DESCRIPTION).number == 1
        with pytest.raises(NotFound):
            reading.version(now, bo, of.child, DESCRIPTION)


def test_of_a_child_that_is_not_there_nothing_is_told(work: Working) -> None:
    with work() as now, pytest.raises(NotFound):
        drafting.begin(staff(now, "pedagogue", HOUSE), UUID(int=1), DESCRIPTION)
