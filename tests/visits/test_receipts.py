"""The receipts of passing on: every own answer, to keep; nobody else's, and for nobody who holds no custody."""

import pytest

from parentsite.people.models import RelationKind
from parentsite.visits.service.passing_on import receipts_of_child
from tests import builders
from tests.sites import Site
from tests.visits.talks import OTHER_HOUSE, Home, answer, attends, new_home, path, told

PAGE, FILE = "/kvitteringer", "/kvitteringer.csv"


@pytest.fixture
def home(site: Site) -> Home:
    made = new_home(site)
    attends(site, made)
    return made


def test_they_say_what_was_answered_and_how_it_stands_and_nothing_of_others(site: Site, home: Home) -> None:
    mette = site.parent(home.mette)
    assert path(home, PAGE) in mette.get(path(home)).links()
    assert "You have not answered anything yet." in told(mette.get(path(home, PAGE)))
    answer(mette, home, "no")
    answer(mette, home, "yes")
    answer(site.parent(home.jonas), home, "no")
    page = mette.get(path(home, PAGE))
    rows = page.texts("//table[@id='receipts']/tbody/tr")
    assert "Counts now" in rows[0]
    assert "You have answered anew since" in rows[1]
    assert len(rows) == 2
    assert all("Globen Version 1 · English" in row for row in rows)
    file = mette.get(path(home, FILE)).response
    lines = file.get_data(as_text=True).splitlines()
    assert len(lines) == 3
    assert all("Globen" in line and "visits." not in line for line in lines[1:])
    with site.look() as now:
        links = [one.receipt.link for one in receipts_of_child(now, home.mette, home.child)[1]]
    assert [line.rsplit(";", 1)[1].strip('"') for line in lines[1:]] == links


def test_they_end_by_themselves_and_stay_to_be_kept(site: Site, home: Home) -> None:
    answer(site.parent(home.mette), home, "yes")
    site.clock.move(days=366)
    page = site.parent(home.mette).get(path(home, PAGE))
    assert "Has ended by itself" in page.texts("//table[@id='receipts']/tbody/tr")[0]


def test_who_holds_no_custody_has_none(site: Site, home: Home) -> None:
    with site.work() as now:
        step, blocked = builders.person(now), builders.person(now)
        builders.relate(now, step, home.child, RelationKind.RESIDENCE)
        builders.relate(now, blocked, home.child, RelationKind.CUSTODY)
        builders.block(now, blocked, home.child)
    for person in (step, blocked):
        for end in (PAGE, FILE):
            site.parent(person).get(path(home, end), status=404)


def test_of_another_house_than_that_in_question_they_stay(site: Site, home: Home) -> None:
    answer(site.parent(home.mette), home, "yes")
    attends(site, home, OTHER_HOUSE)
    assert "Globen" in told(site.parent(home.mette).get(path(home, PAGE)))
