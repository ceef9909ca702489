"""Withdrawing: the wishes leave their lines, the guarantee ends, an open offer goes on; as it was shown, and once."""

from datetime import date

import pytest

from parentsite.foundation.database import Database, new_id
from parentsite.places.models import Application, Offer, Placement, Vacancy
from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState
from parentsite.places.service import cases, drafts, withdrawing
from parentsite.places.service.errors import NotFound, Stale
from parentsite.places.service.line import line_of
from tests import builders
from tests.conftest import Working
from tests.places.racing import sound
from tests.places.seen import acts_on, letters, row, wishes_of

HOUSES = ["globen", "regnbuen"]
STARTS = date(2026, 6, 1)


def test_everything_ends_and_is_told_once(work: Working, database: Database) -> None:
    with work() as now:
        family, behind = builders.family(now), builders.family(now)
        application = builders.sent(now, family, wishes=HOUSES)
        builders.sent(now, behind, wishes=HOUSES)
        shown = cases.case_for(now, family.parent, application).revision
        for _ in range(2):
            withdrawing.withdraw(builders.as_parent(now, family.parent), family.parent, application, shown)
        case = cases.case_for(now, family.parent, application)
        assert (case.state, case.guaranteed_by) == (ApplicationState.WITHDRAWN, None)
        assert wishes_of(now.session, application) == dict.fromkeys(HOUSES, "removed")
        for house in HOUSES:
            assert [one.child_id for one in line_of(now.session, house, AgeGroup.NURSERY)] == [behind.child]
        assert letters(now.session).count(("places/application_withdrawn", family.parent)) == 1
        assert acts_on(now.session, application)["application.withdrawn"] == 1
    sound(database)


def test_an_open_offer_goes_on_to_the_next(work: Working, database: Database) -> None:
    with work() as now:
        family = builders.family(now)
        application = builders.sent(now, family, wishes=HOUSES)
        offer = row(now.session, Offer, builders.offer(now, application, facility="globen"))
        shown = cases.case_for(now, family.parent, application).revision
        withdrawing.withdraw(now, family.parent, application, shown)
        assert row(now.session, Offer, offer.id).state == "declined"
        assert row(now.session, Vacancy, offer.vacancy_id).state == "open"
        assert acts_on(now.session, offer.id)["offer.declined"] == 1
    sound(database)


def test_an_offer_made_after_the_page_was_shown_is_said_first(work: Working, database: Database) -> None:
    with work() as now:
        family = builders.family(now)
        application = builders.sent(now, family, wishes=HOUSES)
        shown = cases.case_for(now, family.parent, application).revision
        builders.offer(now, application, facility="globen")
        with pytest.raises(Stale):
            withdrawing.withdraw(now, family.parent, application, shown)
        assert cases.case_for(now, family.parent, application).open_offer is not None
    sound(database)


def test_a_place_already_agreed_stays(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        application = builders.sent(now, family, wishes=builders.houses(now)[:2])
        builders.answered(now, family.parent, builders.offer(now, application), yes=True)
        shown = cases.case_for(now, family.parent, application).revision
        withdrawing.withdraw(now, family.parent, application, shown)
        assert row(now.session, Application, application).state == "withdrawn"
        assert set(wishes_of(now.session, application).values()) == {"fulfilled", "removed"}
        assert {place.state for place in now.session.query(Placement)} == {"agreed"}


def test_a_closed_case_cannot_be_withdrawn(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        application = builders.sent(now, family, wanted=STARTS, wishes=["globen"])
        offer = builders.offer(now, application, facility="globen", starts_on=STARTS)
        builders.answered(now, family.parent, offer, yes=True)
        shown = cases.case_for(now, family.parent, application).revision
        with pytest.raises(Stale):
            withdrawing.withdraw(now, family.parent, application, shown)
        assert row(now.session, Application, application).state == "closed"


def test_a_draft_or_an_unknown_case_is_not_there(work: Working) -> None:
    with work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
        for application in (draft, new_id()):
            with pytest.raises(NotFound):
                withdrawing.withdraw(now, family.parent, application, 1)
        assert drafts.read(now, family.parent, draft).wishes
