"""The page on which a parent reads who has looked, and the file of it."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest

from parentsite.foundation.reading import record_read
from parentsite.foundation.web.spreadsheet import FORMULA_SIGNS, _harmless
from parentsite.foundation.work import Work
from parentsite.groups.service.joining import join
from parentsite.people.looked import PAGE_SIZE
from parentsite.people.models import RelationKind
from parentsite.places.service import reading as places
from tests import builders
from tests.bench.inprocess import statements
from tests.databases import Template
from tests.groups import desks as groups_desks
from tests.groups.scene import group
from tests.people.reads import by_staff, read
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits import desks as visits_desks
from tests.visits.scene import BORN, DISTRICT, visitor

LOOKED = "/mit/{lang}/hvem-har-set"


def rows(page: Page) -> list[list[str]]:
    """The table as it is read: when, who, what, why."""
    found = page.all("//table[@id='looks']/tbody/tr")
    return [[" ".join(cell.xpath("string()").split()) for cell in row.xpath("./th | ./td")] for row in found]


def of_child(client: Client, child: UUID, lang: str = "da") -> list[list[str]]:
    return rows(client.get(f"{LOOKED.format(lang=lang)}/{child}"))


def read_often(now: Work, child: UUID, times: int = 1, at: str | None = None) -> None:
    """Opened by the placement office, a minute between each time."""
    for minute in range(times):
        read(replace(now, now=now.now + timedelta(minutes=minute)), places.APPLICATION, (child, child), at=at)


def test_what_the_office_opens_stands_on_the_page_at_once_in_words(site: Site) -> None:
    with site.work() as now:
        pair = builders.family(now)
        application = builders.sent(now, pair)
    parent, clerk = site.parent(pair.parent), site.clerk()
    assert of_child(parent, pair.child) == []
    clerk.get(f"/desk/plads/sag/{application}")
    assert of_child(parent, pair.child) == [
        [
            "12. februar 2026 10.00",
            "Pladsanvisningen",
            "Har åbnet ansøgningen om en plads.",
            "For at finde en plads til dit barn",
        ]
    ]
    (told,) = of_child(parent, pair.child, "ar")
    assert "Pladsanvisningen" in told[1]
    assert told[2] == "فتح طلب الحصول على مكان."
    assert "Karin" not in parent.get(f"{LOOKED.format(lang='da')}/{pair.child}").text


def test_parents_of_two_homes_never_learn_of_one_anothers_visits_and_groups(site: Site) -> None:
    with site.work() as now:
        hanne = visitor(now)
        child = builders.child(now, born=BORN, district=DISTRICT)
        mother, father = (builders.person(now, district=DISTRICT) for _ in range(2))
        for adult in (mother, father):
            builders.relate(now, adult, child, RelationKind.CUSTODY)
            builders.relate(now, adult, child, RelationKind.RESIDENCE, shared=True)
        hers = visits_desks.booked(now, builders.Pair(mother, child))
        mothers = group(now)
        join(now, mother, child, mothers)
    health, groups = visits_desks.at_desk(site, hanne), groups_desks.at_desk(site)
    health.get(f"/desk/besog/aftale/{hers}")
    health.get(f"/desk/besog/familie/{child}")
    groups.get(f"/desk/grupper/{mothers}")
    what = {person: {row[2] for row in of_child(site.parent(person), child)} for person in (mother, father)}
    plan = "Har åbnet dit barns side med planen for hjemmebesøg."
    assert what[mother] == {
        plan,
        "Har åbnet et hjemmebesøg hos dit barn.",
        "Har åbnet din gruppe med alle, der er med.",
    }
    assert what[father] == {plan}


def test_who_may_not_know_of_the_child_finds_no_page(site: Site) -> None:
    with site.work() as now:
        pair = builders.family(now)
        blocked, former, stranger = (builders.person(now) for _ in range(3))
        builders.lives_with(now, blocked, pair.child)
        builders.block(now, blocked, pair.child)
        builders.relate(now, former, pair.child, RelationKind.CUSTODY, RelationKind.RESIDENCE, until=now.today)
        read_often(now, pair.child)
    for person in (blocked, former, stranger):
        client = site.parent(person)
        assert str(pair.child) not in client.get(LOOKED.format(lang="da")).response.text
        for end in ("", "/hvem-har-set.csv"):
            client.get(f"{LOOKED.format(lang='da')}/{pair.child}{end}", status=404)


def test_a_long_list_is_read_a_page_at_a_time(site: Site) -> None:
    with site.work() as now:
        pair = builders.family(now)
        read_often(now, pair.child, PAGE_SIZE + 1)
    parent = site.parent(pair.parent)
    first = parent.get(f"{LOOKED.format(lang='da')}/{pair.child}")
    (onward,) = [link for link in first.links() if "page=2" in link]
    assert (len(rows(first)), len(rows(parent.get(onward)))) == (PAGE_SIZE, 1)
    for odd in ("0", "x", "9", "9" * 400):
        assert parent.get(f"{LOOKED.format(lang='da')}/{pair.child}?page={odd}").status == 200


def test_what_one_person_opens_again_the_same_day_is_one_row_that_says_how_often(site: Site) -> None:
    """Another person, another day or another place is another row; the file keeps each time."""
    with site.work() as now:
        pair = builders.family(now)
        anna, karl = by_staff(now), by_staff(now)
        for actor, hours in ((anna, 0), (karl, 1), (anna, 2), (anna, 3), (anna, 30)):
            acting = replace(actor, now=now.now + timedelta(hours=hours))
            purpose = next(iter(places.APPLICATION.purposes))
            record_read(acting, places.APPLICATION, purpose, [(pair.child, pair.child)], about=("child", pair.child))
    parent = site.parent(pair.parent)
    told = [row[0] for row in of_child(parent, pair.child, "en")]
    assert told == [
        "13 February 2026, 16:00",
        "12 February 2026, 13:00 3 times that day",
        "12 February 2026, 11:00",
    ]
    file = parent.get(f"{LOOKED.format(lang='en')}/{pair.child}/hvem-har-set.csv").response
    assert len(file.get_data(as_text=True).splitlines()) == 1 + 5


def test_my_page_and_the_privacy_page_lead_there(site: Site) -> None:
    with site.work() as now:
        pair = builders.family(now)
    parent = site.parent(pair.parent)
    links = parent.get("/mit/da/").links()
    assert f"{LOOKED.format(lang='da')}/{pair.child}" in links
    assert LOOKED.format(lang="da") in links
    assert LOOKED.format(lang="ar") in site.client().get("/ar/privatliv").links()


@pytest.mark.parametrize("lang", ["da", "ar"])
def test_the_file_holds_the_whole_list_and_is_kept_by_nobody_on_the_way(site: Site, lang: str) -> None:
    with site.work() as now:
        pair = builders.family(now)
        read_often(now, pair.child, PAGE_SIZE + 1, "globen")
    client = site.parent(pair.parent)
    answer = client.get(f"{LOOKED.format(lang=lang)}/{pair.child}/hvem-har-set.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hvem-har-set.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.response.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(answer.response.data.decode("utf-8-sig")), delimiter=";"))
    assert [len(line) for line in lines] == [5] * (PAGE_SIZE + 2)
    assert [line[0] for line in lines[1:3]] == ["2026-02-12 10:25", "2026-02-12 10:24"]
    assert {line[2] for line in lines[1:]} == {"Globen"}
    page = client.get(f"{LOOKED.format(lang=lang)}/{pair.child}")
    assert [lines[1][at] for at in (3, 4)] == rows(page)[0][2:]


def test_no_cell_is_a_formula_to_a_spreadsheet() -> None:
    for sign in FORMULA_SIGNS:
        assert _harmless(f'{sign}HYPERLINK("https://example.org")').startswith("'")
    assert _harmless("Pladsanvisningen") == "Pladsanvisningen"


def test_it_asks_the_database_as_often_for_many_reads_as_for_one(
    new_site: Callable[..., Site], new_url: Callable[..., str]
) -> None:
    site = new_site(url=new_url(Template.TOWN))
    counted = []
    with site.work() as now:
        few, many = builders.family(now), builders.family(now)
        read_often(now, few.child)
        read_often(now, many.child, 3 * PAGE_SIZE)
    for pair in (few, many):
        client = site.parent(pair.parent)
        client.get(f"{LOOKED.format(lang='da')}/{pair.child}")
        with statements() as sent:
            client.get(f"{LOOKED.format(lang='da')}/{pair.child}")
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 8
