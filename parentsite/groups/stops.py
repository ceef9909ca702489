"""The stop of the journey on a child's way to school: a group for its parents. Its kind is never named here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from parentsite.foundation.clock import local_date
from parentsite.foundation.journey import Stop
from parentsite.foundation.web.language import gettext
from parentsite.foundation.work import Work
from parentsite.groups.rules.membership import MemberState
from parentsite.groups.service.inside import OwnPlace
from parentsite.groups.service.overview import NextMeeting

GROUP = "group"
STANDS = timedelta(weeks=5)
"""Where on the line a group stands whose day nobody knows: when the first visits are over."""


def by_rule(work: Work, child: Any) -> list[Stop]:
    """The note promises groups to all new mothers, and no day."""
    text = gettext("The health visitors start groups for parents of babies. You choose yourself whether to join.")
    name = gettext("A group for parents (mødregruppe)")
    endpoint = "groups_public.guide" if child.id is None else "groups.front"
    return [Stop(GROUP, name, text, endpoint, stands=child.counts_from + STANDS)]


def happened(work: Work, child: Any, place: OwnPlace, meetings: Mapping[UUID, NextMeeting]) -> Stop:
    """What this parent has in a group with the child."""
    texts = {
        MemberState.JOINED: gettext("You are in a group."),
        MemberState.OFFERED: gettext("A place in a group is kept for you. Say yes or no."),
        MemberState.WAITING: gettext("You stand in line for a group."),
    }
    (stop,) = by_rule(work, child)
    stop = replace(stop, text=texts[place.state], is_done=place.state is MemberState.JOINED, child=child.id)
    stop = stop.leading_to("groups.place", member=place.id)
    ahead = meetings.get(place.id)
    if ahead is None or ahead.is_absent:
        return stop
    return replace(stop, first=local_date(ahead.starts_at), at=ahead.starts_at, is_done=False)
