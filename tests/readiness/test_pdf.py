"""The PDF of a version: the same gate as its page, the same words, and heard in the languages they are written in."""

from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import update

from parentsite.people.models import Child
from parentsite.readiness.service import commenting
from tests import builders
from tests.heard import Heard, Paper
from tests.readiness.pages import Reader, reader
from tests.readiness.scene import ASSESSMENT, DESCRIPTION, WORDS, published
from tests.sites import Site
from tests.strict import Page

OWN = "Hun er glad for tal.\n\nOg for <b>bogstaver</b> & ord."


@pytest.fixture
def reading(site: Site) -> Reader:
    """Anne has written own words beside the description."""
    found = reader(site)
    with site.work() as now:
        commenting.comment(now, found.of.holders[0], found.of.child, DESCRIPTION, OWN, language="da")
    return found


def path(of: Reader, number: int = 1, lang: str = "da", kind: str = "beskrivelse") -> str:
    return f"/mit/{lang}/skolestart/{of.of.child}/{kind}/{number}.pdf"


def paper_of(page: Page) -> Paper:
    return Paper(page.response.data)


def test_it_is_a_file_that_nobody_keeps_and_whose_name_tells_of_nobody(reading: Reader) -> None:
    page = reading.anne.get(path(reading))
    assert page.headers["Content-Type"] == "application/pdf"
    assert page.headers["Content-Disposition"] == 'attachment; filename="beskrivelse-1.pdf"'
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Encoding" not in page.headers
    found = paper_of(page)
    assert found.root.MarkInfo.Marked
    assert "<pdfuaid:part>1</pdfuaid:part>" in found.metadata


def test_every_area_is_there_in_order_and_the_own_words_at_the_end(reading: Reader) -> None:
    heard = paper_of(reading.anne.get(path(reading))).heard()
    headings = [one.text for one in heard if one.tag in ("H1", "H2")]
    page = reading.anne.get(f"/mit/da/skolestart/{reading.of.child}/beskrivelse/1")
    assert headings[0] == page.h1
    assert headings[1:-1] == [page.texts("//h2[@id='ready']")[0], *page.texts("//section[h2[@tabindex='-1']]/h2")]
    written = [one.text for one in heard if one.text.startswith(WORDS)]
    assert written == [f"{WORDS} {number}" for number in range(len(written))]
    assert len(written) == len(headings) - 3
    assert [one.text for one in heard[-3:]] == [headings[-1], "Hun er glad for tal.", "Og for <b>bogstaver</b> & ord."]


def test_in_arabic_the_frame_is_arabic_and_what_the_daycare_wrote_is_danish(reading: Reader) -> None:
    found = paper_of(reading.anne.get(path(reading, lang="ar")))
    assert str(found.root.Lang) == "ar"
    assert str(found.root.ViewerPreferences.Direction) == "/R2L"
    heard = found.heard()
    assert heard[0] == Heard("H1", "ar", reading.anne.get(f"/mit/ar/skolestart/{reading.of.child}/beskrivelse/1").h1)
    assert {one.lang for one in heard if one.text.startswith(WORDS)} == {"da"}
    assert {one.lang for one in heard if one.tag == "H2"} == {"ar"}
    assert Heard("P", "da", "Hun er glad for tal.") in heard


@pytest.mark.parametrize("lang", ["da", "en", "ar"])
def test_no_sign_is_missing_in_any_language_of_the_site(reading: Reader, lang: str) -> None:
    found = paper_of(reading.anne.get(path(reading, lang=lang)))
    assert "\N{REPLACEMENT CHARACTER}" not in found.text()
    assert (
        "{page}"
        not in PdfReader(BytesIO(reading.anne.get(path(reading, lang=lang)).response.data)).pages[0].extract_text()
    )


def test_a_later_version_changes_nothing_in_the_earlier_but_is_named_there(reading: Reader) -> None:
    reading.publish("Asta klatrer højt.")
    first, second = (paper_of(reading.anne.get(path(reading, number))) for number in (1, 2))
    assert WORDS in first.text()
    assert "Asta klatrer højt." not in first.text()
    assert "Asta klatrer højt." in second.text()
    assert "nyere version" in first.text()
    assert "nyere version" not in second.text()


def test_the_assessment_is_another_document_with_a_name_of_its_own(site: Site, reading: Reader) -> None:
    reading.anne.get(path(reading, kind="vurdering"), status=404)
    with site.work() as now:
        published(now, reading.of, ASSESSMENT, "Vurderingsord")
    page = reading.anne.get(path(reading, kind="vurdering"))
    assert page.headers["Content-Disposition"] == 'attachment; filename="vurdering-1.pdf"'
    assert "Vurderingsord" in paper_of(page).text()
    assert OWN.partition("\n")[0] not in paper_of(page).text()


def test_the_other_parent_reads_the_same_without_ones_own_words(reading: Reader) -> None:
    heard = paper_of(reading.bo.get(path(reading))).text()
    assert WORDS in heard
    assert "glad for tal" not in heard


def test_for_all_others_there_is_nothing(site: Site, reading: Reader) -> None:
    with site.work() as now:
        stranger, step = builders.person(now), builders.person(now)
        builders.relate(now, step, reading.of.child, builders.RelationKind.RESIDENCE)
    for other in (site.parent(stranger), site.parent(step)):
        other.get(path(reading), status=404)
    site.client().get(path(reading), status=303)
    for missing in (2, 0, 10000):
        reading.anne.get(path(reading, missing), status=404)
    with site.work() as now:
        builders.block(now, reading.of.holders[1], reading.of.child)
    reading.bo.get(path(reading), status=404)
    with site.work() as now:
        now.session.execute(update(Child).where(Child.id == reading.of.child).values(address_protected=True))
    reading.anne.get(path(reading))


def test_the_page_of_a_version_leads_to_its_pdf(reading: Reader) -> None:
    reading.publish("Asta klatrer højt.")
    assert path(reading, 2) in reading.anne.get(f"/mit/da/skolestart/{reading.of.child}/beskrivelse").links()
    assert path(reading, 1) in reading.anne.get(f"/mit/da/skolestart/{reading.of.child}/beskrivelse/1").links()


def test_nobody_keeps_the_site_busy_with_papers(reading: Reader) -> None:
    for _ in range(120):
        reading.anne.get(path(reading, 99), status=404)
    reading.anne.get(path(reading), status=429)
