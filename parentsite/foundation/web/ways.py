"""The ways into the journeys, as links in the page's language: what menus, front page and "my page" show."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from flask import g, url_for

from parentsite.foundation.journey import Journey, Spot
from parentsite.foundation.web.language import gettext, language
from parentsite.foundation.web.pages import is_signed_in
from parentsite.foundation.work import ANONYMOUS


class Link(NamedTuple):
    """A way as it is shown."""

    text: str
    href: str
    endpoint: str
    more: str = ""


def ways(journeys: Sequence[Journey], spot: Spot) -> list[Link]:
    """What the journeys show at a spot; staff see what their roles open, and once what two of them do."""
    found = (way for journey in journeys for way in journey.ways.get(spot, ()))
    own = (link(way.text, way.endpoint, way.more) for way in found if way.role is None or way.role in g.actor.roles)
    return list(dict.fromkeys(own))


def link(text: str, endpoint: str, more: str = "") -> Link:
    """A link to a page, its words taken from the catalogue."""
    return Link(gettext(text), url_for(endpoint), endpoint, gettext(more) if more else "")


def made_once(menus: Callable[[], Mapping[str, Any]]) -> Callable[[], Mapping[str, Any]]:
    """The menus of an app, made once in each language for all who are signed in alike, with the same roles.

    They name pages, nobody and no family; to translate and address them anew took a tenth of a page's time.
    """
    made: dict[tuple[str, bool, frozenset[str]], Mapping[str, Any]] = {}

    def known() -> Mapping[str, Any]:
        alike = language().code, is_signed_in(), g.get("actor", ANONYMOUS).roles
        if alike not in made:
            made[alike] = menus()
        return made[alike]

    return known
