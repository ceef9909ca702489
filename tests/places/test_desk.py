"""The placement office's pages: what they show, what they refuse, and that nothing typed is lost."""

from datetime import date
from uuid import UUID

import pytest

from parentsite.foundation.database import new_id
from parentsite.places.models import Application, Offer, Vacancy
from parentsite.places.rules.vocabulary import AgeGroup
from parentsite.places.service import cases, offers, withdrawing
from parentsite.places.service.line import line_of
from tests import builders
from tests.places.seen import row
from tests.sites import Site
from tests.strict import Client, Page

REASON = "Barnet har brug for pladsen nu, se notatet i sagen."
HOUSE = "globen"


@pytest.fixture
def clerk(site: Site) -> Client:
    return site.clerk()


def two_in_line(site: Site) -> tuple[list[UUID], UUID]:
    """Two applications, the first in line first, and a vacancy in their house."""
    with site.work() as now:
        for born in (date(2025, 8, 1), date(2025, 8, 28)):
            builders.sent(now, builders.family(now, born=born), wishes=[HOUSE, "regnbuen"])
        line = line_of(now.session, HOUSE, AgeGroup.NURSERY)
        return [one.application_id for one in line], builders.vacancy(now, HOUSE, starts_on=date(2026, 7, 1))


def token(page: Page) -> dict[str, str]:
    return {"csrf_token": page.all("//main//input[@name='csrf_token']/@value")[0]}


def test_the_line_stands_in_the_published_order_with_its_reasons(site: Site, clerk: Client) -> None:
    first, second = two_in_line(site)[0]
    page = clerk.get(f"/desk/plads/huse/{HOUSE}/0-2")
    rows = page.all("//table[@id='line']/tbody/tr")
    links = [str(row.xpath(".//a/@href")[0]) for row in rows]
    assert links == [f"/desk/plads/sag/{first}", f"/desk/plads/sag/{second}"]
    assert [row.xpath("string(./td[1])").strip() for row in rows] == ["1", "2"]
    reasons = [" ".join(row.xpath("string(./td[6])").split()) for row in rows]
    assert len(set(reasons)) == 2
    assert all(reasons)


def test_applications_are_listed_by_state_the_earliest_guarantee_first(site: Site, clerk: Client) -> None:
    with site.work() as now:
        late = builders.sent(now, builders.family(now), wanted=date(2026, 11, 1))
        soon = builders.sent(now, builders.family(now), wanted=date(2026, 6, 1))
        read = builders.sent(now, builders.family(now), confirmed=True)
        builders.draft(now, builders.family(now))
    listed = clerk.get("/desk/plads").all("//tbody/tr//a/@href")
    assert listed == [f"/desk/plads/sag/{soon}", f"/desk/plads/sag/{late}"]
    assert clerk.get("/desk/plads?state=waiting").all("//tbody/tr//a/@href") == [f"/desk/plads/sag/{read}"]
    for query in ("state=draft", "state=lost", "page=0", "page=x", "page=" + "9" * 400, "page=99"):
        clerk.get(f"/desk/plads?{query}")


def test_reading_an_application_puts_it_on_the_waiting_list(site: Site, clerk: Client) -> None:
    application = two_in_line(site)[0][1]
    page = clerk.get(f"/desk/plads/sag/{application}")
    assert clerk.submit(page, special_need="y").location == page.path
    with site.look() as now:
        assert row(now.session, Application, application).state == "waiting"
        assert line_of(now.session, HOUSE, AgeGroup.NURSERY)[0].application_id == application
    assert clerk.get(page.path).all("//input[@name='special_need'][@checked]")


def test_a_case_that_somebody_changed_is_shown_anew_and_the_tick_stays(site: Site, clerk: Client) -> None:
    application = two_in_line(site)[0][0]
    page = clerk.get(f"/desk/plads/sag/{application}")
    with site.work() as now:
        builders.confirm(now, application)
    refused = clerk.submit(page, special_need="y", status=422)
    assert refused.all("//*[@role='alert']")
    assert refused.all("//input[@name='special_need'][@checked]")
    clerk.submit(refused)
    with site.look() as now:
        assert row(now.session, Application, application).special_need_confirmed


@pytest.mark.parametrize("revision", ["", "9" * 5000, "x", "-1"])
def test_a_case_as_nobody_was_shown_it_is_not_confirmed(site: Site, clerk: Client, revision: str) -> None:
    application = two_in_line(site)[0][0]
    page = clerk.get(f"/desk/plads/sag/{application}")
    clerk.post(page.path, token(page) | {"revision": revision}, status=422)
    with site.look() as now:
        assert row(now.session, Application, application).state == "sent"


@pytest.mark.parametrize(
    "typed", ["", "soon", "2026-02-30", "2026-02-11", "1999-01-01"], ids=["nothing", "a word", "no day", "past", "long"]
)
def test_a_vacancy_needs_a_day_to_come(site: Site, clerk: Client, typed: str) -> None:
    page = clerk.get(f"/desk/plads/huse/{HOUSE}/0-2")
    refused = clerk.submit(page, starts_on=typed, status=422)
    assert refused.all("//*[contains(@class, 'error-summary')]//a/@href") == ["#starts_on"]
    assert refused.all("//input[@name='starts_on']/@value") == [typed]
    assert clerk.submit(refused, starts_on="2026-07-01").location == page.path
    with site.look() as now:
        assert now.session.query(Vacancy).count() == 1


def test_a_vacancy_form_sent_twice_opens_one(site: Site, clerk: Client) -> None:
    page = clerk.get(f"/desk/plads/huse/{HOUSE}/0-2")
    for _ in range(3):
        clerk.submit(page, starts_on="2026-07-01")
    with site.look() as now:
        assert now.session.query(Vacancy).count() == 1
    for once in ("", "again"):
        clerk.post(page.path, token(page) | {"starts_on": "2026-07-01", "once": once}, status=400)


def test_an_offer_out_of_order_asks_for_a_reason_and_keeps_it(site: Site, clerk: Client) -> None:
    (_, second), vacancy = two_in_line(site)
    page = clerk.get(f"/desk/plads/ledig/{vacancy}")
    (wish,) = page.all("//details//input[@name='wish']/@value")
    fields = token(page) | {"wish": wish}
    for reason in ("", "   "):
        refused = clerk.post(page.path, fields | {"reason": reason}, status=422)
        assert refused.all("//*[contains(@class, 'error-summary')]//a/@href")
        assert refused.all("//details[@open]//input[@name='wish']/@value") == [wish]
    long = clerk.post(page.path, fields | {"reason": "x" * 1001}, status=422)
    assert [area for area in long.texts("//textarea") if area] == ["x" * 1001]
    assert clerk.post(page.path, fields | {"reason": REASON}).location == f"/desk/plads/huse/{HOUSE}/0-2"
    case = clerk.get(f"/desk/plads/sag/{second}")
    assert case.texts("//blockquote") == [REASON]


def test_an_offer_that_somebody_else_made_first_is_said_and_the_reason_stays(site: Site, clerk: Client) -> None:
    _, vacancy = two_in_line(site)
    page = clerk.get(f"/desk/plads/ledig/{vacancy}")
    (wish,) = page.all("//details//input[@name='wish']/@value")
    with site.work() as now:
        first = line_of(now.session, HOUSE, AgeGroup.NURSERY)[0]
        offers.make_offer(builders.as_clerk(now), vacancy, first.wish_id)
    refused = clerk.post(page.path, token(page) | {"wish": wish, "reason": REASON}, status=422)
    assert refused.all("//*[@role='alert']")
    assert REASON in refused.sheet.text
    with site.look() as now:
        assert now.session.query(Offer).count() == 1


def test_one_press_sent_twice_makes_one_offer(site: Site, clerk: Client) -> None:
    _, vacancy = two_in_line(site)
    page = clerk.get(f"/desk/plads/ledig/{vacancy}")
    first = page.all("//main//form[.//input[@name='wish'] and not(.//textarea)]//input[@name='wish']/@value")
    fields = token(page) | {"wish": first[0]}
    clerk.post(page.path, fields)
    clerk.post(page.path, fields, status=422)
    with site.look() as now:
        assert now.session.query(Offer).count() == 1


def test_a_family_that_withdrew_meanwhile_is_offered_nothing(site: Site, clerk: Client) -> None:
    (first, _), vacancy = two_in_line(site)
    page = clerk.get(f"/desk/plads/ledig/{vacancy}")
    wish = page.all("//main//form[.//input[@name='wish'] and not(.//textarea)]//input[@name='wish']/@value")[0]
    with site.work() as now:
        parent = row(now.session, Application, first).applicant_id
        withdrawing.withdraw(now, parent, first, cases.case_for(now, parent, first).revision)
    refused = clerk.post(page.path, token(page) | {"wish": wish}, status=422)
    assert refused.all("//*[@role='alert']")
    assert len(refused.all("//section[@id='others']//tbody/tr")) == 1


@pytest.mark.parametrize(("wish", "status"), [("", 422), ("first", 400), (None, 422), ("nobody", 422)])
def test_a_wish_that_is_none_is_refused(site: Site, clerk: Client, wish: str | None, status: int) -> None:
    _, vacancy = two_in_line(site)
    page = clerk.get(f"/desk/plads/ledig/{vacancy}")
    sent = {} if wish is None else {"wish": str(new_id()) if wish == "nobody" else wish}
    clerk.post(page.path, token(page) | sent | {"reason": REASON}, status=status)
    with site.look() as now:
        assert now.session.query(Offer).count() == 0


def test_a_vacancy_that_is_gone_is_not_removed_again(site: Site, clerk: Client) -> None:
    _, vacancy = two_in_line(site)
    page = clerk.get(f"/desk/plads/ledig/{vacancy}")
    assert clerk.submit(page, action=f"/desk/plads/ledig/{vacancy}/luk").location == f"/desk/plads/huse/{HOUSE}/0-2"
    clerk.submit(page, action=f"/desk/plads/ledig/{vacancy}/luk", status=422)
    assert clerk.get(page.path).all("//main//form") == []


def test_an_offer_taken_back_is_taken_back_once(site: Site, clerk: Client) -> None:
    application = two_in_line(site)[0][0]
    with site.work() as now:
        offer = builders.offer(now, application, facility=HOUSE)
    page = clerk.get(f"/desk/plads/sag/{application}")
    assert clerk.submit(page, action=f"/desk/plads/tilbud/{offer}/tilbage").location == page.path
    clerk.submit(page, action=f"/desk/plads/tilbud/{offer}/tilbage", status=422)
    with site.look() as now:
        assert row(now.session, Offer, offer).state == "taken_back"


def test_what_is_not_there_is_a_404(site: Site, clerk: Client) -> None:
    with site.work() as now:
        draft = builders.draft(now, builders.family(now))
    nobody = new_id()
    for path in (
        f"/desk/plads/sag/{nobody}",
        f"/desk/plads/sag/{draft}",
        "/desk/plads/sag/1",
        f"/desk/plads/ledig/{nobody}",
        "/desk/plads/huse/castle/0-2",
        f"/desk/plads/huse/{HOUSE}/teenagers",
    ):
        clerk.get(path, status=404)
    page = clerk.get(f"/desk/plads/huse/{HOUSE}/0-2")
    for path in (f"/desk/plads/sag/{draft}", f"/desk/plads/ledig/{nobody}", f"/desk/plads/ledig/{nobody}/luk"):
        clerk.post(path, token(page) | {"revision": "1"}, status=404)
    clerk.post(f"/desk/plads/tilbud/{nobody}/tilbage", token(page) | {"case": str(nobody)}, status=404)
