"""The receipt shows what was promised in writing when the application was sent; the case shows today's, and why."""

import re
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update

from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.work import Work
from parentsite.people.models import Child, RelationKind
from parentsite.places.models import Application
from parentsite.places.service import birth
from tests import builders
from tests.places.seen import row
from tests.sites import Site
from tests.strict import Client, Page

BASE = "/mit/en/plads"
PROMISED = "12 June 2026"


def days_on(page: Page) -> list[str]:
    return [str(day) for day in page.all("//*[contains(@class, 'fact')]//time/@datetime")]


def both(parent: Client, case: UUID) -> tuple[list[str], list[str]]:
    """The days on the receipt and on the case."""
    return days_on(parent.get(f"{BASE}/{case}/kvittering")), days_on(parent.get(f"{BASE}/{case}"))


def test_after_a_no_the_receipt_still_says_what_was_promised(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now, born=date(2025, 8, 28))
        case = builders.sent(now, family, wanted=date(2026, 6, 12), wishes=["globen"])
    parent = site.parent(family.parent)
    assert both(parent, case) == (["2026-06-12"], ["2026-06-12"])
    assert "we promised" not in parent.get(f"{BASE}/{case}").text
    with site.work() as now:
        made = builders.offer(now, case, facility="globen", starts_on=date(2026, 6, 12))
        builders.answered(now, family.parent, made, yes=False)
    assert both(parent, case) == (["2026-06-12"], ["2026-09-12"])
    text = parent.get(f"{BASE}/{case}").text
    assert re.search(f"When you applied, we promised [A-Za-z]+,? {PROMISED}", text)
    assert "The guarantee (pasningsgaranti) is counted anew." in text
    assert "It has changed since." in parent.get(f"{BASE}/{case}/kvittering").text


def test_after_a_birth_the_case_says_that_it_was_counted_anew(site: Site) -> None:
    with site.work() as now:
        due = now.today + timedelta(weeks=10)
        parent_id = builders.person(now)
        child = builders.child(now, due=due, name=None)
        builders.relate(now, parent_id, child, RelationKind.DECLARER)
        soonest = due + timedelta(weeks=26)
        case = builders.sent(now, builders.Pair(parent_id, child), wanted=soonest, wishes=["globen"])
    parent = site.parent(parent_id)
    (before,), _ = both(parent, case)
    with site.work() as now:
        now.session.execute(update(Child).where(Child.id == child).values(birth_date=due + timedelta(weeks=3)))
        assert birth.count_anew(now) == 1
    receipt, today = both(parent, case)
    assert receipt == [before]
    assert today == [str(date.fromisoformat(before) + timedelta(weeks=3))]
    assert "counted anew from your child's birth" in parent.get(f"{BASE}/{case}").text


def expected(now: Work) -> tuple[builders.Pair, UUID, date]:
    """An unborn child with a sent application, and the day it is expected."""
    due = now.today + timedelta(weeks=10)
    family = builders.Pair(builders.person(now), builders.child(now, due=due, name=None))
    builders.relate(now, family.parent, family.child, RelationKind.DECLARER)
    return family, builders.sent(now, family, wanted=due + timedelta(weeks=26), wishes=["globen"]), due


def born(now: Work, child: UUID, day: date) -> int:
    now.session.execute(update(Child).where(Child.id == child).values(birth_date=day))
    return birth.count_anew(now)


def test_an_offer_that_cost_nothing_does_not_keep_the_guarantee_from_following_the_birth(site: Site) -> None:
    with site.work() as now:
        family, case, due = expected(now)
        before = row(now.session, Application, case).guaranteed_by
        kind = builders.offer(now, case, facility="globen", starts_on=due + timedelta(weeks=20))
        builders.answered(now, family.parent, kind, yes=False)
        assert row(now.session, Application, case).guarantee_outcome == "unchanged"
    with site.work() as now:
        assert born(now, family.child, due + timedelta(weeks=3)) == 1
        assert row(now.session, Application, case).guaranteed_by == before + timedelta(weeks=3)
    page = site.parent(family.parent).get(f"{BASE}/{case}")
    assert "counted anew from your child's birth" in page.text


def test_an_offer_that_moved_the_guarantee_has_the_last_word(site: Site) -> None:
    with site.work() as now:
        family, case, due = expected(now)
        fitting = builders.offer(now, case, facility="globen", starts_on=due + timedelta(weeks=27))
        builders.answered(now, family.parent, fitting, yes=False)
        moved = row(now.session, Application, case).guaranteed_by
        again = builders.offer(now, case, facility="globen", starts_on=due + timedelta(weeks=20))
        builders.answered(now, family.parent, again, yes=False)
    with site.work() as now:
        assert born(now, family.child, due + timedelta(weeks=3)) == 0
        assert row(now.session, Application, case).guaranteed_by == moved


def test_each_time_the_date_moves_the_parents_are_told(site: Site) -> None:
    with site.work() as now:
        family, _, due = expected(now)
    for weeks in (1, 2, 1, 2):
        with site.work() as now:
            assert born(now, family.child, due + timedelta(weeks=weeks)) == 1
    with site.look() as now:
        letters = now.session.scalars(select(OutboxLetter).where(OutboxLetter.name == "places/dates_moved"))
        assert len(letters.all()) == 4


def test_after_a_yes_the_receipt_is_still_there_to_read(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now, born=date(2025, 8, 28))
        case = builders.sent(now, family, wanted=date(2026, 6, 12), wishes=["globen"])
        made = builders.offer(now, case, facility="globen", starts_on=date(2026, 6, 12))
        builders.answered(now, family.parent, made, yes=True)
    parent = site.parent(family.parent)
    assert days_on(parent.get(f"{BASE}/{case}/kvittering")) == ["2026-06-12"]
