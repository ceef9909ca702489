"""The promises in words: what the pages may say of how safe it is here, and what they must."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from parentsite.counselling.service import enrolment, roster
from parentsite.foundation.resources import TRANSLATIONS
from parentsite.foundation.work import SYSTEM, Work
from tests.counselling.pages import BACK, FRONT
from tests.counselling.serving import COUNSELLORS
from tests.counselling.test_tampering import office
from tests.sites import Site

NEVER = (
    *("end-to-end", "end to end", "absolutely anonymous", "completely anonymous", "100 %"),
    *("ende-til-ende", "ende til ende", "helt anonym", "fuldstændig anonym", "garanteret anonym"),
    *("من طرف إلى طرف", "مجهول تماما"),
)
HELD_BY_THEM = {
    "da": "krypteret, når det ligger hos os; kun rådgiverne i Familiehuset kan åbne det",
    "en": "only the counsellors",
}


def texts() -> Iterator[str]:
    """Every text of the site in every language."""
    for path in sorted(Path(TRANSLATIONS).rglob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                for side in (message.id, message.string):
                    yield from (side if isinstance(side, tuple) else (side,))


def test_nothing_is_promised_that_nobody_can_keep() -> None:
    said = [one.lower() for one in texts() if one]
    assert len(said) > 1000
    assert [one for one in said if any(never in one for never in NEVER)] == []


def test_only_the_counsellors_is_said_where_they_hold_the_key(site: Site) -> None:
    assert "only the counsellors" not in site.client().get(FRONT).text
    with office(site) as opened:
        prepared = [enrolment.prepare(opened.derivation) for _ in COUNSELLORS]
        with opened.database.write() as session:
            work = Work(session, site.clock.now(), SYSTEM)
            for who, one in zip(COUNSELLORS, prepared, strict=True):
                enrolment.enrol(work, who, "Anne", one)
            roster.found(work, opened.embedded_secret())
        opened.forget_embedded()
    for code, sentence in HELD_BY_THEM.items():
        assert sentence in site.client().get(f"/samtale/{code}/").text


def test_what_is_not_hidden_is_told_before_one_writes(site: Site) -> None:
    page = site.client().get(FRONT)
    before = " ".join(page.texts("//textarea/preceding::*[self::p or self::li]"))
    for told in ("owner of the network can see", "phone remembers which pages you visited", "barnets lov § 133"):
        assert told in before


@pytest.mark.parametrize("code", ["da", "en", "ar"])
def test_no_box_is_remembered_by_the_browser(site: Site, code: str) -> None:
    for path in (FRONT, BACK):
        page = site.client().get(path.replace("/en/", f"/{code}/"))
        assert page.all("//main//form/@autocomplete") == ["off"]
    (phrase,) = page.all("//input[@name='phrase']")
    assert (phrase.get("type"), phrase.get("autocomplete"), phrase.get("spellcheck")) == ("text", "off", "false")
