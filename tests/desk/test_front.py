"""The desk's front door: the queue in the order in which it should be done, the search, and the figures."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from parentsite.desk.figures import charts
from parentsite.desk.queue import in_order
from parentsite.foundation.audit import AuditEntry
from parentsite.foundation.journey import Figure, Figures, QueueItem, Unit
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from parentsite.places.models import Application
from parentsite.places.service.figures import _nearest
from tests import builders
from tests.builders import Pair
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits.scene import visits_of

TODAY = date(2026, 2, 12)
FIND = "/desk/find"


def item(name: str, days: int | None) -> QueueItem:
    return QueueItem("placement", name, "x", {}, None if days is None else TODAY + timedelta(days=days))


def test_what_is_overdue_comes_first_and_what_has_no_day_last() -> None:
    days = {"late": -1, "today": 0, "later": 30, "whenever": None, "very late": -20, "in a week": 7}
    queue = in_order([item(name, count) for name, count in days.items()], TODAY)
    names = [[one.template for one in part] for part in (queue.overdue, queue.soon, queue.later, queue.undated)]
    assert names == [["very late", "late"], ["today", "in a week"], ["later"], ["whenever"]]
    assert in_order([], TODAY).is_empty


def test_an_overdue_request_is_said_to_be_so_without_a_name(site: Site) -> None:
    with site.work() as now:
        visits_of(now, builders.person(now))
    desk = site.clerk("health_visitor")
    assert "Over tiden" not in desk.get("/desk/").texts("//h2")
    site.clock.move(days=40)
    page = site.clerk("health_visitor").get("/desk/")
    assert page.texts("//h2")[0] == "Over tiden"
    assert "Den første skulle være klaret senest" in page.text
    assert "Asta" not in page.text


def test_who_works_in_two_teams_can_see_one_of_them(site: Site) -> None:
    with site.work() as now:
        builders.sent(now, builders.family(now))
        visits_of(now, builders.person(now))
    desk = site.clerk("placement", "health_visitor")
    both, one = desk.get("/desk/"), desk.get("/desk/?team=placement")
    assert len(both.all("//ul[@class='ways']/li")) > len(one.all("//ul[@class='ways']/li")) == 1
    assert desk.get("/desk/?team=dpo").texts("//h2") == both.texts("//h2"), "a team that is not one's own"


def test_nothing_waits(site: Site) -> None:
    assert "Der venter ikke noget på dig lige nu." in site.clerk("dpo").get("/desk/").text


def search(client: Client, words: str) -> Page:
    page = client.submit(client.get(FIND), action=FIND, q=words, status=200)
    assert page.path == FIND
    return page


@pytest.fixture
def family(site: Site) -> Pair:
    with site.work() as now:
        pair = builders.family(now)
        builders.sent(now, pair)
    return pair


def number_of(site: Site, pair: Pair) -> tuple[UUID, str]:
    with site.look() as now:
        row = now.session.execute(
            select(Application.id, Application.case_number).where(Application.child_id == pair.child)
        ).one()
    return row.id, row.case_number


def test_a_case_is_found_by_its_number_and_by_name(site: Site, family: Pair) -> None:
    case, number = number_of(site, family)
    clerk = site.clerk()
    for words in (number, number.lower(), f" {number} ", "Asta", "asta lund"):
        found = search(clerk, words)
        assert f"/desk/plads/sag/{case}" in found.links(), words
        assert number in found.text
    told = site.parent(family.parent).get(f"/mit/da/hvem-har-set/{family.child}").text
    assert "Har søgt efter en sag." in told


def test_a_miss_and_what_one_may_not_open_look_the_same(site: Site, family: Pair) -> None:
    _, number = number_of(site, family)
    with site.work() as now:
        second = builders.child(now, name="Bertram")
        builders.lives_with(now, family.parent, second)
        builders.draft(now, Pair(family.parent, second), wishes=["globen"])
    clerk, visitor, pedagogue = site.clerk(), site.clerk("health_visitor"), at_house(site, "globen")
    assert search(visitor, number).text == search(visitor, "PL-2026-XXXXX").text, "a case of another office"
    assert search(pedagogue, "Asta").text == search(pedagogue, "Nobody").text, "a child of another house"
    assert search(clerk, "Bertram").text == search(clerk, "Nobody").text, "an application that is not sent"
    with site.look() as now:
        shown = now.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("%.found_read")))
        kinds = ("application.found_read", "readiness.found_read", "visit.found_read")
        assert Counter(shown) == dict.fromkeys(kinds, 2)


def at_house(site: Site, house: str) -> Client:
    client = site.client()
    with site.work() as now:
        actor = Actor(ActorKind.STAFF, builders.clerk(now), frozenset({"pedagogue"}), frozenset({house}))
        client.set_cookie(Zone.DESK, sessions.begin(now, Zone.DESK, actor))
    return client


def test_what_was_typed_is_kept_nowhere(site: Site, family: Pair) -> None:
    search(site.clerk(), "Asta Lund")
    with site.look() as now:
        entries = now.session.scalars(select(AuditEntry).where(AuditEntry.action == "application.found_read")).all()
    assert len(entries) == 1
    assert not any("Asta" in str(value) for value in vars(entries[0]).values())


def test_each_role_sees_its_own_figures(site: Site, family: Pair) -> None:
    office = site.clerk().get("/desk/tal")
    assert "Færre end 5" in office.text
    assert "For få til at vise" in office.text
    assert office.all("//svg | //*[local-name()='svg'][@class='chart']")
    assert "Familier, som ingen har ringet til" in site.clerk("health_visitor").get("/desk/tal").text
    assert "Familier" not in office.text


def test_a_few_cases_are_not_told_exactly() -> None:
    (chart,) = charts(Figures("placement", "x", [Figure("a", 0), Figure("b", 1), Figure("c", 4), Figure("d", 50)]), str)
    assert [(bar.number, bar.is_few, bar.length) for bar in chart.bars] == [
        (0, False, 0),
        (5, True, 10),
        (5, True, 10),
        (50, False, 100),
    ]


def test_days_are_drawn_apart_from_cases() -> None:
    rows = [Figure("a", 8), Figure("b", 3, Unit.DAYS), Figure("c", None, Unit.DAYS)]
    cases, days = charts(Figures("placement", "x", rows), str)
    assert [bar.words for bar in cases.bars] == ["a"]
    assert [(bar.number, bar.is_few) for bar in days.bars] == [(3, False), (None, False)]


@pytest.mark.parametrize(
    ("days", "half", "most"), [([1, 2, 3, 4], None, None), ([1, 2, 3, 4, 100], 3, 100), (list(range(1, 101)), 50, 90)]
)
def test_percentiles_are_of_days_that_somebody_has_waited(days: list[int], half: int | None, most: int | None) -> None:
    assert (_nearest(days, 50), _nearest(days, 90)) == (half, most)
