"""Letters on pages, further: who may write to whose house, long lists, late answers, answers that are only in Danish,
and a colleague's letter that is taken over.
"""

from uuid import UUID

import pytest
from sqlalchemy import update

from parentsite.contact.models import Letter
from parentsite.contact.service import answering
from parentsite.contact.service.desk_lists import PAGE_SIZE as DESK_PAGE
from parentsite.contact.service.own import PAGE_SIZE
from parentsite.foundation.clock import FixedClock
from parentsite.people.models import Child
from tests import builders
from tests.contact.scene import HOUSE, NURSES, Home, as_staff, begun, home
from tests.sites import Site

LETTERS, DESK = "/mit/en/beskeder", "/desk/beskeder"


@pytest.fixture
def of(site: Site) -> Home:
    with site.work() as now:
        return home(now)


@pytest.fixture
def letter(site: Site, of: Home) -> UUID:
    with site.work() as now:
        return begun(now, of.mother, of.child)


def test_only_who_may_know_where_the_child_goes_can_write_to_its_house(site: Site, of: Home) -> None:
    with site.work() as now:
        house = builders.houses(now)[0]
        builders.attends(now, of.child, house)
    name, path = "Dit barns børnehus", f"{LETTERS}/ny/{HOUSE}/{of.child}"
    mother, father, stranger = (site.parent(one) for one in (of.mother, of.father, of.stranger))
    for parent in (mother, father):
        parent.get(path)
    stranger.get(path, status=404)
    mother.get(f"{LETTERS}/ny/{HOUSE}", status=404)
    with site.work() as now:
        now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))
    mother.get(path)
    father.get(path, status=404)
    assert name not in father.get("/mit/da/beskeder/ny").text


def test_which_house_or_district_reads_it_is_named_before_a_word_is_written(site: Site, of: Home) -> None:
    with site.work() as now:
        builders.attends(now, of.child, "birkegaarden")
    parent = site.parent(of.mother)
    assert "Birkegården" in parent.get(f"{LETTERS}/ny/{HOUSE}/{of.child}").text
    assert "Baltorp" in parent.get(f"{LETTERS}/ny/{NURSES}/{of.child}").text


def test_a_parent_whose_child_is_kept_from_her_does_not_read_in_the_letter_where_it_is(site: Site, of: Home) -> None:
    with site.work() as now:
        builders.attends(now, of.child, "birkegaarden")
        letter = begun(now, of.father, of.child, team=HOUSE)
    father = site.parent(of.father)
    assert "Birkegården" in father.get(f"{LETTERS}/{letter}").text
    with site.work() as now:
        now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))
    assert "Birkegården" not in father.get(f"{LETTERS}/{letter}").text


def test_the_other_parent_is_not_told_in_which_district_the_writer_lives(site: Site, of: Home) -> None:
    with site.work() as now:
        shared = begun(now, of.mother, of.child, team=NURSES, shared=True)
    assert "Baltorp" in site.parent(of.mother).get(f"{LETTERS}/{shared}").text
    assert "Baltorp" not in site.parent(of.father).get(f"{LETTERS}/{shared}").text


def test_long_lists_come_by_the_page(site: Site, of: Home) -> None:
    with site.work() as now:
        for _ in range(PAGE_SIZE + 1):
            closed = begun(now, of.mother)
            answering.close(as_staff(now, "placement"), closed, read=1)
        for _ in range(DESK_PAGE + 1 - 20):
            begun(now, of.mother, of.child)
        for _ in range(20):
            begun(now, of.father, of.child)
    parent, desk = site.parent(of.mother), site.clerk("placement")
    assert [len(parent.get(f"{LETTERS}?page={page}").all("//article")) for page in (1, 2)] == [PAGE_SIZE, 12]
    assert "There is no such page." in parent.get(f"{LETTERS}?page=3").text
    assert [len(desk.get(f"{DESK}?page={page}").all("//tbody/tr")) for page in (1, 2)] == [DESK_PAGE, 1]
    assert len(desk.get(f"{DESK}?state=closed").all("//tbody/tr")) == PAGE_SIZE + 1


def test_a_colleagues_letter_is_taken_over_from_who_was_seen_to_have_it(site: Site, letter: UUID) -> None:
    desk, colleague, third = (site.clerk("placement") for _ in range(3))
    path = f"{DESK}/{letter}"
    colleague.follow(colleague.submit(colleague.get(path), action=f"{path}/tag"))
    seen, seen_too = desk.get(path), third.get(path)
    assert "Karin Vester har taget beskeden." in seen.text
    desk.follow(desk.submit(seen, action=f"{path}/tag"))
    assert "Giv beskeden tilbage" in desk.get(path).text
    late = third.follow(third.submit(seen_too, action=f"{path}/tag"))
    assert "En kollega har taget beskeden." in late.text
    assert "Giv beskeden tilbage" not in late.text
    with site.look() as now:
        assert now.session.get_one(Letter, letter).state == "claimed"


def test_an_answer_that_nobody_could_translate_says_so(site: Site, of: Home) -> None:
    parent, desk = site.parent(of.mother), site.clerk("placement")
    page = parent.follow(parent.submit(parent.get("/mit/ar/beskeder/ny/pladsanvisning"), text="متى؟"))
    at_desk = f"{DESK}/{page.path.rpartition('/')[2]}"
    refused = desk.submit(desk.get(at_desk), text="قريبًا", action=at_desk, status=422)
    assert refused.errors == ["Skriv svaret på dansk."]
    desk.follow(desk.submit(refused, text="", danish="Snart.", action=at_desk))
    read = parent.get(page.path.replace("/ar/", "/en/"))
    assert "This answer is only in Danish." in read.text
    assert [one.get("lang") for one in read.all("//blockquote")] == ["ar", "da"]


def test_a_late_answer_is_said_to_both(site: Site, of: Home, letter: UUID, clock: FixedClock) -> None:
    assert "You get an answer on" in site.parent(of.mother).get(f"{LETTERS}/{letter}").text
    clock.move(days=7)
    late = site.parent(of.mother).get(f"{LETTERS}/{letter}").text
    assert "We are sorry that it is late." in late
    assert "44 77 28 40" in late
    desk = site.clerk("placement")
    assert "For sent" in desk.get(DESK).text
    assert "Forælderen har ventet 5 hverdage." in desk.get(f"{DESK}/{letter}").text


def test_the_office_offers_only_teams_that_the_parent_can_write_to(site: Site, of: Home, letter: UUID) -> None:
    desk = site.clerk("placement")
    teams = desk.get(f"{DESK}/{letter}/videre").all("//select[@name='team']/option/@value")
    assert set(teams) == {"", "sundhedspleje", "socialraadgiver", "familieteam", "handicapteam"}
    desk.submit(desk.get(f"{DESK}/{letter}/videre"), team="", status=422)
