"""Letters on pages: to whom and how soon stands first, nothing of another's is there, and the desk answers."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from tests.contact.scene import MARKER, Home, begun, home
from tests.foundation.test_files import PDF
from tests.sites import Site
from tests.strict import Client, Page

LETTERS, DESK = "/mit/en/beskeder", "/desk/beskeder"


@pytest.fixture
def of(site: Site) -> Home:
    with site.work() as now:
        return home(now)


@pytest.fixture
def letter(site: Site, of: Home) -> UUID:
    with site.work() as now:
        return begun(now, of.mother, of.child)


def sent(parent: Client, page: Page, **typed: Any) -> Page:
    """The form with these answers; leaves at the letter."""
    return parent.follow(parent.submit(page, **typed))


def test_a_parent_reads_who_answers_and_how_soon_and_writes(site: Site, of: Home) -> None:
    parent = site.parent(of.mother)
    choose = parent.get(f"{LETTERS}/ny")
    assert "You get an answer within 3 working days." in choose.text
    begin = parent.get(f"{LETTERS}/ny/pladsanvisning/{of.child}")
    assert "Only the staff of this team read your letter." in begin.text
    unsaid = parent.submit(begin, text=MARKER, status=422)
    assert unsaid.errors == ["Choose who may read the letter."]
    kept = {name: begin.all(f"//main//input[@name='{name}']/@value")[0] for name in ("csrf_token", "once")}
    form = {**kept, "text": MARKER, "shared": "no", "file": (BytesIO(PDF), "brev.pdf")}
    page = parent.follow(parent.post(begin.path, form))
    assert MARKER in page.text
    assert "You get an answer on" in page.text
    (href,) = [one for one in page.links() if "/fil/" in one]
    file = parent.get(href)
    assert file.headers["Content-Disposition"].startswith('attachment; filename="bilag-')
    site.parent(of.father).get(href, status=404)
    assert MARKER not in parent.get(LETTERS).text


def test_the_other_parent_finds_nothing_until_it_is_shared(site: Site, of: Home, letter: UUID) -> None:
    parent, other = site.parent(of.mother), site.parent(of.father)
    assert "You have no letters yet." in other.get(LETTERS).text
    other.get(f"{LETTERS}/{letter}", status=404)
    other.get(f"{LETTERS}/{letter}/del", status=404)
    share = parent.get(f"{LETTERS}/{letter}/del")
    assert "You cannot take it back." in share.text
    assert "Both parents see the letter now." in parent.follow(parent.submit(share)).text
    assert MARKER in other.get(f"{LETTERS}/{letter}").text


def test_the_desk_takes_answers_and_closes_and_the_parent_opens_it_again(site: Site, of: Home, letter: UUID) -> None:
    parent, desk = site.parent(of.mother), site.clerk("placement")
    queue = desk.get(DESK)
    assert "Mette Lund" in queue.text
    assert MARKER not in queue.text
    page = desk.get(f"{DESK}/{letter}")
    assert MARKER in page.text
    desk.follow(desk.submit(page, action=f"{DESK}/{letter}/tag"))
    page = desk.get(f"{DESK}/{letter}")
    begun_from = desk.submit(page, press="template", value="ring-til-os", status=200)
    assert "Ring til os, eller skriv her" in begun_from.text
    answered = desk.follow(desk.submit(begun_from, text="Ring i morgen.", action=f"{DESK}/{letter}"))
    assert "Ring i morgen." in answered.text
    read = parent.get(f"{LETTERS}/{letter}")
    assert "Ring i morgen." in read.text
    assert "Read by the team on" in read.text
    desk.follow(desk.submit(desk.get(f"{DESK}/{letter}"), action=f"{DESK}/{letter}/luk"))
    closed = parent.get(f"{LETTERS}/{letter}")
    assert "to open it again" in closed.text
    assert (
        "Tak. Men jeg har et spørgsmål mere." in sent(parent, closed, text="Tak. Men jeg har et spørgsmål mere.").text
    )


def test_another_team_finds_nothing(site: Site, letter: UUID) -> None:
    for role in ("family_team", "health_visitor", "pedagogue"):
        desk = site.clerk(role)
        assert "Mette" not in desk.get(DESK).text
        desk.get(f"{DESK}/{letter}", status=404)
        desk.get(f"{DESK}/{letter}/videre", status=404)
    site.clerk("dpo").get(DESK, status=403)


def test_the_parent_is_told_who_has_looked(site: Site, of: Home, letter: UUID) -> None:
    site.clerk("placement").get(f"{DESK}/{letter}")
    mine, theirs = (site.parent(one).get(f"/mit/en/hvem-har-set/{of.child}") for one in (of.mother, of.father))
    assert "Opened your letter." in mine.text
    assert "Opened your letter." not in theirs.text


def test_handing_over_is_said_to_the_parent(site: Site, of: Home, letter: UUID) -> None:
    desk = site.clerk("placement")
    page = desk.get(f"{DESK}/{letter}/videre")
    desk.follow(desk.submit(page, team="familieteam"))
    told = site.parent(of.mother).get(f"{LETTERS}/{letter}").text
    assert "handed the letter over to" in told
    desk.get(f"{DESK}/{letter}", status=404)


def test_an_answer_begins_in_the_parents_language_with_danish_beside_it(site: Site, of: Home) -> None:
    parent, desk = site.parent(of.father), site.clerk("placement")
    begin = parent.get("/mit/ar/beskeder/ny/pladsanvisning")
    page = parent.follow(parent.submit(begin, text="متى أحصل على مكان؟"))
    at_desk = f"{DESK}/{page.path.rpartition('/')[2]}"
    form = desk.submit(desk.get(at_desk), press="template", value="ring-til-os", status=200)
    arabic, danish = form.all("//textarea[@id='text']")[0], form.all("//textarea[@id='danish']")[0]
    assert (arabic.get("lang"), danish.get("lang")) == ("ar", "da")
    assert "اتصل بنا" in arabic.text
    assert "Ring til os" in danish.text
    desk.follow(desk.submit(form, action=at_desk))
    read = parent.get(page.path)
    assert [one.get("lang") for one in read.all("//blockquote")] == ["ar", "ar", "da"]


def test_news_stands_on_my_page_until_it_is_read(site: Site, of: Home, letter: UUID) -> None:
    desk, parent = site.clerk("placement"), site.parent(of.mother)
    desk.follow(desk.submit(desk.get(f"{DESK}/{letter}"), text="Svar.", action=f"{DESK}/{letter}"))
    assert "There is news in a letter" in parent.get("/mit/en/").text
    assert "There is news in a letter" not in site.parent(of.father).get("/mit/en/").text
    parent.get(f"{LETTERS}/{letter}")
    assert "There is news in a letter" not in parent.get("/mit/en/").text


def test_what_was_not_read_is_not_answered_over_and_nothing_typed_is_lost(site: Site, of: Home, letter: UUID) -> None:
    desk, parent = site.clerk("placement"), site.parent(of.mother)
    form = desk.get(f"{DESK}/{letter}")
    parent.follow(parent.submit(parent.get(f"{LETTERS}/{letter}"), text="Vent lidt."))
    refused = desk.submit(form, text="Et langt svar.", action=f"{DESK}/{letter}", status=422)
    assert refused.errors
    assert "Vent lidt." in refused.text
    assert "Et langt svar." in refused.all("//textarea[@id='text']")[0].text
    answered = desk.follow(desk.submit(refused, action=f"{DESK}/{letter}"))
    assert "Et langt svar." in answered.text
