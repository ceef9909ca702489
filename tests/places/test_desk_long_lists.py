"""Long lists at the desk come a page at a time: nobody is left out, nobody stands there twice, the numbers run on."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from parentsite.places.rules.vocabulary import AgeGroup, ApplicationState
from parentsite.places.service import lists
from parentsite.places.service.line import line_of
from tests import builders
from tests.sites import Site
from tests.strict import Client, Page

HOUSE = "globen"
LINE = f"/desk/plads/huse/{HOUSE}/0-2"
CHILDREN = 54
TYPED = ("csrf_token", "wish")


@pytest.fixture
def line(site: Site) -> list[UUID]:
    """More in one line than a page shows; the applications, the first in line first."""
    with site.work() as now:
        for number in range(CHILDREN):
            born = now.today - timedelta(days=200 + number)
            builders.sent(now, builders.family(now, born=born), wishes=[HOUSE])
        return [one.application_id for one in line_of(now.session, HOUSE, AgeGroup.NURSERY)]


def pages(client: Client, path: str) -> Iterator[Page]:
    """The page, and all that its links to the next lead to."""
    page = client.get(path)
    yield page
    following = page.all("//nav[@class='actions']/a[last()][contains(@href, 'page=')]/@href")
    for link in following:
        if _number(link) > _number(path):
            yield from pages(client, link)


def _number(path: str) -> int:
    return int((path.partition("page=")[2] or "1").partition("&")[0])


def _shown(page: Page) -> list[UUID]:
    return [UUID(link.rpartition("/")[2]) for link in page.all("//tbody/tr//a[contains(@href, '/sag/')]/@href")]


def test_the_waiting_list_runs_on_from_page_to_page(site: Site, line: list[UUID]) -> None:
    first, second = pages(site.clerk(), LINE)
    assert _shown(first) + _shown(second) == line
    numbers = [row.xpath("string(./td[1])").strip() for page in (first, second) for row in page.all("//tbody/tr")]
    assert numbers == [str(number) for number in range(1, CHILDREN + 1)]
    assert str(CHILDREN) in first.texts("//caption")[0]
    reasons = [" ".join(each.texts("//tbody/tr[1]/td[6]")) for each in (first, second)]
    assert ["Først på ventelisten" in reason for reason in reasons] == [True, False]


def test_all_in_line_can_be_offered_a_place_and_the_first_is_known_on_every_page(site: Site, line: list[UUID]) -> None:
    with site.work() as now:
        vacancy = builders.vacancy(now, HOUSE)
    clerk = site.clerk()
    found = list(pages(clerk, f"/desk/plads/ledig/{vacancy}"))
    assert [one for page in found for one in _shown(page)] == line
    last, here = found[-1], f"/desk/plads/ledig/{vacancy}?page={len(found)}"
    sent = {name: last.all(f"//section[@id='others']//input[@name='{name}']/@value")[-1] for name in TYPED}
    refused = clerk.post(here, {**sent, "reason": ""}, status=422)
    assert _shown(refused) == _shown(last)
    assert here in last.all("//section[@id='others']//form/@action")


def test_those_without_a_guarantee_stand_behind_those_with_one(site: Site, line: list[UUID]) -> None:
    with site.look() as now:
        for number in (1, 2):
            sheet = lists.applications(now, ApplicationState.SENT, number)
            assert sheet.has_more is (number == 1)
    first, second = pages(site.clerk(), "/desk/plads")
    assert sorted(_shown(first) + _shown(second)) == sorted(line)
    assert site.clerk().get("/desk/plads?page=3").all("//tbody/tr") == []
