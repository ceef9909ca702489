"""The receipt shows what was promised in writing when the application was sent; the case shows today's, and why."""

import re
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import update

from parentsite.people.models import Child, RelationKind
from parentsite.places.service import birth
from tests import builders
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


def test_after_a_yes_the_receipt_is_still_there_to_read(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now, born=date(2025, 8, 28))
        case = builders.sent(now, family, wanted=date(2026, 6, 12), wishes=["globen"])
        made = builders.offer(now, case, facility="globen", starts_on=date(2026, 6, 12))
        builders.answered(now, family.parent, made, yes=True)
    parent = site.parent(family.parent)
    assert days_on(parent.get(f"{BASE}/{case}/kvittering")) == ["2026-06-12"]
