"""A correction that nobody can answer any more is closed, in words: the child has left the house that was asked."""

from uuid import UUID

import pytest
from sqlalchemy import update

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance
from parentsite.readiness.rules.vocabulary import CorrectionState
from parentsite.readiness.service import correcting, requests
from parentsite.readiness.service.lapsing import STAYS_OPEN, lapse
from parentsite.readiness.service.sheet import sheet_of
from tests import builders
from tests.conftest import Working
from tests.places.seen import acts_on, letters
from tests.readiness.scene import DESCRIPTION, HOUSE, OTHER_HOUSE, Scene, pedagogue, published, scene
from tests.sites import Site

DAYS = STAYS_OPEN.days


def asked(now: Work) -> tuple[Scene, UUID]:
    """A child whose parent has asked for a correction."""
    of = scene(now)
    published(now, of)
    anne = of.holders[0]
    return of, correcting.ask(
        builders.as_parent(now, anne), anne, of.child, DESCRIPTION, 1, "Hun er fem.", language="da"
    )


def leaves(now: Work, of: Scene) -> None:
    """From today the child goes to another house."""
    gone = (Attendance.child_id == of.child, Attendance.facility == HOUSE)
    now.session.execute(update(Attendance).where(*gone).values(until=now.today))
    builders.attends(now, of.child, OTHER_HOUSE, since=now.today)


def state(now: Work, of: Scene) -> CorrectionState:
    (own,) = sheet_of(now, of.holders[0], of.child, DESCRIPTION).corrections
    return own.state


def test_it_is_closed_once_when_the_child_has_been_gone_for_long_and_the_parent_hears_of_it(
    work: Working, clock: FixedClock
) -> None:
    with work() as now:
        of, request = asked(now)
        assert lapse(now) == 0
        leaves(now, of)
    clock.move(days=DAYS - 1)
    with work() as now:
        assert lapse(now) == 0
        assert state(now, of) is CorrectionState.OPEN
        before = letters(now.session)
    clock.move(days=1)
    with work() as now:
        assert [lapse(now), lapse(now)] == [1, 0]
        assert state(now, of) is CorrectionState.LAPSED
        assert acts_on(now.session, request)["correction.lapsed"] == 1
        assert [one for one in letters(now.session) if one not in before] == [("readiness/answered", of.holders[0])]


def test_a_child_that_comes_back_can_be_asked_about_anew_and_the_house_sees_what_was_closed(
    work: Working, clock: FixedClock
) -> None:
    with work() as now:
        of, request = asked(now)
        leaves(now, of)
    clock.move(days=DAYS)
    with work() as now:
        lapse(now)
        builders.attends(now, of.child, HOUSE, since=now.today)
        mine = pedagogue(now, of)
        assert not correcting.keep(mine, request, "For sent."), "what is closed takes no answer"
        (one,) = requests.asked_of_house(mine, of.child)
        assert not one.is_open
        anne = of.holders[0]
        again = correcting.ask(now, anne, of.child, DESCRIPTION, 1, "Hun er fem.", language="da")
        assert again != request
        assert lapse(now) == 0


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_page_says_that_nobody_answers_and_whom_to_call(site: Site, is_closed: bool) -> None:
    with site.work() as now:
        of, _ = asked(now)
        leaves(now, of)
    site.clock.move(days=DAYS if is_closed else 1)
    with site.work() as now:
        assert lapse(now) == is_closed
    page = site.parent(of.holders[0]).get(f"/mit/en/skolestart/{of.child}/beskrivelse")
    assert ("Closed without an answer" in page.text) is is_closed
    assert ("Waits for an answer" in page.text) is not is_closed
    assert "You still have a right to have it corrected." in page.text or not is_closed
    assert page.all("//section[@id='corrections']//a[starts-with(@href, 'tel:')]")
