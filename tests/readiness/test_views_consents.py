"""The page of consents: one question at a time, nothing chosen beforehand, nothing told of the other parent."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from parentsite.consent.rules import Answer
from parentsite.consent.service.reading import Receipt
from parentsite.people.models import Child, RelationKind
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind
from parentsite.readiness.service.allowing import Switch
from parentsite.readiness.service.receipts import receipts_of_child
from tests import builders
from tests.page_laws import words
from tests.places.seen import entries
from tests.readiness.consent_pages import is_read, new_family, path, press, told
from tests.readiness.scene import OTHER_SCHOOL, Scene, published
from tests.readiness.test_service_receiving import HERE, READING, TALKING
from tests.sites import Site

ALL_FOUR = {
    "May Hedegårdsskolen read the description (beskrivelse) of Asta?",
    "May the daycare talk with Hedegårdsskolen about the description (beskrivelse) of Asta?",
    "May Hedegårdsskolen read the assessment (skoleparathedsvurdering) of Asta?",
    "May the daycare talk with Hedegårdsskolen about the assessment (skoleparathedsvurdering) of Asta?",
}
ENDS = "Your yes ends by itself on 30 September 2026."


@pytest.fixture
def of(site: Site) -> Scene:
    return new_family(site)


def test_each_question_is_a_whole_sentence_of_its_own_and_none_is_answered_beforehand(site: Site, of: Scene) -> None:
    page = site.parent(of.holders[0]).get(path(of))
    assert {words(one) for one in page.all("//section/h3[starts-with(@id, 'ask-')]")} == ALL_FOUR
    for switch in (READING, TALKING):
        assert "You have not answered" in told(page, switch)
        assert ENDS in told(page, switch)
        buttons = page.all(f"//section[@id='_switch-{switch.key}']//button")
        assert [(one.text, one.get("class")) for one in buttons] == [
            ("Yes", "button secondary"),
            ("No", "button secondary"),
        ]
    assert not page.all("//main//input[@type='checkbox'] | //main//input[@type='radio']")
    assert "We do not know which after-school care (BFO) your child goes to." in page.text
    assert "We do not know whether your child is enrolled there." in page.text
    assert "A no changes nothing for your child's place" in page.text


def test_the_school_reads_only_after_the_last_yes_and_until_one_is_taken_back(site: Site, of: Scene) -> None:
    anne, bo = (site.parent(one) for one in of.holders)
    page = anne.follow(press(anne, of, Answer.YES))
    assert page.texts("//*[@role='status']")[0].startswith("You have said yes. Read the description")
    assert "Another person with custody (forældremyndighed) has not answered yet." in told(page)
    assert not is_read(site, of)
    assert "Another person with custody (forældremyndighed) has answered." in told(bo.get(path(of)))
    press(bo, of, Answer.YES)
    assert is_read(site, of)
    back = bo.follow(press(bo, of, Answer.WITHDRAWN))
    assert "You took your yes back on" in told(back)
    assert not is_read(site, of)
    theirs = told(anne.get(path(of)))
    assert "You have said yes" in theirs
    assert "Another person with custody (forældremyndighed) has answered." in theirs
    assert "taken" not in theirs.lower().replace("take", "")


def test_the_consequence_stands_above_the_button_that_takes_back(site: Site, of: Scene) -> None:
    anne = site.parent(of.holders[0])
    text = told(anne.follow(press(anne, of, Answer.YES)))
    said = [
        "What was read or heard by then cannot be unread.",
        "Your child's place stays as it is.",
        "need not say why",
    ]
    assert all(text.index(one) < text.index("Yes, take it back") for one in said)


def test_with_htmx_one_question_is_answered_where_it_stands_and_says_so(site: Site, of: Scene) -> None:
    anne = site.parent(of.holders[0])
    part = press(anne, of, Answer.YES, htmx=True)
    assert part.all("//section/@id") == [f"_switch-{READING.key}"]
    assert part.all("//*[@data-say]/@data-say")[0].startswith("You have said yes. Read the description")
    assert "Ends by itself on 30 September 2026" in part.text.replace("\N{NO-BREAK SPACE}", " ")
    back = press(anne, of, Answer.WITHDRAWN, htmx=True)
    assert back.all("//*[@data-say]/@data-say")[0].startswith("You have taken your yes back.")
    assert "You took your yes back on" in back.text
    assert {answer.answer for answer in _own(site, of, of.holders[0])} == {Answer.YES, Answer.WITHDRAWN}


def test_a_no_is_as_easy_and_can_become_a_yes(site: Site, of: Scene) -> None:
    (anne, _), parent = of.holders, site.parent(of.holders[0])
    page = parent.follow(press(parent, of, Answer.NO, TALKING))
    assert "You said no on" in told(page, TALKING)
    assert "You have not answered" in told(page)
    press(parent, of, Answer.YES, TALKING, page=page)
    assert [one.answer for one in _own(site, of, anne)] == [Answer.YES, Answer.NO]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("read", ["0", ""])
def test_an_answer_is_to_the_words_that_were_read(site: Site, of: Scene, read: str, htmx: bool) -> None:
    anne = site.parent(of.holders[0])
    token = anne.get(path(of)).all("//main//input[@name='csrf_token']/@value")[0]
    data = {"csrf_token": token, "switch": READING.key, "answer": "yes", "read": read}
    refused = anne.post(path(of), data, status=422, htmx=htmx)
    assert refused.errors == ["The words here have changed. Read them again before you answer."]
    assert "cannot be unread or unheard" in refused.text
    assert f"#yes-{READING.key}" in refused.links()
    with site.look() as now:
        assert not entries(now.session, "consent.answered")
    press(anne, of, Answer.YES, page=refused)


def test_a_school_where_the_child_goes_no_more_cannot_be_answered_about(site: Site, of: Scene) -> None:
    anne = site.parent(of.holders[0])
    page = anne.get(path(of))
    press(anne, of, Answer.YES, page=page)
    _goes_to(site, of, OTHER_SCHOOL)
    token = page.all("//main//input[@name='csrf_token']/@value")[0]
    data = {"csrf_token": token, "switch": TALKING.key, "answer": "yes", "read": "1"}
    refused = anne.post(path(of), data, status=422)
    assert "is another one by now" in refused.errors[0]
    assert anne.post(path(of), data, status=200, htmx=True).location == path(of)
    assert "Your yes to other places" in refused.text
    assert anne.post(path(of), {**data, "switch": READING.key}, status=422).errors == refused.errors
    (form,) = refused.all(f"//form[.//input[@value='{READING.key}']]")
    data = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    back = anne.follow(anne.post(path(of, "/tilbage"), data))
    assert "Your yes to other places" not in back.text
    assert [one.answer for one in _own(site, of, of.holders[0])] == [Answer.WITHDRAWN, Answer.YES]


def test_a_new_custody_holder_is_asked_and_a_blocked_one_finds_no_page(site: Site, of: Scene) -> None:
    anne, bo = of.holders
    for one in of.holders:
        press(site.parent(one), of, Answer.YES)
    with site.work() as now:
        carl = builders.person(now, given_name="Carl")
        builders.relate(now, carl, of.child, RelationKind.CUSTODY, since=now.today)
        builders.block(now, bo, of.child)
    assert "You have not answered" in told(site.parent(carl).get(path(of)))
    assert not is_read(site, of)
    for page in (
        path(of),
        path(of).replace("samtykke", "kvitteringer"),
        path(of).replace("samtykke", "kvitteringer.csv"),
    ):
        site.parent(bo).get(page, status=404)
    with site.work() as now:
        now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))
    site.parent(carl).get(path(of), status=404)
    assert site.parent(anne).get(path(of)).status == 200


def test_one_from_whom_the_place_is_kept_by_now_takes_the_own_yes_back_and_is_told_of_no_place(
    site: Site, of: Scene
) -> None:
    """Each can take a yes back alone, at once: also who may not know any more to whom it was."""
    anne, bo = (site.parent(one) for one in of.holders)
    for one in (anne, bo):
        one.follow(press(one, of, Answer.YES))
    assert is_read(site, of)
    with site.work() as now:
        now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))
    front = bo.get("/mit/en/skolestart")
    assert "You have said yes" in front.text
    assert "What was read or heard by then cannot be unread." in front.text
    assert "Hedegårdsskolen" not in front.text
    front = bo.follow(bo.submit(front, action=f"/mit/en/skolestart/{of.child}/tilbage"))
    assert not is_read(site, of)
    assert "You have said yes" not in front.text
    assert not front.all("//main//form")
    assert "You have said yes" in told(anne.get(path(of)))


def test_receipts_say_what_was_answered_and_how_it_stands_and_nothing_of_others(site: Site, of: Scene) -> None:
    anne, bo = of.holders
    parent, other = site.parent(anne), site.parent(bo)
    for said in (Answer.YES, Answer.WITHDRAWN, Answer.YES):
        press(parent, of, said)
    press(other, of, Answer.YES)
    press(other, of, Answer.NO, TALKING)
    page = parent.get(path(of).replace("samtykke", "kvitteringer"))
    rows = page.texts("//table[@id='receipts']/tbody/tr")
    kept = "29 September 2029"
    assert [row.rpartition("2026 ")[2] for row in rows] == [
        f"Counts now {kept}",
        f"You have answered anew since {kept}",
        f"Taken back {kept}",
    ]
    assert all("Read the description (beskrivelse) Hedegårdsskolen Version 1 · English" in row for row in rows)
    site.clock.move(days=366)
    parent = site.parent(anne)
    page = parent.get(path(of).replace("samtykke", "kvitteringer"))
    assert "Has ended by itself" in page.texts("//table[@id='receipts']/tbody/tr")[0]
    file = parent.get(path(of).replace("samtykke", "kvitteringer.csv")).response
    assert file.headers["Content-Disposition"] == 'attachment; filename="kvitteringer.csv"'
    lines = file.get_data(as_text=True).splitlines()
    assert len(lines) == 4
    assert all("Version 1 · English" in line and "readiness." not in line for line in lines[1:])
    assert [line.rsplit(";", 1)[1].strip('"') for line in lines[1:]] == [one.link for one in _own(site, of, anne)]


def _own(site: Site, of: Scene, person: UUID) -> list[Receipt]:
    with site.look() as now:
        return [one.receipt for one in receipts_of_child(now, person, of.child)[1]]


def _goes_to(site: Site, of: Scene, school: str) -> None:
    with site.work() as now:
        builders.attends(now, of.child, school, since=now.today + timedelta(days=30))


def test_what_is_written_is_asked_first_and_the_assessment_waits_until_there_is_one(site: Site, of: Scene) -> None:
    """The two questions about the description stand open; nothing stands between them but they themselves."""
    anne = of.holders[0]
    later = Switch(DocumentKind.ASSESSMENT, Allowed.READING, HERE)
    folded = f"//details[not(@open)]//section[@id='_switch-{later.key}']"
    shown = f"//section[@id='_switch-{later.key}'][not(ancestor::details)]"
    page = site.parent(anne).get(path(of))
    assert len(page.all("//section[starts-with(@id, '_switch-')][not(ancestor::details)]")) == 2
    assert len(page.all(folded)) == 1
    press(site.parent(anne), of, Answer.NO, later)
    page = site.parent(anne).get(path(of))
    assert (len(page.all(folded)), len(page.all(f"//details[@open]//section[@id='_switch-{later.key}']"))) == (0, 1)
    with site.work() as now:
        published(now, of, DocumentKind.ASSESSMENT)
    assert len(site.parent(anne).get(path(of)).all(shown)) == 1


def test_the_terms_are_one_press_away_and_the_consequence_stands_open(site: Site, of: Scene) -> None:
    page = site.parent(of.holders[0]).get(path(of))
    assert "A no changes nothing for your child's place" in page.texts("//main//p[not(ancestor::details)]")[2]
    terms = page.texts("//main//details")[0]
    assert "must by law tell the town (underretning)" in terms
    first = page.texts("//section[starts-with(@id, '_switch-')]")[0]
    assert "Your yes ends by itself on" in first
    assert "You can take it back before, at any time." in first
