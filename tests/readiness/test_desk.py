"""The pedagogue writes at the desk: nothing typed is lost, what follows is said, and answers reach the record."""

import pytest
from sqlalchemy import select, update

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from parentsite.people.models import Attendance
from parentsite.readiness.models import CorrectionRequest, DocumentDraft, DocumentVersion
from parentsite.readiness.rules.vocabulary import Readiness
from parentsite.readiness.service import drafting
from tests import builders
from tests.readiness.desk_scene import AREA, ASKED, ROLE, at_desk, house_at_work
from tests.readiness.scene import BORN, HOUSE, OTHER_HOUSE, WORDS, scene, staff
from tests.sites import Site
from tests.strict import Client, Page

DESK = "/desk/skolestart"
Ids = dict[str, object]


@pytest.fixture
def ids(site: Site) -> Ids:
    with site.work() as now:
        return dict(house_at_work(now))


@pytest.fixture
def peter(site: Site, ids: Ids) -> Client:
    return at_desk(site)


def area_page(client: Client, ids: Ids, area: str = AREA) -> Page:
    return client.get(f"{DESK}/kladde/{ids['in_draft']}/{area}")


def draft_of(site: Site, ids: Ids) -> drafting.Draft:
    with site.look() as now:
        return drafting.read(staff(now, ROLE, HOUSE), ids["in_draft"])  # type: ignore[arg-type]


def test_the_list_says_how_far_each_child_has_come_and_what_waits(peter: Client) -> None:
    page = peter.get(DESK)
    rows = page.texts("//tbody/tr")
    assert len(rows) == 4
    assert sorted(row.count("Kladde") for row in rows) == [0, 0, 1, 1]
    (described,) = (row for row in rows if "Version 2 udgivet" in row)
    assert "Én rettelse" in described
    assert "En forælder beder om vurderingen" in described


def test_who_starts_school_later_is_found_among_all_children_and_a_long_list_has_pages(site: Site, ids: Ids) -> None:
    with site.work() as now:
        young = builders.child(now, born=now.today.replace(year=now.today.year - 3), name="Lillebror")
        builders.attends(now, young, HOUSE)
        for number in range(30):
            builders.attends(now, builders.child(now, born=BORN, name=f"Barn {number:02}"), HOUSE)
    peter = at_desk(site)
    assert "Lillebror" not in peter.get(DESK).text
    first = peter.get(f"{DESK}?state=all")
    second = peter.get(next(link for link in first.links() if "page=2" in link))
    assert "Lillebror" not in first.text
    assert second.texts("//tbody/tr//th")[-1] == "Lillebror"
    assert len(first.all("//tbody/tr")) + len(second.all("//tbody/tr")) == 35
    assert "page=3" not in "".join(second.links())
    assert peter.get(f"{DESK}?page=9").all(f"//main//a[@href='{DESK}?state=soon']")


def test_a_draft_is_begun_written_and_published_and_frozen(site: Site, peter: Client, ids: Ids) -> None:
    child = peter.get(f"{DESK}/{ids['unwritten']}")
    draft = peter.follow(peter.submit(child, action=f"{DESK}/{ids['unwritten']}/beskrivelse/begynd"))
    assert len(peter.get(f"{draft.path}/udgiv").all("//main//li/a")) == 7
    page = peter.get(next(link for link in draft.links() if link.startswith(f"{draft.path}/")))
    for number in range(6):
        page = peter.follow(peter.submit(page, press="next", text=f"{WORDS} {number}"))
    assert page.path.endswith("/skoleparat")
    assert not page.all("//input[@type='radio'][@checked]")
    page = peter.follow(peter.submit(page, answer="ready"))
    preview = peter.get(f"{page.path}/vis")
    assert preview.texts("//main//section/p")[1:] == [f"{WORDS} {number}" for number in range(6)]
    confirm = peter.get(f"{page.path}/udgiv")
    assert "får et nummer" in confirm.text
    done = peter.follow(peter.submit(confirm))
    assert done.path == f"{DESK}/{ids['unwritten']}"
    assert "Version 1 er udgivet. Forældrene kan læse den nu." in done.text
    assert f"{WORDS} 5" in peter.get(done.all("//main//a[contains(@href, '/udgave/')]/@href")[0]).text
    peter.get(page.path, status=404)


def test_two_who_write_in_one_area_lose_nothing(site: Site, peter: Client, ids: Ids) -> None:
    hanne = at_desk(site)
    mine, hers = area_page(peter, ids), area_page(hanne, ids)
    hanne.submit(hers, text="Han har to venner.")
    refused = peter.submit(mine, text="Han har mange venner.", status=422)
    assert refused.texts("//blockquote") == ["Han har to venner."]
    assert refused.texts("//textarea") == ["Han har mange venner."]
    assert draft_of(site, ids).areas[AREA].text == "Han har to venner."
    peter.submit(refused, text="Han har to venner, ja mange.")
    assert draft_of(site, ids).areas[AREA].text == "Han har to venner, ja mange."


@pytest.mark.parametrize("deed", ["udgiv", "slet"])
def test_a_text_whose_draft_a_colleague_published_or_deleted_is_given_back(
    site: Site, peter: Client, ids: Ids, deed: str
) -> None:
    hanne, draft = at_desk(site), ids["whole"]
    mine = peter.get(f"{DESK}/kladde/{draft}/{AREA}")
    hanne.submit(hanne.get(f"{DESK}/kladde/{draft}/{deed}"))
    gone = peter.submit(mine, text="Han har mange venner.", status=404)
    assert gone.texts("//blockquote") == ["Han har mange venner."]
    assert "Kopiér din tekst" in gone.text
    peter.get(mine.path, status=404)


def test_two_who_answer_otherwise_about_school_are_told(site: Site, peter: Client, ids: Ids) -> None:
    path = f"{DESK}/kladde/{ids['in_draft']}/skoleparat"
    hanne = at_desk(site)
    mine = peter.get(path)
    hanne.submit(hanne.get(path), answer="not_ready")
    refused = peter.submit(mine, answer="ready", status=422)
    assert "at barnet ikke er skoleparat" in refused.text
    assert refused.all("//input[@type='radio'][@checked]/@value") == ["ready"]
    peter.submit(refused, answer="ready")
    assert draft_of(site, ids).readiness is Readiness.READY


def test_with_script_it_is_saved_while_it_is_written(site: Site, peter: Client, ids: Ids) -> None:
    page = area_page(peter, ids)
    saved = peter.submit(page, text="Han har en ve", htmx=True)
    assert saved.all("//input[@name='revision']/@value") == ["2"]
    assert "Gemt." in saved.text
    assert draft_of(site, ids).areas[AREA].text == "Han har en ve"
    late = peter.submit(page, text="Noget andet", htmx=True, status=422)
    assert "Ikke gemt" in late.text
    assert late.all("//input[@name='revision']/@value") == ["1"], "what was not seen would be written over"
    assert draft_of(site, ids).areas[AREA].text == "Han har en ve"
    long = peter.submit(page, text="x" * 7000, htmx=True, status=422)
    assert "Ikke gemt" in long.text


def test_what_was_typed_too_late_comes_back_to_its_writer_alone(site: Site, clock: FixedClock, ids: Ids) -> None:
    with site.work() as now:
        writer = builders.clerk(now)
    peter = at_desk(site, member=writer)
    page = area_page(peter, ids)
    clock.move(minutes=45)
    assert peter.submit(page, text="Skrevet for sent.").location.startswith("/desk/igen")
    assert area_page(at_desk(site), ids).texts("//textarea") == ["Han har en ven."]
    with site.work() as now:
        actor = Actor(ActorKind.STAFF, writer, frozenset({ROLE}), frozenset({HOUSE}))
        peter.set_cookie(Zone.DESK, sessions.begin(now, Zone.DESK, actor))
    assert area_page(peter, ids).texts("//textarea") == ["Skrevet for sent."]
    assert draft_of(site, ids).areas[AREA].text == "Han har en ven."


def test_a_draft_that_somebody_has_written_in_is_not_published_unread(site: Site, peter: Client, ids: Ids) -> None:
    path = f"{DESK}/kladde/{ids['whole']}/udgiv"
    confirm = peter.get(path)
    hanne = at_desk(site)
    hanne.submit(hanne.get(f"{DESK}/kladde/{ids['whole']}/{AREA}"), text="Noget helt andet.")
    refused = peter.submit(confirm, status=422)
    assert refused.errors == ["Nogen har skrevet i kladden. Læs den igen."]
    peter.submit(refused)


def test_a_draft_is_deleted_when_that_is_confirmed(site: Site, peter: Client, ids: Ids) -> None:
    confirm = peter.get(f"{DESK}/kladde/{ids['in_draft']}/slet")
    assert "Det kan ikke fortrydes" in confirm.text
    peter.follow(peter.submit(confirm))
    peter.get(f"{DESK}/kladde/{ids['in_draft']}", status=404)
    with site.look() as now:
        assert now.session.scalars(select(DocumentDraft.id)).all() == [ids["whole"]]
        assert len(now.session.scalars(select(DocumentVersion.id)).all()) == 2


def test_a_correction_is_answered_by_the_version_that_is_right(site: Site, peter: Client, ids: Ids) -> None:
    page = peter.get(f"{DESK}/rettelse/{ids['asked_correction']}")
    assert ASKED in page.text
    done = peter.follow(peter.submit(page, action=f"{page.path}/rettet"))
    assert "Der er svaret" in done.text
    with site.look() as now:
        assert now.session.scalars(select(CorrectionRequest.state)).all() == ["corrected"]
    assert not peter.get(page.path).all("//main//form")


def test_a_correction_stays_as_it_is_with_a_reason_on_record(peter: Client, ids: Ids) -> None:
    page = peter.get(f"{DESK}/rettelse/{ids['asked_correction']}")
    peter.submit(page, action=page.path, why="  ", status=422)
    peter.submit(page, action=page.path, why="Vi ser det ikke hos os.")
    assert peter.get(page.path).texts("//blockquote") == [ASKED, "Vi ser det ikke hos os."]


def test_who_answers_second_keeps_what_was_typed(site: Site, peter: Client, ids: Ids) -> None:
    path, hanne = f"{DESK}/rettelse/{ids['asked_correction']}", at_desk(site)
    hers = hanne.get(path)
    peter.submit(peter.get(path), action=path, why="Vi ser det ikke hos os.")
    refused = hanne.submit(hers, action=path, why="Det ved vi ikke.", status=422)
    assert refused.texts("//blockquote") == [ASKED, "Vi ser det ikke hos os.", "Det ved vi ikke."]


def test_who_writes_while_another_corrects_it_keeps_what_was_typed(site: Site, peter: Client, ids: Ids) -> None:
    path, hanne = f"{DESK}/rettelse/{ids['asked_correction']}", at_desk(site)
    hers = hanne.get(path)
    peter.submit(peter.get(path), action=f"{path}/rettet")
    refused = hanne.submit(hers, action=path, why="Det ved vi ikke.", status=422)
    assert refused.texts("//blockquote") == [ASKED, "Det ved vi ikke."]
    assert "Det er rettet" in refused.text
    assert hanne.submit(hers, action=f"{path}/rettet").location == f"{DESK}/{ids['described']}", "it says the same"


def test_who_corrects_while_another_leaves_it_is_told_so(site: Site, peter: Client, ids: Ids) -> None:
    path, hanne = f"{DESK}/rettelse/{ids['asked_correction']}", at_desk(site)
    hers = hanne.get(path)
    peter.submit(peter.get(path), action=path, why="Vi ser det ikke hos os.")
    refused = hanne.submit(hers, action=f"{path}/rettet", status=422)
    assert refused.errors == ["En anden har allerede svaret. Det første svar gælder."]
    assert refused.texts("//blockquote") == [ASKED, "Vi ser det ikke hos os."]


def test_whom_one_may_talk_with_is_yes_or_no_and_nothing_more(peter: Client, ids: Ids) -> None:
    page = peter.get(f"{DESK}/{ids['described']}")
    rows = page.texts("//table[@id='talks']//tbody/tr")
    assert rows == ["Hedegårdsskolen Beskrivelsen Nej", "Hedegårdsskolen Vurderingen (§ 29 a) Nej"]
    assert "Parent" not in page.text


def test_what_waits_stands_on_the_front_of_the_desk(peter: Client, site: Site) -> None:
    front = peter.get("/desk/").text
    assert "En forælder beder om en rettelse: svar på det. Senest torsdag den 12. marts 2026" in front
    assert "Et barns forældre beder om vurderingen" in front
    for other in (at_desk(site, OTHER_HOUSE), site.clerk("placement")):
        assert "rettelse" not in other.get("/desk/").text


PATHS = (
    "/{described}",
    "/kladde/{in_draft}",
    f"/kladde/{{in_draft}}/{AREA}",
    "/kladde/{in_draft}/skoleparat",
    "/kladde/{in_draft}/vis",
    "/kladde/{in_draft}/udgiv",
    "/kladde/{in_draft}/slet",
    "/rettelse/{asked_correction}",
)


@pytest.mark.parametrize("path", PATHS)
def test_another_house_a_retired_role_and_a_child_that_has_left_find_nothing(site: Site, ids: Ids, path: str) -> None:
    at = DESK + path.format(**ids)
    at_desk(site).get(at)
    at_desk(site, OTHER_HOUSE).get(at, status=404)
    site.clerk(ROLE).get(at, status=404)
    site.clerk("school").get(at, status=403)
    with site.work() as now:
        now.session.execute(update(Attendance).values(until=now.today))
    at_desk(site).get(at, status=404)


def test_of_another_house_the_list_is_empty(site: Site, ids: Ids) -> None:
    with site.work() as now:
        other = scene(now, house=OTHER_HOUSE)
    page = at_desk(site, OTHER_HOUSE).get(DESK)
    assert page.all("//tbody//a/@href") == [f"{DESK}/{other.child}"]
    assert not site.clerk(ROLE).get(DESK).all("//tbody//a")
