"""The school's pages: only what may be read now, asked for a purpose, told to the parents; and nothing after that."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from parentsite.consent.rules import Answer
from parentsite.foundation.work import Work
from parentsite.readiness.rules.vocabulary import Allowed, ReceiverKind
from parentsite.readiness.service import allowing, commenting
from parentsite.readiness.service.allowing import Switch
from parentsite.readiness.service.facts import Office
from parentsite.readiness.service.listing import PAGE_SIZE
from tests import builders
from tests.databases import Template
from tests.places.seen import entries, subjects
from tests.readiness.desks import LIST, at_desk, document_path, opening
from tests.readiness.scene import ASSESSMENT, DESCRIPTION, OTHER_SCHOOL, SCHOOL, WORDS, Scene, published, scene
from tests.readiness.test_service_receiving import READING, say
from tests.sites import Site

GONE = "Der er ikke noget her, du må læse"
OF_ASSESSMENT = Switch(ASSESSMENT, Allowed.READING, Office(ReceiverKind.SCHOOL, SCHOOL))


@pytest.fixture
def of(site: Site) -> Scene:
    """A description that the school may read."""
    with site.work() as now:
        found = scene(now)
        published(now, found)
        say(now, found, *found.holders)
    return found


def withdraw(site: Site, of: Scene) -> None:
    """The first custody holder takes the yes back."""
    anne = of.holders[0]
    with site.work() as now:
        assert allowing.withdraw(builders.as_parent(now, anne), anne, of.child, READING)


def test_from_the_list_by_way_of_a_purpose_to_the_document(site: Site, of: Scene) -> None:
    with site.work() as now:
        commenting.comment(now, of.holders[1], of.child, DESCRIPTION, "Hun sover <b>tungt</b>.", language="en")
    desk = at_desk(site)
    assert LIST in desk.get("/desk/").links()
    found = desk.get(LIST)
    assert "Asta" in found.text
    assert "4. maj 2020" in found.text
    assert document_path(of.child) in found.links()
    asked = desk.get(document_path(of.child))
    assert WORDS not in asked.text
    assert "Asta" not in asked.text
    assert asked.all("//main//button/@value") == ["first_days", "classes", "support"]
    opened = desk.submit(asked, press="formaal", value="classes")
    assert opened.h1 == "Beskrivelsen: Asta"
    assert opened.headers["Cache-Control"] == "no-store"
    for words in (f"{WORDS} 0", f"{WORDS} 5", "Regnbuen", "Hedegårdsskolen", "For at sætte klasser", "ikke give"):
        assert words in opened.text
    assert opened.texts("//main//blockquote[@lang='en']") == ["Hun sover <b>tungt</b>."]
    assert "Parent" not in opened.text


@pytest.mark.parametrize("reason", ["", "?formaal=", "?formaal=nysgerrig", "?formaal=%00", "?formaal=support%0A"])
def test_without_a_purpose_of_the_list_nothing_is_opened(site: Site, of: Scene, reason: str) -> None:
    asked = at_desk(site).get(document_path(of.child) + reason)
    assert WORDS not in asked.text
    with site.look() as now:
        assert entries(now.session, "readiness.description_opened") == []


def test_each_opening_and_each_list_is_told_to_the_parents_by_school_and_reason(site: Site, of: Scene) -> None:
    desk = at_desk(site)
    desk.get(LIST)
    for reason in ("classes", "support", "support"):
        desk.get(opening(of.child, reason=reason))
    with site.look() as now:
        (listed,) = entries(now.session, "readiness.listed_read")
        assert (listed.role, subjects(now.session, listed)) == ("school", {of.child})
        opened = entries(now.session, "readiness.description_opened")
        assert sorted(str(one.purpose) for one in opened) == ["classes", "support", "support"]
        assert {one.record_kind for one in opened} == {"document"}
    for holder in of.holders:
        told = site.parent(holder).get(f"/mit/da/hvem-har-set/{of.child}")
        for words in ("Skolen · Hedegårdsskolen", "Åbnede beskrivelsen af dit barn", "For at sætte klasser sammen"):
            assert words in told.text
        assert "Ulla" not in told.text


def test_who_works_at_two_places_is_told_of_by_the_one_that_was_allowed(site: Site, of: Scene) -> None:
    desk = at_desk(site, "school", OTHER_SCHOOL, SCHOOL)
    desk.get(opening(of.child))
    told = site.parent(of.holders[0]).get(f"/mit/da/hvem-har-set/{of.child}")
    assert "Skolen · Hedegårdsskolen" in told.text


def test_a_yes_taken_back_while_the_page_is_open_ends_the_next_request(site: Site, of: Scene) -> None:
    desk = at_desk(site)
    desk.get(opening(of.child))
    withdraw(site, of)
    for path in (opening(of.child), document_path(of.child)):
        gone = desk.get(path, status=404)
        assert gone.h1 == GONE
        assert "Asta" not in gone.text
        assert "2020" not in gone.text
    assert "Asta" not in desk.get(LIST).text
    nobodys = desk.get(opening(UUID(int=1)), status=404)
    assert nobodys.text == desk.get(opening(of.child), status=404).text
    with site.look() as now:
        assert len(entries(now.session, "readiness.description_opened")) == 1


def test_a_yes_that_runs_out_or_a_death_or_another_school_ends_it_too(site: Site, of: Scene) -> None:
    desk = at_desk(site)
    with site.work() as now:
        builders.attends(now, of.child, OTHER_SCHOOL, since=now.today + timedelta(days=1))
    desk.get(opening(of.child), status=404)
    at_desk(site, "school", OTHER_SCHOOL).get(opening(of.child), status=404)
    with site.work() as now:
        now.session.execute(text("DELETE FROM attendance WHERE facility = :school"), {"school": OTHER_SCHOOL})
    desk.get(opening(of.child))
    site.clock.move(days=365)
    at_desk(site).get(opening(of.child), status=404)


def test_each_document_has_its_own_yes(site: Site, of: Scene) -> None:
    with site.work() as now:
        published(now, of, ASSESSMENT, "Vurderingens ord.")
    desk = at_desk(site)
    desk.get(opening(of.child, "vurdering"), status=404)
    assert document_path(of.child, "vurdering") not in desk.get(LIST).links()
    with site.work() as now:
        say(now, of, *of.holders, switch=OF_ASSESSMENT)
    assert document_path(of.child, "vurdering") in desk.get(LIST).links()
    asked = desk.get(document_path(of.child, "vurdering"))
    assert asked.h1 == "Hvad skal du bruge vurderingen til?"
    assert "Vurderingens ord. 0" in desk.submit(asked, press="formaal", value="first_days").text
    desk.get(f"{LIST}/{of.child}/andet", status=404)


def test_a_long_list_is_read_a_page_at_a_time_and_each_page_says_whom_it_showed(site: Site) -> None:
    with site.work() as now:
        children = {_allowed(now, f"Barn {number:02}") for number in range(PAGE_SIZE + 2)}
    desk, seen = at_desk(site), []
    first = desk.get(LIST)
    assert "Side 1" in first.text
    for path in (LIST, f"{LIST}?page=2"):
        seen += desk.get(path).texts("//main//tbody/tr/th")
    assert seen == [f"Barn {number:02}" for number in range(PAGE_SIZE + 2)]
    with site.look() as now:
        told = [subjects(now.session, entry) for entry in entries(now.session, "readiness.listed_read")]
        assert sorted(map(len, told)) == [2, PAGE_SIZE, PAGE_SIZE]
        assert set[UUID]().union(*told) == children
    assert "Den side findes ikke" in desk.get(f"{LIST}?page=3").text


def _allowed(now: Work, name: str) -> UUID:
    of = scene(now, holders=1)
    now.session.execute(text("UPDATE child SET given_name = :name WHERE id = :id"), {"name": name, "id": of.child.hex})
    published(now, of)
    say(now, of, *of.holders)
    return of.child


@pytest.mark.parametrize("page", ["", "%00", "%ED%A0%80", "-1", "0", "1.5", "x" * 5000, "9" * 400, "%D9%A3"])
def test_whatever_page_is_asked_for_is_answered(site: Site, of: Scene, page: str) -> None:
    at_desk(site).get(f"{LIST}?page={page}")


def test_an_empty_list_says_so_and_is_no_read(site: Site) -> None:
    assert "Der er ikke noget at læse lige nu" in at_desk(site).get(LIST).text
    with site.look() as now:
        assert entries(now.session, "readiness.listed_read") == []


@pytest.mark.parametrize("role", ["pedagogue", "placement", "health_visitor", "counsellor"])
def test_other_roles_do_not_come_in_even_at_that_school(site: Site, of: Scene, role: str) -> None:
    other = at_desk(site, role)
    for path in (LIST, document_path(of.child), opening(of.child)):
        assert WORDS not in other.get(path, status=403).text


@pytest.mark.parametrize(("role", "at"), [("school", OTHER_SCHOOL), ("bfo", SCHOOL), ("bfo", OTHER_SCHOOL)])
def test_the_role_and_the_place_must_be_those_that_the_yes_names(site: Site, of: Scene, role: str, at: str) -> None:
    other = at_desk(site, role, at)
    assert "Asta" not in other.get(LIST).text
    for path in (document_path(of.child), opening(of.child)):
        assert other.get(path, status=404).h1 == GONE


def test_no_is_as_silent_as_no_answer(site: Site) -> None:
    with site.work() as now:
        of = scene(now)
        published(now, of)
        say(now, of, of.holders[0])
        say(now, of, of.holders[1], said=Answer.NO)
    assert at_desk(site).get(opening(of.child), status=404).h1 == GONE


REFUSES = {
    "sqlite": (
        "CREATE TRIGGER refuses BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$",
        "CREATE TRIGGER refuses BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuses()",
    ),
}
RENAMED = dict.fromkeys(REFUSES, ("ALTER TABLE audit_entry RENAME TO gone",))


@pytest.mark.parametrize("broken", [REFUSES, RENAMED], ids=["refuses", "gone"])
def test_when_it_cannot_be_written_down_nothing_is_shown(
    new_site: Callable[..., Site], new_url: Callable[..., str], backend: str, broken: Mapping[str, Sequence[str]]
) -> None:
    site = new_site(url=new_url(Template.TOWN))
    with site.work() as now:
        of = scene(now)
        published(now, of)
        say(now, of, *of.holders)
    desk = at_desk(site)
    assert WORDS in desk.get(opening(of.child)).text
    with site.database.engine.begin() as connection:
        for statement in broken[backend]:
            connection.execute(text(statement))
    for path in (opening(of.child), LIST):
        refused = desk.get(path, status=503)
        assert "Asta" not in refused.text
        assert refused.headers["Retry-After"] == "30"
    desk.get(document_path(of.child))
