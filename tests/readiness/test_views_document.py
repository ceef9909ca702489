"""One version on a page: what it says, in which language, and what is new, to the eye and to the ear."""

import pytest

from parentsite.readiness.rules.vocabulary import Readiness
from parentsite.readiness.service import drafting, publishing
from tests.readiness.pages import Reader, part, reader
from tests.readiness.scene import DESCRIPTION, WORDS, pedagogue
from tests.sites import Site

AREA = "krop-sanser-bevaegelse"


def publish(one: Reader, area: str | None, words: str, readiness: Readiness) -> int:
    """A next version in which one area, and the answer, are others."""
    with one.site.work() as now:
        mine = pedagogue(now, one.of)
        draft = drafting.begin(mine, one.of.child, DESCRIPTION)
        if area is not None:
            drafting.save_area(mine, draft, area, words, drafting.read(mine, draft).areas[area].revision)
        drafting.save_readiness(mine, draft, readiness)
        return publishing.publish(mine, draft, drafting.read(mine, draft).revision)


def test_the_text_stands_area_by_area_marked_as_the_danish_it_is(site: Site) -> None:
    one = reader(site)
    page = one.anne.get(one.newest)
    assert page.h1 == "The description (beskrivelse)"
    assert "Body, senses and movement" in part(page, AREA)
    assert page.texts(f"//section[@aria-labelledby='{AREA}']//p[@lang='da'][@dir='ltr']") == [f"{WORDS} 3"]
    assert "The daycare writes in Danish." in page.text
    assert "What is new" not in page.text
    danish = one.anne.get(one.newest.replace("/en/", "/da/"))
    assert "skriver på dansk" not in danish.text


@pytest.mark.parametrize(
    ("readiness", "said", "then"),
    [
        (Readiness.READY, "finds that your child is ready for school", ""),
        (Readiness.IN_DOUBT, "is in doubt", "When there is doubt the leader of the daycare must write"),
        (Readiness.NOT_READY, "is not ready for school yet", "It is no decision."),
    ],
)
def test_the_answer_is_said_plainly_and_what_follows_from_it(
    site: Site, readiness: Readiness, said: str, then: str
) -> None:
    one = reader(site)
    publish(one, None, "", readiness)
    answer = part(one.anne.get(one.newest), "ready")
    assert said in answer
    assert then in answer
    assert ("The version before said:" in answer) is (readiness is not Readiness.READY)


def test_what_is_new_is_told_area_by_area_and_word_by_word(site: Site) -> None:
    one = reader(site)
    publish(one, AREA, "Asta klatrer højt. 3", Readiness.READY)
    page = one.anne.get(one.newest)
    assert page.all("//section[@aria-labelledby='new']//a/@href") == [f"#{AREA}"]
    assert page.texts("//ins") == ["New: højt. End of what is new."]
    assert page.texts("//del") == ["Gone: gerne. End of what is gone."]
    assert page.all("//ins/span/@lang") == ["en", "en"]
    assert page.all("//ins/ancestor::p/@lang") == ["da"]
    assert len(page.all("//details[.//ins]")) == 1


def test_a_new_version_with_the_same_words_says_so(site: Site) -> None:
    one = reader(site)
    publish(one, None, "", Readiness.READY)
    assert "The words are the same as in the version before." in part(one.anne.get(one.newest), "new")
    publish(one, None, "", Readiness.NOT_READY)
    assert "Only the answer above is new." in part(one.anne.get(one.newest), "new")


def test_an_earlier_version_stays_and_leads_to_the_newest(site: Site) -> None:
    one = reader(site)
    one.publish("Noget andet.")
    first = one.anne.get(f"{one.newest}/1")
    assert f"{WORDS} 3" in first.text
    assert "There is a newer version." in first.text
    assert "There is a newer version." not in one.anne.get(f"{one.newest}/2").text


@pytest.mark.parametrize("path", ["/beskrivelse/2", "/beskrivelse/0", "/beskrivelse/99999999999", "/vurdering", "/x"])
def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    one = reader(site)
    one.anne.get(f"{one.home}{path}", status=404)


def test_markup_in_a_text_is_text(site: Site) -> None:
    one = reader(site)
    publish(one, AREA, '<b>Asta</b> & "alle" de andre\n\nhar det godt.', Readiness.READY)
    assert "<b>Asta</b>" in part(one.anne.get(one.newest), AREA)
