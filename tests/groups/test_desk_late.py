"""The desk of groups when things are not as the page showed them: another clerk was quicker, a role is lost, an id is
forged.
"""

import pytest
from sqlalchemy import select, update

from parentsite.foundation.web.sessions import WebSession
from parentsite.groups.models import GroupMember, GroupMessage
from parentsite.groups.service import staffing
from parentsite.groups.service.joining import join, leave
from parentsite.people.models import Child, Person
from tests import builders
from tests.groups.desks import at_desk
from tests.groups.scene import family, group, letters, meeting, states, two_members
from tests.sites import Site


def test_a_member_of_another_group_is_not_taken_out_by_this_ones_address(site: Site) -> None:
    with site.work() as now:
        of, (_, hers), _ = two_members(now)
        other = group(now)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/medlem/{hers}/ud")
    token = page.all("//main//input[@name='csrf_token']/@value")[0]
    desk.post(f"/desk/grupper/{other}/medlem/{hers}/ud", {"csrf_token": token}, status=404)
    with site.look() as now:
        assert states(now.session, of) == ["joined", "joined"]


def test_who_has_left_meanwhile_is_not_said_to_get_a_letter(site: Site) -> None:
    with site.work() as now:
        of, (mette, hers), _ = two_members(now)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/medlem/{hers}/ud")
    with site.work() as now:
        leave(builders.as_parent(now, mette.parent), mette.parent, hers)
    told = desk.follow(desk.submit(page))
    assert told.texts("//*[@role='status']")[:1] == ["Forælderen var ude af gruppen i forvejen."]
    with site.look() as now:
        assert letters(now.session, mette.parent) == ["groups/joined"]


def test_a_group_that_another_has_cancelled_is_not_written_to_and_the_words_stay(site: Site) -> None:
    with site.work() as now:
        of, (mette, _), _ = two_members(now)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/besked")
    with site.work() as now:
        staffing.cancel(now, of)
    refused = desk.submit(page, body="Vi ses på torsdag.", status=422)
    assert refused.errors == ["Gruppen er nedlagt. Ingen får beskeden."]
    assert refused.texts("//textarea") == ["Vi ses på torsdag."]
    with site.look() as now:
        assert not list(now.session.scalars(select(GroupMessage)))
        assert letters(now.session, mette.parent) == ["groups/ended", "groups/joined"]


def test_nobody_is_invited_to_a_group_that_is_over(site: Site) -> None:
    """The letter would lead to nothing, so none would be sent: the desk must not say that there are any."""
    with site.work() as now:
        of, fits = group(now), family(now)
        meeting(now, of, days=1)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/inviter")
    site.clock.move(days=2)
    desk = at_desk(site)
    again = desk.get(page.path)
    assert not again.all("//main//form")
    with site.look() as now:
        assert letters(now.session, fits.parent) == []


def test_who_is_not_to_be_written_to_is_not_invited(site: Site) -> None:
    """Blocked, dead, a child that died, another part of town: nobody of them counts, and nobody gets a letter."""
    with site.work() as now:
        of, fits = group(now), family(now)
        blocked, dead, sad, far = family(now), family(now), family(now), family(now, district="skovlunde")
        builders.block(now, blocked.parent, blocked.child)
        now.session.execute(update(Person).where(Person.id == dead.parent).values(died_on=now.today))
        now.session.execute(update(Child).where(Child.id == sad.child).values(died_on=now.today))
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/inviter")
    assert "Én forælder får et brev" in page.text
    desk.submit(page)
    with site.look() as now:
        got = {one: letters(now.session, one.parent) for one in (fits, blocked, dead, sad, far)}
        assert got == {fits: ["groups/invited"], blocked: [], dead: [], sad: [], far: []}


@pytest.mark.parametrize("path", ["luk", "besked", "inviter", "nedlaeg"])
def test_a_role_that_is_lost_while_the_page_is_open_closes_it(site: Site, path: str) -> None:
    with site.work() as now:
        of, (mette, _), _ = two_members(now)
        family(now)
    desk = at_desk(site)
    page = desk.get(f"/desk/grupper/{of}/{path}")
    with site.work() as now:
        now.session.execute(update(WebSession).values(roles=["placement"]))
    typed = {"body": "Vi ses."} if path == "besked" else {}
    desk.submit(page, status=403, **typed)
    with site.look() as now:
        assert states(now.session, of) == ["joined", "joined"]
        assert letters(now.session, mette.parent) == ["groups/joined"]


def test_two_clerks_close_and_take_out_at_once_and_nobody_is_told_twice(site: Site) -> None:
    with site.work() as now:
        of, one, two = group(now, capacity=1), family(now), family(now, "Sara")
        join(now, one.parent, one.child, of)
        join(now, two.parent, two.child, of)
        (waiting,) = now.session.scalars(select(GroupMember.id).where(GroupMember.state == "waiting"))
    first, second = at_desk(site), at_desk(site)
    closing, ending = first.get(f"/desk/grupper/{of}/luk"), second.get(f"/desk/grupper/{of}/medlem/{waiting}/ud")
    first.submit(closing)
    second.submit(ending)
    with site.look() as now:
        assert letters(now.session, two.parent) == ["groups/ended"]
