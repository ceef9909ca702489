"""Consent on paper to passing on: the health visitors write down what was signed, and it holds like any answer."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from parentsite.consent.rules import Answer
from parentsite.consent.service.chain import broken_chains
from parentsite.consent.service.errors import AnsweredSince, NothingToRecord, SignedOutOfTime
from parentsite.consent.service.papers import papers as papers_of
from parentsite.consent.service.recording import Signed
from parentsite.foundation.database import new_id
from parentsite.foundation.files import cleaned
from parentsite.foundation.i18n import DANISH, LANGUAGES
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.visits.service import papers
from parentsite.visits.service.errors import NoSuchHouse, NotFound
from tests import builders
from tests.foundation.test_files import PDF
from tests.places.seen import acts_on, entries, letters, subjects
from tests.sites import Site
from tests.strict import Client, Page
from tests.visits.desks import ROLE, at_desk
from tests.visits.talks import HOUSE, OTHER_HOUSE, Home, answer, attends, may_pass_on, new_home, path, stops_going

HERE, THERE = f"house-{HOUSE}", f"house-{OTHER_HOUSE}"


@pytest.fixture
def home(site: Site) -> Home:
    """Both hold custody; Jonas is shut out from the child, which goes to daycare."""
    made = new_home(site)
    attends(site, made)
    with site.work() as now:
        builders.block(now, made.jonas, made.child)
    return made


def record(site: Site, home: Home, *, key: str = HERE, said: Answer = Answer.YES, days_ago: int = 0) -> None:
    """A health visitor writes down what Jonas has signed."""
    with site.work(visitor(site)) as now:
        papers.record(now, new_id(), home.child, signed(now, home.jonas, key, said, days_ago))


def signed(now: Work, person: UUID, key: str, said: Answer, days_ago: int = 0) -> Signed:
    return Signed(person, "ar", now.today - timedelta(days=days_ago), {key: said}, cleaned(PDF))


def visitor(site: Site) -> Actor:
    with site.work() as now:
        return Actor(ActorKind.STAFF, builders.clerk(now, name="Hanne Sund"), ROLE)


def test_a_paper_of_one_who_is_shut_out_holds_and_ends_like_any_answer(site: Site, home: Home) -> None:
    answer(site.parent(home.mette), home, "yes")
    assert not may_pass_on(site, home)
    record(site, home)
    assert may_pass_on(site, home)
    with site.look() as now:
        (kept,) = papers.papers(now, home.child)
        assert kept.person == home.jonas
        assert papers.file_of(now, home.child, kept.id).content == PDF
        assert acts_on(now.session, kept.id) == {"paper.recorded": 1}
        assert papers_of(now, home.child, HOUSE) == (), "the daycare's own papers are others"
        assert broken_chains(now.session) == []
    record(site, home, said=Answer.WITHDRAWN)
    assert not may_pass_on(site, home)


def test_a_yes_on_paper_asks_the_others_once_and_never_the_one_who_is_shut_out(site: Site, home: Home) -> None:
    with site.work(visitor(site)) as now:
        papers.record(now, new_id(), home.child, signed(now, home.mette, HERE, Answer.YES))
        assert letters(now.session) == [], "Jonas learns nothing by letter"
    record(site, home)
    with site.look() as now:
        assert letters(now.session) == []


def test_who_has_not_answered_gets_a_letter_after_a_yes_on_paper(site: Site, home: Home) -> None:
    for _ in range(2):
        record(site, home)
    with site.look() as now:
        assert letters(now.session) == [("visits/start_talk", home.mette)]


def test_a_paper_is_of_a_day_on_which_it_could_be_signed_and_never_older_than_an_answer(site: Site, home: Home) -> None:
    for days_ago in (-1, 366):
        with pytest.raises(SignedOutOfTime):
            record(site, home, days_ago=days_ago)
    with pytest.raises(NothingToRecord):
        record(site, home, said=Answer.WITHDRAWN)
    answer(site.parent(home.mette), home, "no")
    with site.work(visitor(site)) as now, pytest.raises(AnsweredSince):
        papers.record(now, new_id(), home.child, signed(now, home.mette, HERE, Answer.YES, 1))


def test_a_yes_names_the_daycare_in_question_and_one_to_another_can_be_taken_back(site: Site, home: Home) -> None:
    record(site, home)
    answer(site.parent(home.mette), home, "yes")
    with site.work() as now:
        stops_going(now, home, HOUSE)
        builders.attends(now, home.child, OTHER_HOUSE, since=now.today)
        found = papers.questions(now, home.child, home.jonas)
    assert {key: one.answers for key, one in found.items()} == {THERE: tuple(Answer), HERE: (Answer.WITHDRAWN,)}
    with pytest.raises(NoSuchHouse):
        record(site, home)
    once, by = new_id(), visitor(site)
    for _ in range(2):
        with site.work(by) as now:
            papers.record(now, once, home.child, signed(now, home.jonas, HERE, Answer.WITHDRAWN))
    with site.look() as now:
        assert len(papers.papers(now, home.child)) == 2
    assert not may_pass_on(site, home)


def test_only_who_holds_custody_signs_and_only_for_a_child_there_is(site: Site, home: Home) -> None:
    with site.work(visitor(site)) as now:
        for child, person in ((home.child, builders.person(now)), (new_id(), home.jonas)):
            with pytest.raises(NotFound):
                papers.record(now, new_id(), child, signed(now, person, HERE, Answer.YES))
        assert papers.papers(now, home.child) == ()


def here(home: Home, more: object = "") -> str:
    return f"/desk/besog/familie/{home.child}/papir{f'/{more}' if more else ''}"


def write(desk: Client, home: Home, *, status: int = 303, **fields: str) -> Page:
    """Fill in the form for Jonas and send it with the paper."""
    page = desk.get(here(home, home.jonas))
    kept: dict[str, Any] = {one.get("name"): one.get("value") for one in page.all("//main//input[@type='hidden']")}
    typed = {"signed_on": "2026-02-10", "language": "ar", HERE: "yes", **fields}
    return desk.post(here(home, home.jonas), {**kept, **typed, "document": (BytesIO(PDF), "a.docx")}, status=status)


def test_a_paper_is_written_down_at_the_desk_and_comes_back(site: Site, home: Home) -> None:
    answer(site.parent(home.mette), home, "yes")
    desk = at_desk(site)
    assert here(home) in desk.get(f"/desk/besog/familie/{home.child}").links()
    assert here(home, home.jonas) in desk.get(here(home)).links()
    page = desk.follow(write(desk, home))
    assert page.texts("//*[@role='status']")[0] == DANISH.gettext("The paper is written down.")
    assert may_pass_on(site, home)
    (link,) = [one for one in page.links() if "/papir/fil/" in one]
    file = desk.get(link).response
    assert (file.get_data(), file.mimetype) == (PDF, "application/pdf")
    with site.look() as now:
        looks = entries(now.session, "visit.papers_read")
        assert len(looks) == 4
        assert all(home.child in subjects(now.session, one) for one in looks)
        assert [one.record_kind for one in looks].count("signed_paper") == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [({HERE: "none"}, HERE), ({"signed_on": "2027-01-01"}, "signed_on"), ({"signed_on": "2019-12-31"}, "signed_on")],
)
def test_what_cannot_be_written_down_is_said_in_words_and_stays_in_its_field(
    site: Site, home: Home, fields: dict[str, str], field: str
) -> None:
    refused = write(at_desk(site), home, status=422, **fields)
    assert refused.all(f"//a[@href='#{field}']")
    assert refused.all("//select[@name='language']/option[@selected]/@value") == ["ar"]
    assert not may_pass_on(site, home)


def test_where_nobody_knows_the_daycare_no_yes_can_be_written_down(site: Site, home: Home) -> None:
    with site.work() as now:
        stops_going(now, home, HOUSE)
    page = at_desk(site).get(here(home, home.jonas))
    assert DANISH.gettext("We do not know which daycare it is about. A yes cannot be written down.") in page.text
    assert not page.all("//main//input[@type='radio']")


@pytest.mark.parametrize("role", ["pedagogue", "placement"])
def test_nobody_else_finds_the_pages(site: Site, home: Home, role: str) -> None:
    desk = at_desk(site)
    page = desk.follow(write(desk, home))
    (link,) = [one for one in page.links() if "/papir/fil/" in one]
    for each in (here(home), here(home, home.jonas), link):
        site.clerk(role).get(each, status=403)
    for each in (here(home, new_id()), here(home, f"fil/{new_id()}"), here(Home(new_id(), home.mette, home.jonas))):
        desk.get(each, status=404)


def test_one_who_is_shut_out_finds_neither_page_nor_receipt_that_names_the_daycare(site: Site, home: Home) -> None:
    write(at_desk(site), home)
    jonas = site.parent(home.jonas)
    for end in ("", "/kvitteringer", "/kvitteringer.csv"):
        jonas.get(path(home, end), status=404)
    assert "Globen" not in jonas.get("/mit/en/").text


def test_the_form_to_sign_holds_the_words_and_names_no_place_to_who_may_not_know_it(site: Site, home: Home) -> None:
    desk = at_desk(site)
    for person, is_named in ((home.mette, True), (home.jonas, False)):
        path = here(home, f"{person}/blanket/ar")
        assert path in desk.get(here(home, person)).links()
        page = desk.get(path)
        for code in ("ar", "da"):
            told = "".join(page.texts(f"//main//div[@lang='{code}']"))
            assert (
                LANGUAGES[code].gettext(
                    "Without your yes nothing is passed on, neither in writing nor by word of mouth."
                )
                in told
            )
            assert ("Globen" in told or "Regnbuen" in told) == is_named
        assert [one.xpath("count(li)") for one in page.all("//ul[@class='answers']")] == [2]
    desk.get(here(home, f"{home.mette}/blanket/xx"), status=404)
