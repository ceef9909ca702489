"""The ways into the journeys, as links in the page's language: what menus, front page and "my page" show."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import g, request, url_for

from parentsite.foundation.journey import Journey, Spot
from parentsite.foundation.web.language import gettext


class Link(NamedTuple):
    """A way as it is shown; `current` when it leads to the page one is on."""

    text: str
    href: str
    current: bool = False
    more: str = ""


def ways(journeys: Sequence[Journey], spot: Spot) -> list[Link]:
    """What the journeys show at a spot; staff see what their roles open."""
    found = (way for journey in journeys for way in journey.ways.get(spot, ()))
    return [link(way.text, way.endpoint, way.more) for way in found if way.role is None or way.role in g.actor.roles]


def link(text: str, endpoint: str, more: str = "") -> Link:
    """A link to a page, its words taken from the catalogue."""
    return Link(gettext(text), url_for(endpoint), request.endpoint == endpoint, gettext(more) if more else "")
