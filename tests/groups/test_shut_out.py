"""A blocked adult never learns of the other's group, also by comparing what the site tells others; nobody gets into a
place that is not one's own.
"""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import update

from parentsite.foundation.work import Work
from parentsite.groups.letters import about_group
from parentsite.groups.service import chores, reaching
from parentsite.groups.service.joining import join, leave
from parentsite.groups.service.phones import who_shares
from parentsite.people.models import Child, Relation
from tests import builders
from tests.builders import Pair
from tests.groups.pages import GROUPS, PUBLIC, plain
from tests.groups.scene import DROP_IN, YOUNG, broken, family, group, meeting, states, two_members
from tests.house_rules.routes import routes_of
from tests.sites import Site
from tests.visits.desks import token


def test_what_anybody_may_read_is_the_same_before_and_after_somebody_joins(site: Site) -> None:
    """To a blocked adult the other's group looks full: a public page with free places would give her away."""
    nobody = site.client()
    with site.work() as now:
        of, mother, his = group(now, capacity=3), family(now), family(now, "Bo")
        builders.block(now, his.parent, mother.child)
    before = plain(nobody.get(PUBLIC))
    assert "1 January 2026" in before
    with site.work() as now:
        join(now, mother.parent, mother.child, of)
    assert plain(nobody.get(PUBLIC)) == before
    page = site.parent(his.parent).get(f"{GROUPS}/{of}")
    assert "The group is full. You will be number 1 in line." in page.text


def test_where_everybody_may_come_a_blocked_adult_is_asked_to_call_and_nothing_else_is_said(site: Site) -> None:
    """Such a group is never full: to say so would tell of the other, and "come when you like" would lead to her."""
    with site.work() as now:
        of, mother, his = group(now, kind=DROP_IN, capacity=None), family(now), family(now, "Bo")
        others = family(now, "Sara")
        builders.block(now, his.parent, mother.child)
        join(now, mother.parent, mother.child, of)
    him, path = site.parent(his.parent), f"{GROUPS}/{of}"
    assert "Everybody may come" in site.parent(others.parent).get(path).text
    pages = [him.get(GROUPS), him.get(path)]
    assert not pages[1].all("//main//form"), "and no button"
    placed = him.follow(him.post(path, token(him.get("/mit/en/")) | {"child": str(his.child)}))
    for page in (*pages, placed, him.get(GROUPS)):
        said = plain(page)
        assert "Call us before you come." in said, page.path
        for word in (
            "full",
            "in line",
            "Everybody may come",
            "Come when you like",
            "do not have to tell us",
            "falls free",
        ):
            assert word.casefold() not in said.casefold(), (page.path, word)
    with site.look() as now:
        assert states(now.session, of) == ["joined", "waiting"]


def ended(work: Work, one: Pair) -> None:
    """The child does not live with her any more, and she does not decide for it."""
    work.session.execute(update(Relation).where(Relation.person_id == one.parent).values(until=work.today))


def shut(work: Work, one: Pair) -> None:
    builders.block(work, one.parent, one.child)


def died(work: Work, one: Pair) -> None:
    work.session.execute(update(Child).where(Child.id == one.child).values(died_on=work.today))


GONE: dict[str, Callable[[Work, Pair], None]] = {"relation ended": ended, "blocked": shut, "the child died": died}


ALWAYS = ("/forlad", "/telefon/stop")
"""Leaving, and taking back what one allowed: also who may not come any more can do it."""


def addresses(site: Site, ids: dict[str, object]) -> Iterator[tuple[str, bool]]:
    """Every address of the journey that holds a place or a meeting, and whether it changes anything."""
    for route in routes_of(site):
        if route.rule.endpoint.startswith("groups.") and "member" in route.rule.arguments:
            yield route.with_values(ids), route.is_unsafe


@pytest.mark.parametrize("who", [*GONE, "another family", "another member"])
def test_no_address_leads_into_a_place_that_is_not_ones_own(site: Site, who: str) -> None:
    with site.work() as now:
        of, (mette, hers), (sara, _) = two_members(now, kind=YOUNG)
        ids = {"member": hers, "meeting": meeting(now, of)}
        stranger = family(now, "Bo").parent
    person = {"another family": stranger, "another member": sara.parent}.get(who, mette.parent)
    browser = site.parent(person)
    sent = token(browser.get("/mit/da/"))
    if who in GONE:
        with site.work() as now:
            GONE[who](now, mette)
    with site.look() as now:
        before = states(now.session, of)
    asked = dict(addresses(site, ids))
    assert len(asked) > 5
    for path, is_unsafe in asked.items():
        browser.get(path, status=(404, 405))
        if is_unsafe and not (who in GONE and path.endswith(ALWAYS)):
            browser.post(path, sent | {"phone": "1"}, status=(404, 405))
    with site.look() as now:
        assert states(now.session, of) == before
        assert who_shares(now, of, [mette.parent]) == set()
    for path in ("/mit/da/", "/mit/da/grupper"):
        assert str(hers) not in "".join(browser.get(path).links())


def test_an_offer_that_ran_out_is_not_taken_by_a_page_that_stood_open(site: Site) -> None:
    with site.work() as now:
        of, first, late, next_one = group(now, capacity=1), family(now), family(now, "Bo"), family(now, "Ida")
        place = join(now, first.parent, first.child, of)
        waiting = join(now, late.parent, late.child, of)
        join(now, next_one.parent, next_one.child, of)
        leave(now, first.parent, place.member_id)
    browser = site.parent(late.parent)
    page = browser.get(f"{GROUPS}/plads/{waiting.member_id}")
    site.clock.move(hours=49)
    browser = site.parent(late.parent)
    path = f"{GROUPS}/plads/{waiting.member_id}"
    browser.post(path, token(browser.get(path)), status=422)
    with site.work() as now:
        chores.offer_on(now)
        assert states(now.session, of) == ["left", "expired", "offered"]
        assert chores.offer_on(now) == 0
        assert broken(now.session) == []
    assert page.text != browser.get(path).text


def test_an_invitation_leads_nobody_in_who_may_not_come_any_more(site: Site) -> None:
    with site.work() as now:
        of, one = group(now), family(now)
        assert reaching.invite(now, of) == 1
        assert about_group(now, one.parent, group=str(of)) == {"path": f"grupper/{of}"}
        builders.block(now, one.parent, one.child)
        assert about_group(now, one.parent, group=str(of)) is None
    site.parent(one.parent).get(f"{GROUPS}/{of}", status=404)
