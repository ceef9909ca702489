"""What every page of an app knows besides its own facts: where its menus lead, the town, and who is signed in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import g, request, url_for
from sqlalchemy.exc import SQLAlchemyError

from parentsite.foundation.i18n import N_
from parentsite.foundation.journey import Journey, Spot
from parentsite.foundation.web.discreet import WAY_OUT
from parentsite.foundation.web.language import gettext, language
from parentsite.foundation.web.pages import is_signed_in
from parentsite.foundation.web.transactions import moment, work
from parentsite.foundation.web.ways import Link, link, made_once, ways
from parentsite.foundation.web.zones import zone_of
from parentsite.people.oversight import ROLE
from parentsite.town.service import NoTown, current_town
from parentsite.town.town import Town

ON_A_PHONE = 4
"""So many ways have room in the menu itself; the rest are under "More"."""
Menus = Callable[[Sequence[Journey]], Mapping[str, Any]]


def frame_of(menus: Menus, journeys: Sequence[Journey]) -> Callable[[], Mapping[str, Any]]:
    """What every page of an app knows: the menus, and what holds for this one answer."""
    known = made_once(lambda: menus(journeys))

    def frame() -> Mapping[str, Any]:
        ends = g.visit.ends(moment()) if "visit" in g else None
        return {
            **known(),
            "endpoint": request.endpoint,
            "town": _town(),
            "zone": zone_of(request.path).value,
            "signed_in": is_signed_in(),
            "session_ends_at": ends,
            "session_ends_in": int((ends - moment()).total_seconds()) if ends else None,
            "was_rescued": g.get("was_rescued", False),
        }

    return frame


def parents_menus(journeys: Sequence[Journey]) -> Mapping[str, Any]:
    """What the public pages and "my page" lead to."""
    about, help_ = ways(journeys, Spot.MENU), link(N_("Find help"), "help.directory")
    signed_in = is_signed_in()
    front = url_for("home.front")
    rest = [*about[ON_A_PHONE:], help_]
    own = [link(N_("Your calendar"), "calendar.front"), link(N_("Who has looked"), "looked.front")]
    return {
        "nav_items": [link(N_("My page"), "mine.front")] if signed_in else about[:ON_A_PHONE],
        "more_items": [*ways(journeys, Spot.MY_MENU), *own, *about, help_] if signed_in else rest,
        "front_url": front,
        "sign_in_url": url_for("mine.front"),
        "sign_out_url": url_for("signin.leave"),
        "my_page_url": url_for("mine.front"),
        "tell_of_child_url": url_for("mine.declare"),
        "contact_url": url_for("mine.contact"),
        "my_calendar_url": url_for("calendar.front"),
        "footer_links": [
            (help_.text, help_.href),
            (gettext("Talk to somebody without giving your name"), f"/samtale{front}"),
            (gettext("Accessibility statement"), url_for("home.accessibility")),
            (gettext("How we look after your data"), url_for("home.privacy")),
        ],
    }


def desk_menus(journeys: Sequence[Journey]) -> Mapping[str, Any]:
    """What the desk leads to."""
    return {
        "nav_items": [*ways(journeys, Spot.DESK_MENU), *_across(journeys)] if is_signed_in() else [],
        "more_items": [],
        "front_url": url_for("desk.front"),
        "sign_in_url": url_for("signin.begin"),
        "sign_out_url": url_for("signin.leave"),
        "my_page_url": url_for("desk.front"),
        "footer_links": [],
    }


def _across(journeys: Sequence[Journey]) -> list[Link]:
    """What the desk itself has, for those whose role opens it."""
    own = [
        ({one.role for journey in journeys for one in journey.searches}, N_("Search"), "desk_search.search"),
        ({role for journey in journeys for role in journey.counting}, N_("Figures"), "desk_figures.figures"),
        ({ROLE}, N_("The log"), "desk_log.entries"),
    ]
    return [link(text, endpoint) for roles, text, endpoint in own if roles & g.actor.roles]


def samtale_menus(journeys: Sequence[Journey]) -> Mapping[str, Any]:
    """What the anonymous zone leads to: nothing that knows who somebody is."""
    code = language().code
    return {
        "layout": "counselling/zone.html",
        "way_out": WAY_OUT,
        "nav_items": [],
        "more_items": [],
        "front_url": f"/{code}/",
        "sign_in_url": None,
        "sign_out_url": None,
        "my_page_url": None,
        "footer_links": [
            (gettext("Accessibility statement"), f"/{code}/tilgaengelighed"),
            (gettext("How we look after your data"), f"/{code}/privatliv"),
        ],
    }


def _town() -> Town | None:
    """The town, or none when the database cannot say: a page about trouble must not make more."""
    try:
        return current_town(work().session)
    except (SQLAlchemyError, NoTown):
        return None
