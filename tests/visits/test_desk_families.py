"""The health visitors' pages about one family: that it has been contacted, and days moved for a child born early."""

from datetime import timedelta
from uuid import UUID

import pytest

from parentsite.foundation.sealed import unseal
from parentsite.visits.models.appointments import SHIFT_REASON, VisitShift
from parentsite.visits.models.families import VisitContact, VisitRequest
from parentsite.visits.service import asking, booking, keeping, plans
from tests import builders
from tests.builders import Pair
from tests.places.seen import entries, letters, row
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits.desks import at_desk
from tests.visits.scene import TWO_MONTHS, WEEKS, family, times, visitor

LIST = "/desk/besog/familier"
REASON = "Født seks uger før tid."


def page_of(desk: Client, of: Pair) -> Page:
    return desk.get(f"/desk/besog/familie/{of.child}")


def looked_for(desk: Client) -> set[UUID]:
    return {UUID(link.rsplit("/", 1)[1]) for link in desk.get(LIST).all("//table[@id='unmet']//a/@href")}


def test_a_family_that_has_been_called_leaves_the_list_and_it_stands_who_called(site: Site) -> None:
    with site.work() as now:
        her, silent, other = visitor(now), family(now), family(now)
    desk = at_desk(site, her)
    assert looked_for(desk) == {silent.child, other.child}
    desk.submit(page_of(desk, silent), action=f"/desk/besog/familie/{silent.child}/kontakt")
    assert looked_for(desk) == {other.child}
    colleague = at_desk(site)
    told = page_of(colleague, silent).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "12. februar 2026 10.00" in told
    assert "Hanne Sund" in told
    with site.look() as now:
        assert [entry.actor_id for entry in entries(now.session, "visit.contact_noted")] == [her]
    colleague.submit(page_of(colleague, silent), action=f"/desk/besog/familie/{silent.child}/kontakt/slet")
    assert looked_for(desk) == {silent.child, other.child}


def test_who_said_that_nobody_had_contacted_them_is_answered_and_counts_as_contacted(site: Site) -> None:
    with site.work() as now:
        her, silent = visitor(now), family(now)
        asked = asking.say_not_contacted(now, silent.parent, silent.child)
    desk = at_desk(site, her)
    page = page_of(desk, silent)
    assert "Har ikke hørt fra nogen" in page.text
    desk.submit(page)
    assert looked_for(desk) == set()
    assert "Hanne Sund" in page_of(desk, silent).text
    with site.look() as now:
        assert row(now.session, VisitRequest, asked).state == "answered"
        assert letters(now.session) == [("visits/reply", silent.parent)]
    parent = site.parent(silent.parent)
    page = parent.get("/mit/en/besog")
    assert "Has nobody contacted you?" in page.text, "the parent's word counts, whatever is noted"
    parent.submit(page, action=f"/mit/en/besog/{silent.child}/ikke-kontaktet")
    assert "Har ikke hørt fra nogen" in page_of(desk, silent).text


def test_an_answer_keeps_the_family_off_the_list_for_as_long_as_it_is_looked_for(site: Site) -> None:
    with site.work() as now:
        visitor(now)
        silent = family(now)
        asking.say_not_contacted(now, silent.parent, silent.child)
    desk = at_desk(site)
    desk.submit(page_of(desk, silent))
    assert looked_for(desk) == set()
    site.clock.move(days=200)
    with site.work() as now:
        keeping.forget_old(now)
    desk = at_desk(site)
    assert looked_for(desk) == set()
    site.clock.move(days=120)
    with site.work() as now:
        keeping.forget_old(now)
        assert now.session.query(VisitContact).count() == 0, "and then it is forgotten"


def test_days_are_moved_with_a_reason_that_the_parents_do_not_see(site: Site) -> None:
    with site.work() as now:
        her, early = visitor(now), family(now)
        visit = booking.book(now, early.parent, early.child, TWO_MONTHS, times(now, early, TWO_MONTHS)[0].slot_id)
        plain = plans.plan_for(now, early.parent, early.child).visits
    desk = at_desk(site, her)
    path = f"/desk/besog/familie/{early.child}/{WEEKS}/dage"
    moved = desk.follow(desk.submit(desk.get(path), days="42", reason=REASON))
    assert moved.text.count("Flyttet 42 dage senere") == 4
    assert "Uden for disse dage" in moved.text, "the appointment lies where the window was"
    assert REASON not in moved.text
    assert REASON in desk.get(path).text
    page = site.parent(early.parent).get("/mit/en/besog")
    assert page.text.count("They are 42 days later than usual.") == 4
    assert "uger" not in page.text
    with site.look() as now:
        after = plans.plan_for(now, early.parent, early.child).visits
        found = [(new.window.first - old.window.first).days for old, new in zip(plain, after, strict=True)]
        assert found == [0, 0, 42, 42, 42, 42]
        assert str(visit) in page.sheet.text or any(str(visit) in link for link in page.links())
        (kept,) = now.session.query(VisitShift)
        assert unseal(now.session, kept.reason, SHIFT_REASON) == REASON
        (entry,) = entries(now.session, "visit.window_shifted")
        assert entry.actor_id == her
    desk.submit(desk.get(path), days="0", reason="Det var et andet barn.")
    assert "usual" not in site.parent(early.parent).get("/mit/en/besog").text


def test_the_days_are_counted_from_the_plan_also_when_an_earlier_visit_was_moved(site: Site) -> None:
    with site.work() as now:
        early = family(now)
    desk = at_desk(site)
    path = f"/desk/besog/familie/{early.child}/{{}}/dage"
    desk.submit(desk.get(path.format(WEEKS)), days="14", reason=REASON)
    later = desk.get(path.format(TWO_MONTHS))
    assert later.all("//input[@name='days']/@value") == ["14"]
    desk.submit(later, days="21", reason=REASON)
    with site.look() as now:
        found = [one.window.shifted_days for one in plans.plan_for(now, early.parent, early.child).visits]
        assert found == [0, 0, 14, 21, 21, 21]
    desk.submit(desk.get(path.format(TWO_MONTHS)), days="0", reason=REASON)
    with site.look() as now:
        found = [one.window.shifted_days for one in plans.plan_for(now, early.parent, early.child).visits]
        assert found == [0, 0, 14, 0, 0, 0]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"days": "x"}, "days"),
        ({"days": ""}, "days"),
        ({"days": "121"}, "days"),
        ({"days": "-30"}, "days"),
        ({"reason": " "}, "reason"),
    ],
)
def test_days_that_cannot_be_meant_are_refused_and_kept(site: Site, typed: dict[str, str], field: str) -> None:
    with site.work() as now:
        early = family(now)
    desk = at_desk(site)
    page = desk.get(f"/desk/besog/familie/{early.child}/{WEEKS}/dage")
    sent = {"days": "7", "reason": REASON} | typed
    refused = desk.submit(page, **sent, status=422)  # type: ignore[arg-type]
    assert refused.all("//*[contains(@class, 'error-summary')]//a/@href") == [f"#{field}"]
    assert refused.all("//input[@name='days']/@value") == [sent["days"]]


def test_a_visit_outside_the_plan_has_no_days_to_move(site: Site) -> None:
    with site.work() as now:
        one = builders.family(now, born=now.today - timedelta(days=30))
    at_desk(site).get(f"/desk/besog/familie/{one.child}/extra/dage", status=404)
    at_desk(site).get(f"/desk/besog/familie/{one.child}/nonsense/dage", status=404)
