"""The start talk at the daycare: asking the health visitor to come is one thing, passing anything on another."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from parentsite.consent.service.effect import in_force
from parentsite.people.models import Child, RelationKind
from parentsite.visits.models.families import StartTalk
from parentsite.visits.service import keeping, references, start_talks, talk_list
from parentsite.visits.service.errors import NoSuchHouse, NotFound
from parentsite.visits.service.passing_on import matter_of
from tests import builders
from tests.places.seen import entries, letters
from tests.sites import Site
from tests.visits.desks import at_desk
from tests.visits.talks import HOUSE, OTHER_HOUSE, Home, answer, attends, may_pass_on, new_home, path, stops_going, told


@pytest.fixture
def home(site: Site) -> Home:
    return new_home(site)


def test_a_parent_asks_the_health_visitor_to_come_and_nothing_may_be_passed_on(site: Site, home: Home) -> None:
    mette = site.parent(home.mette)
    plan = mette.get("/mit/en/besog")
    assert path(home) in plan.links()
    page = mette.get(path(home))
    assert "Nothing is passed on. A yes always names one daycare" in told(page)
    asked = mette.follow(mette.submit(page, action=path(home), house=HOUSE))
    assert "We pass nothing on without your consent" in asked.texts("//*[@role='status']")[0]
    assert "The talk is at Globen." in told(asked)
    assert not may_pass_on(site, home)
    with site.look() as now:
        (talk,) = talk_list.start_talks(now)
        assert (talk.child_id, talk.facility, talk.may_pass_on) == (home.child, HOUSE, False)


def test_which_daycare_must_be_said(site: Site, home: Home) -> None:
    mette = site.parent(home.mette)
    refused = mette.submit(mette.get(path(home)), action=path(home), status=422)
    assert refused.errors == ["Choose the daycare."]


def test_yes_and_no_are_equal_none_is_chosen_and_the_page_says_what_follows(site: Site, home: Home) -> None:
    attends(site, home)
    page = site.parent(home.mette).get(path(home))
    yes, no = page.all("//button[@name='answer']")
    assert yes.get("class") == no.get("class")
    assert not page.all("//*[@checked or @selected]")
    for sentence in (
        "to Globen?",
        "Without your yes nothing is passed on, neither in writing nor by word of mouth.",
        "A no changes nothing for you",
        "Your yes ends by itself on 12 February 2027.",
        "Another person with custody (forældremyndighed) has not answered yet.",
    ):
        assert sentence in told(page)


def test_both_must_say_yes_and_each_ends_it_alone(site: Site, home: Home) -> None:
    attends(site, home)
    mette, jonas = site.parent(home.mette), site.parent(home.jonas)
    receipt = answer(mette, home, "yes")
    assert receipt.texts("//dd")[0] == "Globen"
    assert "12 February 2027" in told(receipt)
    assert not may_pass_on(site, home)
    with site.look() as now:
        assert letters(now.session) == [("visits/start_talk", home.jonas)]
    seen = jonas.get(path(home))
    assert "Another person with custody (forældremyndighed) has answered." in told(seen)
    assert "The parent with whom the child lives can ask" in told(seen)
    answer(jonas, home, "yes")
    assert may_pass_on(site, home)
    back = jonas.follow(jonas.submit(jonas.get(path(home)), action=path(home, "/samtykke/tilbage")))
    assert "You took your yes back on" in told(back)
    assert path(home, "/kvitteringer") in back.links()
    assert not may_pass_on(site, home)


def test_what_the_other_has_answered_is_not_told(site: Site, home: Home) -> None:
    """The same page to the letter, whether the other said yes, or no, or took a yes back."""
    attends(site, home)
    mette, jonas = site.parent(home.mette), site.parent(home.jonas)
    answer(mette, home, "yes")
    pages = set()
    for said in ("no", "yes"):
        answer(jonas, home, said)
        pages.add(told(mette.get(path(home))))
    jonas.submit(jonas.get(path(home)), action=path(home, "/samtykke/tilbage"))
    assert pages == {told(mette.get(path(home)))}


def test_a_no_is_kept_and_can_become_a_yes(site: Site, home: Home) -> None:
    attends(site, home)
    mette = site.parent(home.mette)
    refused = answer(mette, home, "no")
    assert refused.texts("//*[@role='status']")[0] == "You have said no. Nothing changes."
    assert "You said no on" in told(refused)
    assert "You have said yes" in told(answer(mette, home, "yes"))


def test_an_answer_needs_a_yes_or_a_no_and_the_daycare_that_was_shown(site: Site, home: Home) -> None:
    attends(site, home)
    mette = site.parent(home.mette)
    page = mette.get(path(home))
    attends(site, home, OTHER_HOUSE)
    with site.work() as now:
        stops_going(now, home, HOUSE)
    refused = mette.submit(page, press="answer", value="yes", status=422)
    assert refused.errors == ["The daycare is another one by now. Read the page again before you answer."]
    assert "Regnbuen" in told(refused)
    assert not may_pass_on(site, home)
    with site.look() as now:
        assert not in_force(now, [matter_of(home.child, OTHER_HOUSE)])


def test_a_yes_for_one_daycare_is_none_for_the_next(site: Site, home: Home) -> None:
    attends(site, home)
    for person in (home.mette, home.jonas):
        answer(site.parent(person), home, "yes")
    assert may_pass_on(site, home)
    with site.work() as now:
        builders.attends(now, home.child, OTHER_HOUSE, since=now.today)
    assert "You have said yes" not in told(site.parent(home.mette).get(path(home)))
    assert not may_pass_on(site, home, OTHER_HOUSE)


def test_who_holds_custody_alone_is_told_of_nobody_else(site: Site) -> None:
    with site.work() as now:
        pair = builders.family(now)
        builders.attends(now, pair.child, HOUSE)
    alone = Home(pair.child, pair.parent, pair.parent)
    page = answer(site.parent(pair.parent), alone, "yes")
    assert "Another person" not in told(page)
    assert may_pass_on(site, alone)


def strangers(site: Site, home: Home) -> Mapping[str, UUID]:
    """Adults for whom there is no such page."""
    with site.work() as now:
        blocked, foster, former = builders.person(now), builders.person(now), builders.person(now)
        builders.lives_with(now, blocked, home.child)
        builders.block(now, blocked, home.child)
        builders.relate(now, foster, home.child, RelationKind.FOSTER)
        builders.relate(now, former, home.child, RelationKind.CUSTODY, until=now.today)
        return {"stranger": builders.family(now).parent, "blocked": blocked, "foster": foster, "former": former}


def test_for_whom_there_is_no_such_page(site: Site, home: Home) -> None:
    attends(site, home)
    for person in strangers(site, home).values():
        client = site.parent(person)
        client.get(path(home), status=404)
        token = client.get("/mit/en/barn").all("//main//input[@name='csrf_token']/@value")[0]
        for end in ("", "/fortryd", "/samtykke", "/samtykke/tilbage"):
            client.post(path(home, end), {"csrf_token": token, "house": HOUSE, "answer": "yes"}, status=404)
    with site.look() as now:
        assert not entries(now.session, "consent.answered")


def test_where_the_address_is_protected_the_other_never_learns_which_daycare(site: Site, home: Home) -> None:
    """And still counts: nothing is passed on before that custody holder has answered through staff."""
    with site.work() as now:
        now.session.execute(update(Child).where(Child.id == home.child).values(address_protected=True))
    attends(site, home)
    answer(site.parent(home.mette), home, "yes")
    site.parent(home.jonas).get(path(home), status=404)
    with site.look() as now:
        assert letters(now.session) == []
    assert not may_pass_on(site, home)


def test_the_parent_elsewhere_answers_and_does_not_ask(site: Site, home: Home) -> None:
    attends(site, home)
    with site.work() as now, pytest.raises(NotFound):
        start_talks.ask(builders.as_parent(now, home.jonas), home.jonas, home.child, HOUSE)


def test_an_unknown_or_other_house_is_refused(site: Site, home: Home) -> None:
    with site.work() as now:
        for house in ("nowhere", ""):
            with pytest.raises(NoSuchHouse):
                start_talks.ask(now, home.mette, home.child, house)
        builders.attends(now, home.child, HOUSE)
        with pytest.raises(NoSuchHouse):
            start_talks.ask(now, home.mette, home.child, OTHER_HOUSE)


def test_before_the_birth_there_is_no_start_talk(site: Site) -> None:
    with site.work() as now:
        mother, child = builders.person(now), builders.child(now, due=now.today + timedelta(days=60), name=None)
        builders.lives_with(now, mother, child)
    site.parent(mother).get(f"/mit/en/besog/{child}/start-samtale", status=404)


def test_the_desk_sees_whether_anything_may_be_said_and_arranges_the_talk(site: Site, home: Home) -> None:
    with site.work() as now:
        start_talks.ask(builders.as_parent(now, home.mette), home.mette, home.child, HOUSE)
    desk = at_desk(site)
    assert "/desk/besog/start-samtaler" in desk.get("/desk/").links()
    page = desk.get("/desk/besog/start-samtaler")
    assert page.texts("//tbody//td")[:1] == ["Globen"]
    assert page.texts("//tbody//span[contains(@class, 'tag')]") == ["Giv intet videre"]
    with site.look() as now:
        assert len(entries(now.session, "visit.start_talks_listed")) == 1
    for person in (home.mette, home.jonas):
        answer(site.parent(person), home, "yes")
    assert desk.get("/desk/besog/start-samtaler").texts("//tbody//span[contains(@class, 'tag')]") == [
        "I må give oplysninger videre"
    ]
    arranged = desk.follow(desk.submit(page))
    assert "Ingen familie beder om det nu." in arranged.text
    with site.look() as now:
        assert ("visits/start_talk", home.mette) in letters(now.session)
        assert talk_list.how_many_asked(now) == 0
    assert "The health visitor takes part" in told(site.parent(home.mette).get(path(home)))
    off = site.parent(home.mette)
    off.submit(off.get(path(home)), action=path(home, "/fortryd"))
    assert may_pass_on(site, home), "not needing company changes no consent"


def test_what_is_over_is_forgotten_and_what_is_asked_keeps_its_house_in_the_pack(site: Site, home: Home) -> None:
    with site.work() as now:
        start_talks.ask(now, home.mette, home.child, HOUSE)
        assert references.codes_in_use(now, frozenset({HOUSE, OTHER_HOUSE})) == {HOUSE}
        start_talks.take_back(now, home.mette, home.child)
        assert references.codes_in_use(now, frozenset({HOUSE})) == set()
        assert keeping.forget_old(now) == 0
    site.clock.move(days=3000)
    with site.work() as now:
        assert keeping.forget_old(now) == 1
        assert now.session.scalars(select(StartTalk)).all() == []
