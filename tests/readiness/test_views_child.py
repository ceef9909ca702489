"""The children on the way to school, one child's page, and asking for the separate assessment."""

from datetime import date, timedelta

from sqlalchemy import update

from parentsite.people.models import Attendance, Child, RelationKind
from tests import builders
from tests.readiness.pages import START, part, reader
from tests.readiness.scene import ASSESSMENT, BORN, HOUSE, published, scene
from tests.sites import Site


def test_a_parent_finds_what_is_written_from_my_page(site: Site) -> None:
    one = reader(site)
    mine = one.anne.get("/mit/en/")
    assert "The daycare has written about your child" in part(mine, "ongoing")
    assert "The daycare has written about your child" not in part(mine, "errands")
    assert f"{START}/{one.of.child}/beskrivelse" in mine.links()
    assert one.home in mine.links()
    front = one.anne.get(START)
    assert "Written at Regnbuen" in front.text
    assert one.home in front.links()


def test_news_is_news_for_sixty_days_and_stays_on_the_childs_page(site: Site) -> None:
    one = reader(site)
    site.clock.move(days=60)
    anne = site.parent(one.of.holders[0])
    assert "The daycare has written about your child" not in anne.get("/mit/en/").text
    assert "Version 1" in part(anne.get(one.home), "description")


def test_nothing_is_shown_beside_a_toddler_or_a_pupil(site: Site) -> None:
    with site.work() as now:
        anne = builders.person(now)
        for born in (now.today - timedelta(days=365 * 2), date(2018, 3, 1)):
            builders.lives_with(now, anne, builders.child(now, born=born))
    client = site.parent(anne)
    assert not [link for link in client.get("/mit/en/").links() if link.startswith(f"{START}/")]
    assert "We know of no child of yours that is on the way to school." in client.get(START).text


def test_before_anything_is_published_it_says_when_it_comes(site: Site) -> None:
    with site.work() as now:
        of = scene(now)
    home = site.parent(of.holders[0]).get(f"{START}/{of.child}")
    assert "Nothing is published yet." in part(home, "description")
    assert "We write to you when it is here." in part(home, "description")


def test_what_can_be_said_is_said_to_one_who_may_not_read(site: Site) -> None:
    with site.work() as now:
        of = scene(now, holders=3)
        published(now, of)
        foster = builders.person(now)
        builders.relate(now, foster, of.child, RelationKind.FOSTER)
        builders.block(now, of.holders[2], of.child)
        now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))
    for person, told in (
        (of.holders[1], "We cannot show it here. You still have a right to it. Call"),
        (foster, "You can read it here only if you have custody (forældremyndighed)."),
        (of.holders[2], "We know of no child of yours that is on the way to school."),
    ):
        client = site.parent(person)
        front = client.get(START)
        assert told in front.text
        assert "Regnbuen" not in front.text
        assert "The description" not in front.text
        assert "The daycare has written" not in client.get("/mit/en/").text
        for path in ("", "/beskrivelse", "/beskrivelse/1", "/beskrivelse/kommentar", "/beskrivelse/1/rettelse"):
            client.get(f"{START}/{of.child}{path}", status=404)


def test_a_parent_asks_for_the_assessment_and_takes_it_back(site: Site) -> None:
    one = reader(site)
    home = one.anne.get(one.home)
    assert "Everybody with custody can read it when it is written." in part(home, "ask")
    home = one.anne.follow(one.anne.submit(home, action=f"{one.home}/bed-om-vurdering"))
    assert home.texts("//*[@role='status']")[0] == "You have asked for the assessment."
    assert "You have asked the daycare for it." in part(home, "ask")
    assert "You have asked" not in part(one.bo.get(one.home), "ask")
    back = f"{one.home}/bed-om-vurdering/tilbage"
    home = one.anne.follow(one.anne.submit(home, action=back))
    assert home.texts("//*[@role='status']")[0] == "You no longer ask for the assessment."
    assert "The leader of the daycare must write it when you ask." in part(home, "ask")


def test_the_assessment_stands_beside_the_description_with_its_own_versions(site: Site) -> None:
    one = reader(site)
    with site.work() as now:
        published(now, one.of, ASSESSMENT, "Vurdering.")
        published(now, one.of)
    home = one.anne.get(one.home)
    assert "Version 2" in part(home, "description")
    assert "One earlier version" in part(home, "description")
    assert "Version 1" in part(home, "assessment")
    assert f"{one.home}/vurdering" in home.links()
    assert "Vurdering. 0" in one.anne.get(f"{one.home}/vurdering").text
    assert "Vurdering. 0" not in one.anne.get(one.newest).text


def test_where_no_daycare_is_known_nobody_is_asked(site: Site) -> None:
    with site.work() as now:
        anne, child = builders.person(now), builders.child(now, born=BORN)
        builders.lives_with(now, anne, child)
        builders.attends(now, child, HOUSE, until=now.today)
    home = site.parent(anne).get(f"{START}/{child}")
    assert "there is nobody we can ask for you" in part(home, "ask")
    assert not home.all("//main//form")


def test_who_asked_before_the_child_left_the_daycare_is_told_whom_to_call(site: Site) -> None:
    one = reader(site)
    one.anne.submit(one.anne.get(one.home), action=f"{one.home}/bed-om-vurdering")
    with site.work() as now:
        now.session.execute(update(Attendance).values(until=now.today))
    asked = part(one.anne.get(one.home), "ask")
    assert "so nobody can write it" in asked
    assert "Call " in asked
