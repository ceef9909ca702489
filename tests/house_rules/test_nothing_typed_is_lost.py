"""Every form in which something is typed or chosen gives it back when it was sent too late: no page forgets to.

Each page with a form is found by following links, filled in with something else than it shows, and sent after the end.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.web import sessions
from parentsite.foundation.web.rescue import RescuedText
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor
from tests.house_rules.routes import routes_of
from tests.house_rules.test_every_page import Town, endpoint_of, walk
from tests.sites import Site
from tests.strict import Client

NOT_TYPED = {"hidden", "submit", "file"}
"""No browser lets a page fill in a file."""
OTHER_TEXT = {"date": "2027-03-04", "email": "anden@example.dk", "tel": "12 34 56 78"}


@pytest.mark.parametrize("zone", [Zone.MIT, Zone.DESK])
def test_every_form_gives_back_what_was_typed_too_late(site: Site, clock: FixedClock, zone: Zone) -> None:
    town = Town(site)
    clients = {
        Zone.MIT: ([town.parent, town.waiting], "/mit/da/"),
        Zone.DESK: ([town.clerk, town.visitor, town.organiser, town.pedagogue, town.officer], "/desk/"),
    }
    tried, lost = set(), []
    for client, actor in [(client, who(site, client, zone)) for client in clients[zone][0]]:
        sign_in(site, client, zone, actor)
        for path, endpoint in forms_below(site, client, clients[zone][1], zone):
            if endpoint not in tried and (typed := fill_in_otherwise(client, path)):
                tried.add(endpoint)
                too_late(clock, client, path, typed)
                sign_in(site, client, zone, actor)
                if shown(client, path, typed) != typed:
                    lost.append(endpoint)
    assert tried
    assert lost == []
    assert kept(site) == 0


def forms_below(site: Site, client: Client, start: str, zone: Zone) -> Iterator[tuple[str, str]]:
    """The pages that can be reached and whose address also takes a form."""
    maps = {route.app.name: route.app.url_map for route in routes_of(site) if route.zone is zone}
    (urls,) = (each.bind("") for each in maps.values())
    takers = {route.rule.endpoint for route in routes_of(site) if {"GET", "POST"} <= route.methods}
    for path in sorted(walk(client, [start], {zone})):
        endpoint = endpoint_of(urls, path)
        if endpoint in takers:
            yield path, str(endpoint)


def fill_in_otherwise(client: Client, path: str) -> MultiDict[str, str]:
    """What somebody types and chooses in the page's form: nothing is left as it was."""
    typed: MultiDict[str, str] = MultiDict()
    for control in controls(client.get(path)):
        name, kind = control.get("name"), control.get("type")
        if control.tag == "select":
            typed[name] = control.xpath(".//option/@value")[-1]
        elif kind == "radio":
            typed[name] = control.get("value")
        elif kind == "checkbox":
            typed.add(name, control.get("value", "on"))
        else:
            typed[name] = OTHER_TEXT.get(kind, "Ærø 7")
    return typed


def too_late(clock: FixedClock, client: Client, path: str, typed: MultiDict[str, str]) -> None:
    """Send it when the session has ended."""
    token = client.get(path).all("//main//input[@name='csrf_token']/@value")[0]
    clock.move(minutes=45)
    client.post(path, MultiDict([*typed.items(multi=True), ("csrf_token", token)]))


def who(site: Site, client: Client, zone: Zone) -> Actor:
    """Who is signed in, in this browser."""
    with site.look() as work:
        actor = sessions.find(work.session, str(client.cookie(zone)), zone, work.now).actor
    assert actor is not None
    return actor


def sign_in(site: Site, client: Client, zone: Zone, actor: Actor) -> None:
    with site.work() as work:
        client.set_cookie(zone, sessions.begin(work, zone, actor))


def shown(client: Client, path: str, typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """What the form holds now."""
    now: MultiDict[str, str] = MultiDict()
    for control in controls(client.get(path)):
        name, kind = control.get("name"), control.get("type")
        if control.tag == "select":
            now[name] = "".join(control.xpath(".//option[@selected]/@value"))
        elif kind not in {"radio", "checkbox"}:
            now[name] = control.text or "" if control.tag == "textarea" else control.get("value")
        elif control.get("checked") is not None:
            now.add(name, control.get("value", "on"))
    return now


def controls(page: Any) -> list[Any]:
    """What a person fills in, in the forms that are sent to the page's own address."""
    found = page.all("//main//form[@method='post']//*[self::input or self::select or self::textarea]")
    return [one for one in found if one.get("type") not in NOT_TYPED and one.get("name")]


def kept(site: Site) -> int:
    with site.look() as work:
        return work.session.scalar(select(func.count()).select_from(RescuedText)) or 0
