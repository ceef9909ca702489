"""The last day to answer counts to its very end in Denmark, also in the nights when clocks are changed."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from parentsite.foundation.clock import FixedClock
from parentsite.places.models import Offer
from parentsite.places.rules.answers import Answer, GuaranteeOutcome
from parentsite.places.rules.vocabulary import OfferState
from parentsite.places.service import answers, cases
from parentsite.places.service.errors import TooLate
from parentsite.town.town import Town
from tests import builders
from tests.conftest import Working
from tests.places.racing import sound
from tests.places.seen import acts_on, entries, letters, row, wishes_of

MIDNIGHTS = {
    "winter": (date(2026, 2, 20), datetime(2026, 2, 20, 23, tzinfo=UTC)),
    "the night before summer time begins": (date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
    "the day of 23 hours": (date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
    "the night before summer time ends": (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
    "the day of 25 hours": (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    "new year's eve": (date(2026, 12, 31), datetime(2026, 12, 31, 23, tzinfo=UTC)),
}
NIGHTS = pytest.mark.parametrize(("last", "midnight"), MIDNIGHTS.values(), ids=MIDNIGHTS)


def offered(work: Working, clock: FixedClock, town: Town, last: date) -> tuple[builders.Pair, UUID, UUID]:
    """An offer whose last day is `last`."""
    made = last - timedelta(days=town.settings.answer_days.value)
    clock.moment = datetime(made.year, made.month, made.day, 12, tzinfo=UTC)
    with work() as now:
        family = builders.family(now, born=made - timedelta(weeks=30))
        application = builders.sent(now, family, wanted=made + timedelta(days=90), wishes=["globen", "regnbuen"])
        offer = builders.offer(now, application, facility="globen", starts_on=made + timedelta(days=90))
        assert row(now.session, Offer, offer).answer_by == last
    return family, application, offer


@NIGHTS
def test_until_midnight_the_answer_counts(
    work: Working, clock: FixedClock, town: Town, last: date, midnight: datetime
) -> None:
    family, _, offer = offered(work, clock, town, last)
    clock.moment = midnight - timedelta(microseconds=1)
    with work() as now:
        assert answers.expire_due(now) == 0
        builders.answered(now, family.parent, offer, yes=True)
        assert row(now.session, Offer, offer).state == "accepted"


@NIGHTS
def test_from_midnight_it_is_too_late_and_the_worker_closes(
    work: Working, clock: FixedClock, town: Town, last: date, midnight: datetime
) -> None:
    family, application, offer = offered(work, clock, town, last)
    clock.moment = midnight
    with work() as now:
        for said in (Answer.YES, Answer.NO):
            with pytest.raises(TooLate) as refused:
                answers.answer(now, family.parent, offer, said)
            assert refused.value.state == OfferState.EXPIRED
        assert answers.expire_due(now) == 1
        assert row(now.session, Offer, offer).state == "expired"
        assert wishes_of(now.session, application) == {"globen": "waiting", "regnbuen": "waiting"}


def test_silence_does_to_the_guarantee_what_was_said_and_is_told_once(
    work: Working, clock: FixedClock, town: Town, database: object
) -> None:
    family, application, offer = offered(work, clock, town, date(2026, 2, 20))
    with work() as now:
        said = answers.consequences(now, answers.offer_for(now, family.parent, offer))[Answer.SILENCE]
    clock.move(days=10)
    for closed in (1, 0):
        with work() as now:
            assert answers.expire_due(now) == closed
    with work() as now:
        case = cases.case_for(now, family.parent, application)
        assert (case.guarantee_outcome, case.guaranteed_by) == (GuaranteeOutcome.RESTARTS, said.guaranteed_by)
        assert case.open_offer is None
        assert letters(now.session).count(("places/offer_expired", family.parent)) == 1
        assert acts_on(now.session, offer)["offer.expired"] == 1
        (entry,) = entries(now.session, "offer.expired")
        assert (entry.actor_kind, entry.actor_id) == ("system", None)
    sound(database)  # type: ignore[arg-type]


def test_an_answered_offer_does_not_expire(work: Working, clock: FixedClock, town: Town) -> None:
    family, _, offer = offered(work, clock, town, date(2026, 2, 20))
    with work() as now:
        builders.answered(now, family.parent, offer, yes=False)
    clock.move(days=30)
    with work() as now:
        assert answers.expire_due(now) == 0


def test_many_that_run_out_together_are_closed_in_portions_the_longest_due_first(
    work: Working, clock: FixedClock
) -> None:
    with work() as now:
        first = builders.offer(now, builders.sent(now, builders.family(now)))
    clock.move(days=1)
    with work() as now:
        for _ in range(3):
            builders.offer(now, builders.sent(now, builders.family(now)))
    clock.move(days=20)
    with work() as now:
        assert answers.expire_due(now, limit=2) == 2
        assert row(now.session, Offer, first).state == "expired"
        assert answers.expire_due(now, limit=2) == 2
        assert answers.expire_due(now, limit=2) == 0
