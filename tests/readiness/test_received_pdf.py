"""The PDF at the receiver's desk: one more opening, asked for a purpose, told to the parents, and gone with the yes."""

import pytest

from parentsite.readiness.service import commenting
from tests.heard import Heard, Paper
from tests.places.seen import entries
from tests.readiness.desks import at_desk, document_path, opening
from tests.readiness.scene import DESCRIPTION, WORDS, Scene, published, scene
from tests.readiness.test_received import withdraw
from tests.readiness.test_service_receiving import say
from tests.sites import Site

ARABIC = "هي تحب الأرقام (tal)."


@pytest.fixture
def of(site: Site) -> Scene:
    """A description that the school may read, with a parent's words in Arabic."""
    with site.work() as now:
        found = scene(now)
        published(now, found)
        say(now, found, *found.holders)
        commenting.comment(now, found.holders[0], found.child, DESCRIPTION, ARABIC, language="ar")
    return found


def pdf_of(of: Scene, reason: str = "support") -> str:
    return f"{document_path(of.child)}.pdf?formaal={reason}"


def test_it_holds_what_the_page_holds_and_each_time_is_an_opening_of_its_own(site: Site, of: Scene) -> None:
    desk = at_desk(site)
    page = desk.get(opening(of.child))
    assert pdf_of(of) in page.links()
    answer = desk.get(pdf_of(of, "classes"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="beskrivelse-1.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    found = Paper(answer.response.data)
    heard = found.heard()
    for words in (
        "Asta",
        "4. maj 2020",
        "Regnbuen",
        "Hedegårdsskolen",
        "For at sætte klasser",
        f"{WORDS} 0",
        f"{WORDS} 5",
    ):
        assert words in found.text().replace("\N{NO-BREAK SPACE}", " ")
    assert heard[-1] == Heard("P", "ar", ARABIC)
    assert "Parent" not in found.text()
    with site.look() as now:
        assert len(entries(now.session, "readiness.description_opened")) == 2


def test_without_a_purpose_it_is_asked_for_first(site: Site, of: Scene) -> None:
    for reason in ("", "nysgerrig"):
        led = at_desk(site).get(pdf_of(of, reason), status=303)
        assert led.location == document_path(of.child)
    with site.look() as now:
        assert entries(now.session, "readiness.description_opened") == []


def test_it_ends_with_the_yes(site: Site, of: Scene) -> None:
    desk = at_desk(site)
    desk.get(pdf_of(of))
    withdraw(site, of)
    desk.get(pdf_of(of), status=404)
    with site.look() as now:
        assert len(entries(now.session, "readiness.description_opened")) == 1
