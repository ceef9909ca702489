"""Languages: days and numbers as each writes them, and pages that speak what their address says."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest

from parentsite.foundation.i18n import DANISH, LANGUAGES, NO_BREAK
from parentsite.foundation.templates import LanguageEnvironment
from tests.sites import Site

DAY = date(2026, 2, 12)
ARABIC = LANGUAGES["ar"]


def test_danish_is_the_default_and_arabic_runs_from_the_right() -> None:
    assert {code: language.dir for code, language in LANGUAGES.items()} == {"da": "ltr", "en": "ltr", "ar": "rtl"}
    assert next(iter(LANGUAGES.values())) is DANISH


@pytest.mark.parametrize(
    ("code", "long", "day", "month"),
    [
        ("da", "torsdag den 12. februar 2026", "12. februar 2026", "februar 2026"),
        ("en", "Thursday 12 February 2026", "12 February 2026", "February 2026"),
    ],
)
def test_days_are_written_out(code: str, long: str, day: str, month: str) -> None:
    language = LANGUAGES[code]
    assert language.long_date(DAY).replace(NO_BREAK, " ") in {long, long.replace(" ", ", ", 1)}
    assert language.day(DAY).replace(NO_BREAK, " ") == day
    assert language.month(DAY) == month


def test_a_day_is_not_broken_between_its_figures_and_its_month() -> None:
    assert DANISH.day(DAY) == f"12.{NO_BREAK}februar{NO_BREAK}2026"
    assert " " not in DANISH.day(DAY)


def test_numbers_in_a_sentence_are_joined_as_each_language_joins_them() -> None:
    assert {code: language.listed([1, 15]) for code, language in LANGUAGES.items()} == {
        "da": "1 og 15",
        "en": "1 and 15",
        "ar": "1 و15",
    }


def test_arabic_days_and_numbers() -> None:
    assert "فبراير" in ARABIC.day(DAY)
    assert "الخميس" in ARABIC.long_date(DAY)


@pytest.mark.parametrize(("code", "number"), [("da", "1.234,5"), ("en", "1,234.5")])
def test_numbers(code: str, number: str) -> None:
    assert LANGUAGES[code].number(1234.5) == number


def test_a_moment_is_told_in_danish_time() -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert DANISH.moment(summer).replace(NO_BREAK, " ") == "2. juli 2026 00.30"


def test_a_towns_text_falls_back_on_danish() -> None:
    assert ARABIC.words({"da": "Hus", "en": "House"}) == "Hus"
    assert LANGUAGES["en"].words({"da": "Hus", "en": "House"}) == "House"


def test_a_constant_sentence_is_translated_when_the_template_is_compiled() -> None:
    for language in LANGUAGES.values():
        template = LanguageEnvironment(language, {}).from_string('{{ _("Sign out") }}')
        assert template.render() == language.gettext("Sign out")
    assert DANISH.gettext("Sign out") != "Sign out"


def test_what_is_put_into_a_sentence_is_escaped() -> None:
    template = LanguageEnvironment(DANISH, {}).from_string('{{ _("Move %(house)s up", house=name) }}')
    assert "<script>" not in template.render(name="<script>")
    assert "&lt;script&gt;" in template.render(name="<script>")
    assert "<b>x</b>" in template.render(name=LanguageEnvironment(DANISH, {}).from_string("<b>x</b>").module.__html__())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("da", "da"),
        ("ar", "ar"),
        ("ar-EG,en;q=0.5", "ar"),
        ("en-US,en;q=0.9,da;q=0.8", "en"),
        ("fi,sv;q=0.9", "da"),
        ("", "da"),
        ("*", "da"),
        (";;q=x,,", "da"),
        ("ar;q=0, en", "en"),
        ("DA-dk", "da"),
        ("fi, da;q=0.1, ar;q=0.2", "ar"),
    ],
)
def test_a_visitor_is_sent_on_by_what_the_browser_asks_for(site: Site, asked: str, code: str) -> None:
    for path, onward in (("/", f"/{code}/"), ("/was", f"/{code}/tilgaengelighed")):
        page = site.client(asked).get(path, status=302)
        assert page.location == onward
        assert "Accept-Language" in page.headers["Vary"]


def test_a_page_leads_to_itself_in_the_other_languages(site: Site) -> None:
    page = site.client().get("/da/bornehuse?q=m%C3%A5ne&district=")
    others = page.all("//a[@lang]")
    assert [link.get("lang") for link in others] == list(LANGUAGES)
    assert [urlsplit(link.get("href")).path for link in others] == [f"/{code}/bornehuse" for code in LANGUAGES]
    for link in others:
        there = site.client().get(link.get("href"))
        assert there.all("//input[@name='q']/@value") == ["måne"]
        assert there.sheet.root.get("lang") == link.get("lang")


def test_every_page_keeps_the_language_of_its_address(site: Site) -> None:
    page = site.client("da").get("/ar/plads")
    assert (page.sheet.root.get("lang"), page.sheet.root.get("dir")) == ("ar", "rtl")
