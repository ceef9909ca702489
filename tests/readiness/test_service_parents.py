"""What parents write themselves: beside a document, for a correction, for an assessment; each sees only the own."""

from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from parentsite.consent.rules import Answer
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.work import Work
from parentsite.readiness.models import CorrectionRequest
from parentsite.readiness.rules.vocabulary import CorrectionState, Reason
from parentsite.readiness.service import allowing, asking, commenting, correcting, receiving, requests
from parentsite.readiness.service.commenting import Comment
from parentsite.readiness.service.errors import NotAsNew, NotFound
from parentsite.readiness.service.references import codes_in_use
from parentsite.readiness.service.sheet import sheet_of
from tests import builders
from tests.conftest import Working
from tests.places.seen import acts_on
from tests.readiness.scene import (
    ASSESSMENT,
    DESCRIPTION,
    HOUSE,
    OTHER_HOUSE,
    OTHER_SCHOOL,
    SCHOOL,
    Scene,
    pedagogue,
    published,
    scene,
    staff,
    written,
)
from tests.readiness.test_service_receiving import READING, begin, say, teacher


def version_of(now: Work, of: Scene, number: int) -> UUID:
    """The id of a version."""
    found = correcting.sealed_version(now, of.child, DESCRIPTION, number)
    return found.id


def test_own_words_travel_with_the_document_and_the_other_parent_does_not_see_them(work: Working) -> None:
    with work() as now:
        of, by = scene(now), teacher(now)
        anne, bo = of.holders
        with pytest.raises(NotFound):
            commenting.comment(now, anne, of.child, DESCRIPTION, "Too early.", language="da")
        published(now, of)
        commenting.comment(now, anne, of.child, DESCRIPTION, "Hun er glad for tal.", language="da")
        commenting.comment(now, anne, of.child, DESCRIPTION, "Hun er meget glad for tal.", language="da")
        commenting.comment(now, bo, of.child, DESCRIPTION, "Hun sover dårligt.", language="ar")
        assert sheet_of(now, anne, of.child, DESCRIPTION).comment == Comment("Hun er meget glad for tal.", "da")
        assert sheet_of(now, bo, of.child, DESCRIPTION).comment == Comment("Hun sover dårligt.", "ar")
        say(now, of, *of.holders)
    read = receiving.open_document(begin(work, by), of.child, DESCRIPTION, Reason.FIRST_DAYS)
    assert set(read.comments) == {Comment("Hun er meget glad for tal.", "da"), Comment("Hun sover dårligt.", "ar")}
    with work() as now:
        commenting.comment(now, bo, of.child, DESCRIPTION, "  ", language="da")
        assert sheet_of(now, bo, of.child, DESCRIPTION).comment is None
        published(now, of)
    read = receiving.open_document(begin(work, by), of.child, DESCRIPTION, Reason.FIRST_DAYS)
    assert (read.version.number, read.comments) == (2, (Comment("Hun er meget glad for tal.", "da"),))


def test_words_of_one_who_is_shut_out_by_now_travel_no_more(work: Working) -> None:
    with work() as now:
        of, by = scene(now), teacher(now)
        published(now, of)
        commenting.comment(now, of.holders[1], of.child, DESCRIPTION, "Jeg vil se hende.", language="da")
        say(now, of, *of.holders)
        builders.block(now, of.holders[1], of.child)
    assert receiving.open_document(begin(work, by), of.child, DESCRIPTION, Reason.FIRST_DAYS).comments == ()


def test_a_correction_is_made_in_a_later_version_and_stays_on_record(work: Working) -> None:
    with work() as now:
        of = scene(now)
        anne, bo = of.holders
        published(now, of)
        request = correcting.ask(now, anne, of.child, DESCRIPTION, 1, "Hun er fem, ikke fire.", language="da")
        assert correcting.ask(now, anne, of.child, DESCRIPTION, 1, "Again.", language="da") == request
        assert sheet_of(now, bo, of.child, DESCRIPTION).corrections == ()
        mine, first = pedagogue(now, of), version_of(now, of, 1)
        assert [one.correction.text for one in requests.asked_of_house(mine, of.child)] == ["Hun er fem, ikke fire."]
        with pytest.raises(NotAsNew):
            correcting.correct(mine, request, first)
        published(now, of, words="Rettet.")
        second = version_of(now, of, 2)
        correcting.correct(mine, request, second)
        correcting.keep(mine, request, "Too late to say no.")
        (told,) = sheet_of(now, anne, of.child, DESCRIPTION).corrections
        assert (told.state, told.corrected_in, told.answer) == (CorrectionState.CORRECTED, second, None)
        assert acts_on(now.session, request) == {"correction.asked": 1, "correction.answered": 1}
    with pytest.raises(IntegrityError), work() as now:
        now.session.connection().execute(update(CorrectionRequest).values(answered_at=now.now, corrected_in=first))


def test_a_house_that_leaves_it_as_it_is_says_why(work: Working) -> None:
    with work() as now:
        of = scene(now, holders=1)
        (anne,) = of.holders
        published(now, of)
        request = correcting.ask(now, anne, of.child, DESCRIPTION, 1, "Det passer ikke.", language="da")
        for other in (staff(now, "pedagogue", OTHER_HOUSE), staff(now, "school", HOUSE), now):
            with pytest.raises(NotFound):
                correcting.keep(other, request, "No.")
            with pytest.raises(NotFound):
                requests.asked(other, request)
        correcting.keep(pedagogue(now, of), request, "Vi har set det tre gange.")
        (told,) = sheet_of(now, anne, of.child, DESCRIPTION).corrections
        assert (told.state, told.answer) == (CorrectionState.KEPT, "Vi har set det tre gange.")
        assert correcting.ask(now, anne, of.child, DESCRIPTION, 1, "Stadig.", language="da") != request


def test_a_parent_asks_for_an_assessment_until_it_is_written_or_taken_back(work: Working) -> None:
    with work() as now:
        of = scene(now)
        anne, bo = of.holders
        mine = pedagogue(now, of)
        assert asking.ask(now, anne, of.child) == asking.ask(now, anne, of.child)
        assert (asking.is_asked(now, anne, of.child), asking.is_asked(now, bo, of.child)) == (True, False)
        assert asking.asked_at_house(mine) == {of.child}
        assert asking.asked_at_house(staff(now, "pedagogue", OTHER_HOUSE)) == set()
        assert asking.asked_at_house(staff(now, "school", HOUSE)) == set()
        assert [asking.take_back(now, anne, of.child), asking.take_back(now, anne, of.child)] == [True, False]
        assert asking.asked_at_house(mine) == set()
        asking.ask(now, bo, of.child)
        published(now, of, ASSESSMENT)
        assert asking.asked_at_house(mine) == set()
        with pytest.raises(NotFound):
            asking.ask(now, builders.person(now), of.child)


def test_a_school_that_a_yes_names_stays_in_the_pack_until_the_yes_is_over(work: Working, clock: FixedClock) -> None:
    codes = frozenset({SCHOOL, OTHER_SCHOOL})
    with work() as now:
        of = scene(now)
        anne, bo = of.holders
        say(now, of, anne, said=Answer.NO)
        assert codes_in_use(now, codes) == set()
        say(now, of, bo)
        assert codes_in_use(now, codes) == {SCHOOL}
        allowing.withdraw(builders.as_parent(now, bo), bo, of.child, READING)
        assert codes_in_use(now, codes) == set()
        say(now, of, bo)
    clock.move(days=366)
    with work() as now:
        assert codes_in_use(now, codes) == set()


def test_what_is_written_keeps_its_template_and_areas_in_the_pack(work: Working) -> None:
    with work() as now:
        codes = frozenset({"social-udvikling", "beskrivelse-2018", "vurdering-2024", HOUSE, OTHER_HOUSE})
        of = scene(now)
        assert codes_in_use(now, codes) == set()
        published(now, of)
        assert codes_in_use(now, codes) == {"social-udvikling", "beskrivelse-2018"}
        written(now, of, ASSESSMENT)
        assert codes_in_use(now, codes) == codes - {OTHER_HOUSE}
