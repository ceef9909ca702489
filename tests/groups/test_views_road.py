"""The parent's road into a group: she sees what fits, is told what the others will see, joins, or stands in line."""

from datetime import date, timedelta

from sqlalchemy import select

from parentsite.consent.models import ConsentReceipt
from parentsite.groups.models import GroupMember
from parentsite.groups.rules.fitting import Births
from parentsite.groups.service import meetings, staffing
from parentsite.groups.service.joining import join, leave
from parentsite.people.models import Person
from tests import builders
from tests.builders import Pair
from tests.groups.pages import GROUPS, PUBLIC, joined, plain
from tests.groups.scene import (
    ADDRESS,
    BORN,
    DISTRICT,
    EVENING,
    OTHER,
    YOUNG,
    family,
    group,
    meeting,
    states,
    two_members,
)
from tests.sites import Site
from tests.strict import Client


def test_anybody_sees_kinds_and_open_groups_but_neither_members_nor_addresses(site: Site) -> None:
    nobody = site.client()
    assert "We know of no group that you can join just now." in nobody.get(PUBLIC).text
    with site.work() as now:
        of, _, _ = two_members(now)
        meeting(now, of)
        closed = group(now, district=OTHER)
        staffing.close(now, closed)
    page = nobody.get(PUBLIC)
    assert page.headers.get("Set-Cookie") is None
    assert "Group for young mothers" in page.text
    told = plain(page)
    assert "For children born, or due, from 1 January 2026 to 28 February 2026" in told
    assert "Next meeting: Thursday, 19 February 2026" in told
    assert page.texts("//section[@aria-labelledby='open']/h3") == ["Baltorp"]
    assert not [word for word in ("Mette", "Sara", ADDRESS) if word in page.text]
    assert GROUPS in page.links()


def test_what_is_open_is_told_anew_each_time(site: Site) -> None:
    nobody = site.client()
    with site.work() as now:
        of = group(now)
    assert "1 January 2026" in plain(nobody.get(PUBLIC))
    with site.work() as now:
        staffing.close(now, of)
    assert "1 January 2026" not in plain(nobody.get(PUBLIC))


def test_what_fits_the_child_stands_first(site: Site, parent: Client) -> None:
    with site.work() as now:
        fits, elsewhere = group(now), group(now, district=OTHER)
        older = group(now, births=Births(BORN - timedelta(days=400), BORN - timedelta(days=300)))
    page = parent.get(GROUPS)
    found = [link for link in page.links() if link.startswith(f"{GROUPS}/")]
    assert found == [f"{GROUPS}/{one}" for one in (fits, elsewhere, older)]
    assert page.texts("//main//h2") == ["Groups that fit Asta"]
    more = ["One group in another part of town", "Groups for older and younger children"]
    assert page.texts("//main//summary") == more
    assert "The group is for children of another age" in parent.get(f"{GROUPS}/{older}").text
    assert "Started by Hanne Sund" in plain(page)


def test_she_is_told_what_the_others_see_and_ticks_the_phone_herself(site: Site, parent: Client) -> None:
    with site.work() as now:
        of = group(now)
        starts = meeting(now, of)
    page = parent.get(f"{GROUPS}/{of}")
    assert "The other members see your first name" in page.text
    assert "Yes, the members may also see my phone number: 12345678" in page.text
    assert page.all("//input[@name='phone'][@checked]") == []
    assert "Started by Hanne Sund" in page.text
    assert ADDRESS not in page.text
    place = parent.follow(parent.submit(page, phone="y"))
    assert place.texts("//*[@role='status']")[0] == "You have a place in the group."
    assert ADDRESS in place.text
    assert "You are the first." in place.text
    assert "You said it on" in place.text
    assert f"{place.path}/moede/{starts}/afbud" in place.all("//form/@action")
    with site.look() as now:
        assert [one.language for one in now.session.scalars(select(ConsentReceipt))] == ["en"]


def test_she_sees_all_the_dates_and_no_address_before_she_chooses(site: Site, parent: Client) -> None:
    with site.work() as now:
        of, sara = group(now, capacity=1), family(now, "Sara")
        for days in (7, 14, 21):
            meeting(now, of, days=days)
        meetings.cancel_meeting(now, meeting(now, of, days=28))
    dates = [f"Thursday, {day} 2026 at 10:00. Until 12:00" for day in ("19 February", "26 February", "5 March")]
    page = parent.get(f"{GROUPS}/{of}")
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in page.texts("//main//details//li")] == dates
    assert ADDRESS not in page.text
    with site.work() as now:
        join(now, sara.parent, sara.child, of)
    waiting = joined(parent, of)
    assert "You are number 1 in line" in waiting.text
    assert len(waiting.texts("//main//details//li")) == 3


def test_who_has_no_phone_number_is_told_how_to_give_one(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        now.session.get_one(Person, mette.parent).phone = None
        of = group(now)
    page = parent.get(f"{GROUPS}/{of}")
    assert page.all("//input[@name='phone']") == []
    assert "/mit/en/kontakt" in page.links()


def test_a_press_made_twice_is_one_place(site: Site, parent: Client) -> None:
    with site.work() as now:
        of = group(now)
    page = parent.get(f"{GROUPS}/{of}")
    assert parent.submit(page).location == parent.submit(page).location
    assert parent.get(f"{GROUPS}/{of}", status=303).location.startswith(f"{GROUPS}/plads/")
    with site.look() as now:
        assert states(now.session, of) == ["joined"]


def test_a_full_group_has_a_line_and_the_first_is_offered_what_falls_free(site: Site, parent: Client) -> None:
    with site.work() as now:
        of, sara, third = group(now, capacity=1), family(now, "Sara"), family(now, "Leyla")
        hers = join(now, sara.parent, sara.child, of).member_id
        join(now, third.parent, third.child, of)
    page = parent.get(f"{GROUPS}/{of}")
    assert "The group is full. You will be number 2 in line." in page.text
    assert "We keep the place for 48 hours." in page.text
    assert page.all("//input[@name='phone']") == []
    place = parent.follow(parent.submit(page))
    assert "There was no free place, so you stand in line." in place.text
    assert "You are number 2 in line" in place.text
    assert "You are number 2 in line." in parent.get(GROUPS).text
    with site.work() as now:
        leave(now, third.parent, join(now, third.parent, third.child, of).member_id)
        leave(now, sara.parent, hers)
    mine = parent.get("/mit/en/")
    assert "There is a place for you in a group" in mine.texts("//section[@aria-labelledby='errands']//h3")
    offered = parent.get(place.path)
    assert "Answer before Saturday, 14 February 2026 at 10:00" in plain(offered)
    taken = parent.follow(parent.submit(offered, action=place.path, phone="y"))
    assert "You said it on" in taken.text
    assert parent.submit(offered, action=place.path).location == place.path, "pressed again, nothing more happens"


def test_one_of_several_children(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        twin = builders.child(now, born=BORN, name="Bo", district=DISTRICT)
        builders.lives_with(now, mette.parent, twin)
        of = group(now)
    page = parent.get(f"{GROUPS}/{of}")
    refused = parent.submit(page, status=422)
    assert refused.errors == ["Choose the child you come with."]
    parent.submit(page, child=str(twin))
    with site.look() as now:
        assert now.session.scalars(select(GroupMember.child_id)).all() == [twin]


def test_one_place_for_a_child_or_one_for_each_parent(site: Site, mette: Pair) -> None:
    with site.work() as now:
        other = builders.person(now, given_name="Bo", district=DISTRICT)
        builders.lives_with(now, other, mette.child)
        mothers, young = group(now), group(now, kind=YOUNG)
        for of in (mothers, young):
            join(now, mette.parent, mette.child, of)
    father = site.parent(other)
    page = father.get(f"{GROUPS}/{mothers}")
    assert "There is one place for each child" in page.text
    assert "The child has its place already" in father.submit(page, status=422).text
    assert "Both parents of a child may come." in father.get(f"{GROUPS}/{young}").text
    assert joined(father, young).path.startswith(f"{GROUPS}/plads/")


def test_a_group_that_closed_while_the_page_was_open(site: Site, parent: Client) -> None:
    with site.work() as now:
        of, next_one = group(now), group(now)
    page = parent.get(f"{GROUPS}/{of}")
    with site.work() as now:
        staffing.close(now, of)
    for refused in (parent.submit(page, status=410), parent.get(f"{GROUPS}/{of}", status=410)):
        assert refused.errors == ["See the other groups."]
        assert f"{GROUPS}/{next_one}" in refused.links()


def test_an_evening_tells_nobody_of_anybody(site: Site, parent: Client) -> None:
    with site.work() as now:
        of = group(now, kind=EVENING, births=None, district=None, capacity=20)
    page = parent.get(f"{GROUPS}/{of}")
    assert page.all("//input[@name='phone']") == []
    assert "What the others see" not in page.text
    assert "The other members" not in joined(parent, of).text


def test_who_has_no_child_to_come_with_is_shown_no_group_and_told_what_to_do(site: Site) -> None:
    with site.work() as now:
        of, alone = group(now), builders.person(now)
    nobody = site.parent(alone)
    page = nobody.get(GROUPS)
    assert "/mit/en/barn" in page.links()
    nobody.get(f"{GROUPS}/{of}", status=404)


def test_the_way_to_the_groups_stands_beside_children_below_school_age(site: Site) -> None:
    with site.work() as now:
        small, big = family(now, born=date(2020, 1, 1)), family(now, born=date(2019, 12, 31))
    ways = [site.parent(one.parent).get("/mit/en/").texts("//main//a[.='Groups for parents']") for one in (small, big)]
    assert [len(found) for found in ways] == [1, 0]
