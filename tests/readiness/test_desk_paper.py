"""Writing a signed paper down at the desk: in words when it cannot be, and never for another house."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from parentsite.consent.rules import Answer
from parentsite.foundation.database import new_id
from parentsite.foundation.files import LARGEST_FILE
from parentsite.foundation.i18n import DANISH, LANGUAGES
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from parentsite.readiness.service.allowing import VERSION
from tests import builders
from tests.consent.test_text_versions import said_in
from tests.foundation.test_files import PDF, picture
from tests.places.seen import entries, subjects
from tests.readiness.consent_pages import is_read, new_family, press
from tests.readiness.scene import HOUSE, OTHER_HOUSE, SCHOOL, Scene
from tests.readiness.test_service_receiving import READING
from tests.sites import Site
from tests.strict import Client, Page


@pytest.fixture
def of(site: Site) -> Scene:
    return new_family(site)


def at_desk(site: Site, of: Scene, house: str = HOUSE, role: str = "pedagogue") -> Client:
    """A browser in which somebody of a house is signed in."""
    client = site.client()
    actor = Actor(ActorKind.STAFF, of.pedagogue, frozenset({role}), frozenset({house}))
    with site.work() as now:
        client.set_cookie(Zone.DESK, sessions.begin(now, Zone.DESK, actor))
    return client


def here(of: Scene, more: object = "") -> str:
    return f"/desk/skolestart/{of.child}/papir{f'/{more}' if more else ''}"


def write(
    desk: Client, of: Scene, person: UUID, content: bytes | None = PDF, *, status: int = 303, **fields: str
) -> Page:
    """Fill in the form and send it with a file, whatever the file is called."""
    page = desk.get(here(of, person))
    kept = {one.get("name"): one.get("value") for one in page.all("//main//input[@type='hidden']")}
    data: dict[str, Any] = {**kept, "signed_on": "2026-02-10", "language": "ar", READING.key: "yes", **fields}
    if content is not None:
        data["document"] = (BytesIO(content), "underskrift.docx")
    return desk.post(here(of, person), data, status=status)


def test_a_paper_is_written_down_and_comes_back_as_it_was(site: Site, of: Scene) -> None:
    anne, bo = of.holders
    press(site.parent(anne), of, Answer.YES)
    with site.work() as now:
        builders.block(now, bo, of.child)
    desk = at_desk(site, of)
    assert str(bo) in "".join(desk.get(here(of)).links())
    page = desk.follow(write(desk, of, bo))
    assert page.texts("//*[@role='status']")[0] == DANISH.gettext("The paper is written down.")
    assert is_read(site, of)
    (link,) = [one for one in page.links() if "/papir/fil/" in one]
    file = desk.get(link).response
    assert (file.get_data(), file.mimetype) == (PDF, "application/pdf")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="samtykke-')
    assert file.headers["Content-Disposition"].endswith('.pdf"')
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Asta" not in file.headers["Content-Disposition"]
    write(desk, of, bo, picture("JPEG"), **{READING.key: "withdrawn"})
    assert not is_read(site, of)
    newest = next(one for one in desk.get(here(of)).links() if "/papir/fil/" in one)
    assert b"Telefon" not in desk.get(newest).response.get_data()


def test_every_look_is_in_the_audit_first(site: Site, of: Scene) -> None:
    desk = at_desk(site, of)
    desk.get(here(of))
    page = desk.follow(write(desk, of, of.holders[0]))
    (link,) = [one for one in page.links() if "/papir/fil/" in one]
    desk.get(link)
    with site.look() as now:
        looks = entries(now.session, "readiness.answers_read")
        assert len(looks) == 4
        assert all(of.child in subjects(now.session, one) for one in looks)
        assert [one.record_kind for one in looks].count("signed_paper") == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "Choose the file."),
        (b"", "Choose the file."),
        (b"<html><script>", "We can take a PDF, or a picture as JPEG or PNG."),
        (b"\xff\xd8\xff no picture", "We could not open the picture."),
        (PDF.ljust(LARGEST_FILE + 1), "The file is too large. It may hold 10 MB at most."),
    ],
    ids=["none", "empty", "html", "broken", "large"],
)
def test_a_file_that_cannot_be_kept_is_refused_in_words_and_the_rest_stays(
    site: Site, of: Scene, content: bytes | None, says: str
) -> None:
    refused = write(at_desk(site, of), of, of.holders[0], content, status=422)
    (error,) = refused.errors
    assert error.startswith(DANISH.gettext(next(one for one in SAYS if one.startswith(says))))
    assert refused.all("//input[@name='signed_on']/@value") == ["2026-02-10"]
    assert refused.all(f"//input[@name='{READING.key}'][@checked]/@value") == ["yes"]
    assert refused.all("//select[@name='language']/option[@selected]/@value") == ["ar"]


SAYS = (
    "Choose the file.",
    "We can take a PDF, or a picture as JPEG or PNG. Choose such a file.",
    "We could not open the picture. Take it again, or choose another file.",
    "The file is too large. It may hold 10 MB at most.",
)


def test_far_too_much_is_refused_before_it_is_read(site: Site, of: Scene) -> None:
    page = write(at_desk(site, of), of, of.holders[0], PDF.ljust(2 * LARGEST_FILE + 2_000_000), status=413)
    assert page.all("//h1")


def test_other_forms_of_the_site_take_no_more_than_before(site: Site, of: Scene) -> None:
    data = {"kind": "born", "file": (BytesIO(PDF.ljust(2_000_000)), "x.pdf")}
    site.parent(of.holders[0]).post("/mit/da/barn", data, status=413)


@pytest.mark.parametrize("day", ["2027-01-01", "2019-12-31"])
def test_a_day_on_which_nobody_could_sign_is_refused(site: Site, of: Scene, day: str) -> None:
    refused = write(at_desk(site, of), of, of.holders[0], status=422, signed_on=day)
    assert refused.all("//a[@href='#signed_on']")


def test_a_paper_that_answers_nothing_is_refused(site: Site, of: Scene) -> None:
    refused = write(at_desk(site, of), of, of.holders[0], status=422, **{READING.key: "none"})
    assert refused.all("//*[contains(@class, 'error-summary')]//a")


def test_a_paper_older_than_an_answer_on_the_site_is_refused_in_words(site: Site, of: Scene) -> None:
    anne = of.holders[0]
    press(site.parent(anne), of, Answer.NO)
    assert write(at_desk(site, of), of, anne, status=422).errors


@pytest.mark.parametrize(("house", "role", "status"), [(OTHER_HOUSE, "pedagogue", 404), (HOUSE, "school", 403)])
def test_nobody_else_finds_the_pages(site: Site, of: Scene, house: str, role: str, status: int) -> None:
    desk = at_desk(site, of)
    page = desk.follow(write(desk, of, of.holders[0]))
    (link,) = [one for one in page.links() if "/papir/fil/" in one]
    other = at_desk(site, of, house, role)
    for each in (here(of), here(of, of.holders[0]), link):
        other.get(each, status=status)
    for each in (here(of, new_id()), here(of, f"fil/{new_id()}")):
        desk.get(each, status=404)


def test_a_paper_sent_after_the_session_has_ended_is_not_lost_but_for_the_file(site: Site, of: Scene) -> None:
    desk = at_desk(site, of)
    page = desk.get(here(of, of.holders[0]))
    kept = {one.get("name"): one.get("value") for one in page.all("//main//input[@type='hidden']")}
    site.clock.move(minutes=31)
    data = {**kept, "signed_on": "2026-02-10", "language": "ar", READING.key: "yes"}
    late = desk.post(here(of, of.holders[0]), {**data, "document": (BytesIO(PDF.ljust(3_000_000)), "a.pdf")})
    assert late.location.startswith("/desk/igen")
    again = at_desk(site, of).get(here(of, of.holders[0]))
    assert again.all("//input[@name='signed_on']/@value") == ["2026-02-10"]
    assert again.all(f"//input[@name='{READING.key}'][@checked]/@value") == ["yes"]


def sent_again(desk: Client, of: Scene, who: UUID, kept: dict[str, Any], said: Answer) -> None:
    """The fields of a form that is open already, filled in."""
    answers = {"signed_on": "2026-02-10", "language": "da", READING.key: said.value}
    desk.post(here(of, who), {**kept, **answers, "document": (BytesIO(PDF), "samtykke.pdf")})


def opened_form(desk: Client, of: Scene, who: UUID) -> dict[str, Any]:
    return {one.get("name"): one.get("value") for one in desk.get(here(of, who)).all("//main//input[@type='hidden']")}


def test_a_paper_that_takes_back_is_taken_twice_without_a_complaint(site: Site, of: Scene) -> None:
    desk, (anne, bo) = at_desk(site, of), of.holders
    press(site.parent(anne), of, Answer.YES)
    write(desk, of, bo)
    form = opened_form(desk, of, bo)
    for _ in range(2):
        sent_again(desk, of, bo, form, Answer.WITHDRAWN)
    assert not is_read(site, of)
    assert len([one for one in desk.get(here(of)).links() if "/papir/fil/" in one]) == 2


def test_a_form_that_is_open_already_and_filled_in_otherwise_is_another_paper(site: Site, of: Scene) -> None:
    """Somebody goes back in the browser and mends a slip, or takes the next parent."""
    desk, (anne, bo) = at_desk(site, of), of.holders
    form = opened_form(desk, of, bo)
    sent_again(desk, of, bo, form, Answer.NO)
    sent_again(desk, of, anne, form, Answer.YES)
    assert not is_read(site, of)
    sent_again(desk, of, bo, form, Answer.YES)
    assert is_read(site, of)


def test_a_school_with_the_role_of_a_daycare_writes_nothing_down_for_itself(site: Site, of: Scene) -> None:
    with site.work() as now:
        builders.attends(now, of.child, SCHOOL)
    school = at_desk(site, of, SCHOOL)
    for path in (here(of), here(of, of.holders[0]), f"/desk/skolestart/{of.child}"):
        school.get(path, status=404)
    at_desk(site, of).get(here(of))


def form(of: Scene, person: UUID, written: str) -> str:
    return here(of, f"{person}/blanket/{written}")


def test_the_form_holds_the_words_that_are_signed_in_two_languages_with_equal_boxes(site: Site, of: Scene) -> None:
    desk, anne = at_desk(site, of), of.holders[0]
    assert form(of, anne, "ar") in desk.get(here(of, anne)).links()
    page = desk.get(form(of, anne, "ar"))
    arabic, danish = ("".join(page.texts(f"//main//div[@lang='{code}']")) for code in ("ar", "da"))
    words = said_in("readiness/_consent_terms.html")
    assert len(words) > 5
    for message in words:
        assert LANGUAGES["ar"].gettext(message) in arabic
        assert DANISH.gettext(message) in danish
    assert page.all("//main//div[@lang='ar']/@dir") == ["rtl"] * len(page.all("//main//div[@lang='ar']"))
    boxes = [one.xpath("count(li)") for one in page.all("//ul[@class='answers']")]
    assert boxes == [2] * 4, "for each document and use a pair of its own"
    assert all(one in arabic and one in danish for one in ("Asta", "Hedegårdsskolen"))
    assert not page.all("//main//input")
    assert not desk.get(form(of, anne, "da")).all("//main//div[@lang!='da']")
    desk.get(form(of, anne, "xx"), status=404)


def test_the_form_and_the_page_where_it_is_written_down_say_which_version_it_is(site: Site, of: Scene) -> None:
    desk, anne = at_desk(site, of), of.holders[0]
    said = DANISH.gettext("Version %(number)s of the words. Printed on %(date)s.").partition(" af")[0]
    assert said % {"number": VERSION} in desk.get(form(of, anne, "da")).text
    assert f"version {VERSION} af teksten" in desk.get(here(of, anne)).text


def test_the_form_of_one_who_is_shut_out_names_no_place(site: Site, of: Scene) -> None:
    bo = of.holders[1]
    with site.work() as now:
        builders.block(now, bo, of.child)
    page = at_desk(site, of).get(form(of, bo, "en"))
    assert "Hedegårdsskolen" not in page.text
    assert "the school that your child will go to" in page.text
