"""What only the database can promise: no illegal move, and nothing twice that there may be once, whoever writes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation.database import new_id
from parentsite.foundation.work import Work
from parentsite.places.models import Application, Offer, Placement, Vacancy, Wish
from parentsite.places.rules.states import APPLICATION, OFFER, PLACEMENT, VACANCY, WISH, Machine
from parentsite.places.rules.vocabulary import AgeGroup, Care
from tests import builders
from tests.conftest import Working
from tests.places.seen import row

DAY = date(2026, 6, 1)
HOUSES = ["globen", "regnbuen"]


@dataclass(frozen=True)
class Known:
    """A child with an accepted offer, whose rows the others refer to."""

    family: builders.Pair
    application: UUID
    wish: UUID
    vacancy: UUID
    offer: UUID


def known(work: Work) -> Known:
    family = builders.family(work)
    application = builders.sent(work, family, wishes=HOUSES)
    made = row(work.session, Offer, builders.offer(work, application, facility="globen"))
    builders.answered(work, family.parent, made.id, yes=True)
    return Known(family, application, made.wish_id, made.vacancy_id, made.id)


def application(work: Work, of: Known, **values: Any) -> UUID:
    """A row in any state, as if it had always been in it."""
    whole = {
        "child_id": builders.child(work),
        "applicant_id": of.family.parent,
        "started_at": work.now,
        "touched_at": work.now,
        "delete_on": DAY,
        "care": Care.NURSERY.value,
        "age_group": AgeGroup.NURSERY.value,
        "wanted": DAY,
        "case_number": f"PL-{new_id()}",
        "sent_at": work.now,
        "sent_on": DAY,
        "tie": "0" * 16,
    }
    return _inserted(work, Application, whole | values)


def wish(work: Work, of: Known, **values: Any) -> UUID:
    return _inserted(work, Wish, {"application_id": application(work, of), "facility": "globen", "rank": 1} | values)


def vacancy(work: Work, of: Known, **values: Any) -> UUID:
    fresh = {"once": new_id(), "facility": "globen", "age_group": "0-2", "starts_on": DAY, "opened_at": work.now}
    return _inserted(work, Vacancy, fresh | values)


def offer(work: Work, of: Known, **values: Any) -> UUID:
    of_nobody_else = {
        "vacancy_id": vacancy(work, of),
        "application_id": application(work, of),
        "wish_id": of.wish,
        "made_at": work.now,
        "answer_by": DAY,
        "fulfils_guarantee": False,
    }
    return _inserted(work, Offer, of_nobody_else | values)


def placement(work: Work, of: Known, **values: Any) -> UUID:
    of_nobody_else = {
        "child_id": builders.child(work),
        "application_id": of.application,
        "offer_id": offer(work, of),
        "facility": "globen",
        "age_group": "0-2",
        "starts_on": DAY,
    }
    return _inserted(work, Placement, of_nobody_else | values)


def _inserted(work: Work, model: Any, values: dict[str, Any]) -> UUID:
    made = new_id()
    work.session.execute(insert(model).values(id=made, **values))
    return made


Insert = Callable[..., UUID]
MACHINES: dict[str, tuple[Machine[Any], Any, Insert]] = {
    "application": (APPLICATION, Application, application),
    "wish": (WISH, Wish, wish),
    "vacancy": (VACANCY, Vacancy, vacancy),
    "offer": (OFFER, Offer, offer),
    "placement": (PLACEMENT, Placement, placement),
}


@pytest.mark.parametrize(("machine", "model", "make"), MACHINES.values(), ids=MACHINES)
def test_a_row_moves_only_as_the_rules_say(work: Working, machine: Machine[Any], model: Any, make: Insert) -> None:
    with work() as now:
        there = known(now)
        for origin in machine.moves:
            for target in machine.moves:
                held = make(now, there, state=origin.value)
                legal = target is origin or target in machine.moves[origin]
                assert _moves(now, model, held, target.value) is legal, f"{origin} to {target}"


@pytest.mark.parametrize(("machine", "model", "make"), MACHINES.values(), ids=MACHINES)
def test_a_row_is_in_no_state_that_the_rules_do_not_know(
    work: Working, machine: Machine[Any], model: Any, make: Insert
) -> None:
    with work() as now:
        there = known(now)
        assert _refuses(now, lambda: make(now, there, state="lost"))
        assert not _moves(now, model, make(now, there), "lost")


def test_a_vacancy_is_offered_to_one_and_taken_by_one(work: Working) -> None:
    with work() as now:
        there = known(now)
        for first, second in (("open", "open"), ("open", "accepted"), ("accepted", "open"), ("accepted", "accepted")):
            free = vacancy(now, there)
            offer(now, there, vacancy_id=free, state=first)
            assert _refuses(now, lambda: offer(now, there, vacancy_id=free, state=second))  # noqa: B023
        free = vacancy(now, there)
        for over in ("declined", "expired", "taken_back", "declined", "open"):
            offer(now, there, vacancy_id=free, state=over)


def test_a_family_is_asked_one_thing_at_a_time(work: Working) -> None:
    with work() as now:
        there = known(now)
        asked = application(now, there)
        for over in ("accepted", "declined", "expired", "taken_back"):
            offer(now, there, application_id=asked, state=over)
        offer(now, there, application_id=asked)
        assert _refuses(now, lambda: offer(now, there, application_id=asked))


@pytest.mark.parametrize("first", ["sent", "waiting"])
@pytest.mark.parametrize("second", ["sent", "waiting"])
def test_a_child_stands_in_line_once_for_each_age(work: Working, first: str, second: str) -> None:
    with work() as now:
        there = known(now)
        child = builders.child(now)
        application(now, there, child_id=child, state=first)
        assert _refuses(now, lambda: application(now, there, child_id=child, state=second))
        application(now, there, child_id=child, state=second, age_group="3+")
        for over in ("withdrawn", "closed", "withdrawn", "draft"):
            application(now, there, child_id=child, state=over)


def test_a_parent_has_one_draft_for_a_child(work: Working) -> None:
    with work() as now:
        there = known(now)
        child = builders.child(now)
        application(now, there, child_id=child)
        assert _refuses(now, lambda: application(now, there, child_id=child))
        application(now, there, child_id=child, applicant_id=builders.person(now))


def test_a_house_is_wished_for_once_until_the_wish_is_removed(work: Working) -> None:
    with work() as now:
        there = known(now)
        of = application(now, there)
        for gone in ("removed", "removed", "waiting"):
            wish(now, there, application_id=of, state=gone)
        for again in ("waiting", "offered", "fulfilled"):
            assert _refuses(now, lambda: wish(now, there, application_id=of, state=again))  # noqa: B023


def test_a_child_has_one_place_and_one_to_come(work: Working) -> None:
    with work() as now:
        there = known(now)
        child = builders.child(now)
        placement(now, there, child_id=child, state="running")
        placement(now, there, child_id=child, state="agreed")
        placement(now, there, child_id=child, state="ended")
        for again in ("running", "notice_given", "agreed"):
            assert _refuses(now, lambda: placement(now, there, child_id=child, state=again))  # noqa: B023
        placement(now, there, child_id=child, state="agreed", ends_on=DAY)


def test_an_offer_makes_one_placement(work: Working) -> None:
    with work() as now:
        there = known(now)
        assert _refuses(now, lambda: placement(now, there, offer_id=there.offer))


@pytest.mark.parametrize("missing", ["case_number", "care", "age_group", "wanted", "sent_at", "sent_on", "tie"])
def test_what_is_sent_is_whole(work: Working, missing: str) -> None:
    with work() as now:
        there = known(now)
        assert _refuses(now, lambda: application(now, there, state="sent", **{missing: None}))
        application(now, there, state="draft", **{missing: None})


def test_a_draft_has_a_day_on_which_it_is_deleted(work: Working) -> None:
    with work() as now:
        there = known(now)
        assert _refuses(now, lambda: application(now, there, delete_on=None))


def test_an_offer_out_of_order_has_a_reason(work: Working) -> None:
    with work() as now:
        there = known(now)
        assert _refuses(now, lambda: offer(now, there, out_of_order=True))
        offer(now, there, out_of_order=True, reason=b"sealed")


@pytest.mark.parametrize("backend", ["postgresql"])
def test_places_in_line_are_compared_letter_by_letter(work: Working) -> None:
    asked = text(
        "SELECT collation_name FROM information_schema.columns WHERE table_name = 'wish' AND column_name = 'line_key'"
    )
    with work() as now:
        assert now.session.scalar(asked) == "C"


def _moves(work: Work, model: Any, key: UUID, target: str) -> bool:
    return not _refuses(work, lambda: work.session.execute(update(model).where(model.id == key).values(state=target)))


def _refuses(work: Work, do: Callable[[], object]) -> bool:
    """Whether the database refuses; afterwards everything is as before."""
    attempt = work.session.begin_nested()
    try:
        do()
    except IntegrityError:
        return True
    finally:
        attempt.rollback()
    return False
