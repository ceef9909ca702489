"""A place of one's own: the phone, the meetings, what staff write, an offer, leaving; nothing of it in a title."""

import pytest

from parentsite.groups.models import GroupMember
from parentsite.groups.service import meetings, reaching, sharing, staffing
from parentsite.groups.service.joining import join, leave
from tests.builders import Pair
from tests.groups.pages import GROUPS, joined
from tests.groups.scene import (
    MOTHERS,
    YOUNG,
    family,
    group,
    meeting,
    states,
    two_members,
)
from tests.sites import Site
from tests.strict import Client


def test_without_the_tick_no_number_is_shown(site: Site, parent: Client) -> None:
    with site.work() as now:
        of, (sara, hers), _ = two_members(now)
    place = joined(parent, of)
    assert "The members do not see your number." in place.text
    theirs = site.parent(sara.parent)
    assert "12345678" not in theirs.get(f"{GROUPS}/plads/{hers}").text.partition("Your phone number")[0]
    place = parent.follow(parent.submit(place, action=f"{place.path}/telefon"))
    assert "Mette · 12345678" in theirs.get(f"{GROUPS}/plads/{hers}").text
    place = parent.follow(parent.submit(place, action=f"{place.path}/telefon/stop"))
    assert "Nobody in the group can see your phone number any more." in place.text
    assert "Mette · " not in theirs.get(f"{GROUPS}/plads/{hers}").text


def test_an_offer_that_ran_out_while_the_page_was_open(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        of, sara, last = group(now, capacity=1), family(now, "Sara"), family(now, "Leyla")
        hers = join(now, sara.parent, sara.child, of).member_id
        mine = join(now, mette.parent, mette.child, of).member_id
        join(now, last.parent, last.child, of)
        leave(now, sara.parent, hers)
    parent.get(f"{GROUPS}/plads/{mine}")
    site.clock.move(hours=48)
    parent = site.parent(mette.parent)
    page = parent.get(f"{GROUPS}/plads/{mine}")
    assert "The place was kept until the time was up" in page.text
    token = parent.get("/mit/en/barn").all("//main//input[@name='csrf_token']/@value")[0]
    refused = parent.post(f"{GROUPS}/plads/{mine}", {"csrf_token": token}, status=422)
    assert "It goes to the next in line." in refused.text
    assert "There is a place for you in a group" not in parent.get("/mit/en/").text


def test_no_thank_you_gives_the_place_on(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        of, sara = group(now, capacity=1), family(now, "Sara")
        hers = join(now, sara.parent, sara.child, of).member_id
        mine = join(now, mette.parent, mette.child, of).member_id
        leave(now, sara.parent, hers)
    page = parent.get(f"{GROUPS}/plads/{mine}/forlad")
    assert page.h1 == "Say no to the place?"
    assert "Your place goes to the first in line at once." in page.text
    front = parent.follow(parent.submit(page))
    assert front.texts("//*[@role='status']")[0] == "You have said no to the place."
    assert "You have no place in the group" in parent.get(f"{GROUPS}/plads/{mine}").text
    with site.look() as now:
        assert states(now.session, of) == ["left", "left"]


def test_who_stands_in_line_no_longer_is_not_said_to_have_left_a_group(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        of, sara = group(now, capacity=1), family(now, "Sara")
        join(now, sara.parent, sara.child, of)
        mine = join(now, mette.parent, mette.child, of).member_id
    front = parent.follow(parent.submit(parent.get(f"{GROUPS}/plads/{mine}/forlad")))
    assert front.texts("//*[@role='status']")[0] == "You stand in line no longer."


def test_leaving_says_what_follows_first(site: Site, parent: Client) -> None:
    with site.work() as now:
        of = group(now)
    place = joined(parent, of)
    page = parent.get(f"{place.path}/forlad")
    assert "The members do not see your name" in page.text
    with site.look() as now:
        assert states(now.session, of) == ["joined"], "nothing happens by looking"
    front = parent.follow(parent.submit(page))
    assert "You have left the group." in front.text
    assert f"{GROUPS}/{of}" in front.links()
    assert parent.get(f"{place.path}/forlad", status=303).location == place.path


def test_a_meeting_she_cannot_come_to(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        of, _, _ = two_members(now)
        soon, late = meeting(now, of), meeting(now, of, days=14, address=None)
    place = joined(parent, of)
    assert place.texts("//section[@aria-labelledby='meetings']//h3")[0].startswith("Thursday, 19")
    assert "We do not know the address yet." in place.text
    mine = parent.get("/mit/en/")
    assert "Your group meets" in mine.texts("//section[@aria-labelledby='ongoing']//h3")
    absent = f"{place.path}/moede/{soon}/afbud"
    place = parent.follow(parent.submit(place, action=absent))
    assert "You have said that you cannot come." in place.text
    assert "You have said that you cannot come." in parent.get(GROUPS).text
    place = parent.follow(parent.submit(place, action=f"{place.path}/moede/{soon}/kommer"))
    assert absent in place.all("//form/@action")
    with site.work() as now:
        meetings.cancel_meeting(now, late)
    other = f"{place.path}/moede/{late}/afbud"
    assert "Nothing was changed" in parent.follow(parent.submit(place, action=other)).text
    assert other not in parent.get(place.path).all("//form/@action")


def test_what_staff_write_is_marked_as_danish(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        of = group(now)
        mine = join(now, mette.parent, mette.child, of).member_id
        reaching.write_to_members(now, of, of, "Tag et tæppe med.")
    page = parent.get(f"{GROUPS}/plads/{mine}")
    assert page.texts("//main//*[@lang='da'][@dir='ltr']") == ["Tag et tæppe med."]


def test_a_cancelled_group_says_so_to_its_members(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        of = group(now)
        mine = join(now, mette.parent, mette.child, of).member_id
        staffing.cancel(now, of)
    assert "the group does not meet any more" in parent.get(f"{GROUPS}/plads/{mine}").text


@pytest.mark.parametrize("kind", [YOUNG, MOTHERS])
def test_a_sensitive_kind_stands_in_no_title(site: Site, mette: Pair, parent: Client, kind: str) -> None:
    with site.work() as now:
        full, of = group(now, kind=kind, capacity=1), group(now, kind=kind)
        sara = family(now, "Sara")
        hers = join(now, sara.parent, sara.child, full).member_id
        line = join(now, mette.parent, mette.child, full).member_id
    name = "Group for young mothers" if kind == YOUNG else "Mothers' group"
    place = joined(parent, of)
    seen = [parent.get(f"{GROUPS}/plads/{line}"), place, parent.get(f"{place.path}/forlad")]
    parent.submit(seen[-1])
    with site.work() as now:
        leave(now, sara.parent, hers)
    seen += [parent.get(f"{GROUPS}/plads/{line}"), parent.get(place.path), parent.get(f"{GROUPS}/{of}")]
    assert all(name in page.text for page in seen)
    titled = {page.h1.startswith(name) for page in seen if not page.path.endswith("forlad")}
    assert titled == {kind == MOTHERS}
    assert kind not in "".join(page.path for page in seen)


def test_what_is_anothers_is_not_there(site: Site, parent: Client) -> None:
    with site.work() as now:
        of, (_, hers), _ = two_members(now)
        starts = meeting(now, of)
        sharing.share_phone(now, now.session.get_one(GroupMember, hers).person_id, hers)
    token = {"csrf_token": parent.get(f"{GROUPS}/{of}").all("//main//input[@name='csrf_token']/@value")[0]}
    for path in ("", "/forlad"):
        parent.get(f"{GROUPS}/plads/{hers}{path}", status=404)
    for path in ("", "/forlad", "/telefon", "/telefon/stop", f"/moede/{starts}/afbud", f"/moede/{starts}/kommer"):
        parent.post(f"{GROUPS}/plads/{hers}{path}", token, status=404)
    with site.look() as now:
        assert states(now.session, of) == ["joined", "joined"]
