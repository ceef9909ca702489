"""How the journey takes part: pages of parents and of those who run groups, what waits for whom, chores, letters."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from parentsite.foundation.calendar import CalendarEntry
from parentsite.foundation.clock import local_date
from parentsite.foundation.i18n import N_
from parentsite.foundation.journey import Errand, Journey, QueueItem, Spot, Stop, Way
from parentsite.foundation.web.language import gettext
from parentsite.foundation.work import Work
from parentsite.groups import letters, stops
from parentsite.groups.desk import creating, ending, group, lists, reaching
from parentsite.groups.desk import meeting as desk_meeting
from parentsite.groups.desk.blueprint import desk
from parentsite.groups.public import public
from parentsite.groups.rules.fitting import is_at_school
from parentsite.groups.rules.membership import MemberState
from parentsite.groups.service import acts, chores, desk_lists, references, unrelated
from parentsite.groups.service import calendar as entries
from parentsite.groups.service.gate import NEEDED
from parentsite.groups.service.inside import OwnPlace, own_places
from parentsite.groups.service.overview import next_meetings
from parentsite.groups.service.reading import READINGS, ROLE
from parentsite.groups.views import finding, meeting, place
from parentsite.groups.views.blueprint import mit

PAGES = (finding, place, meeting, lists, creating, group, desk_meeting, reaching, ending)
"""Named, because each hangs its views on the blueprint when it is imported."""

WAYS = {
    Spot.MENU: [Way("groups_public.guide", N_("Groups"))],
    Spot.MY_MENU: [Way("groups.front", N_("My groups"))],
    Spot.FRONT: [
        Way(
            "groups_public.guide",
            N_("Meet other parents"),
            N_("Mothers' groups (mødregrupper) and other groups near you."),
        )
    ],
    Spot.DESK_MENU: [Way("groups_desk.groups", N_("Groups"), role=ROLE)],
}


def errands(work: Work, person: UUID, children: Sequence[Any]) -> list[Errand | Stop]:
    """Places that are offered, the next meeting of each group; beside each child below school age the way to its
    groups, and on the child's own way to school the group that this parent has come into.
    """
    seen = {child.id: child for child in children if child.sight.sees(*NEEDED)}
    places = [one for one in (own_places(work, person) if seen else ()) if one.child_id in seen]
    meetings = next_meetings(work, places)
    found: list[Errand | Stop] = []
    for one in places:
        facts = {"place": one, "child": seen[one.child_id], "next": meetings.get(one.id)}
        if one.state is MemberState.OFFERED and one.offer_until is not None and work.now < one.offer_until:
            found.append(Errand("groups/_errand_offer.html", facts, local_date(one.offer_until)))
        elif one.id in meetings:
            found.append(Errand("groups/_errand_meeting.html", facts, waits=False))
    found += [stops.happened(work, seen[of], one, meetings) for of, one in _first_of_each(places).items()]
    young = [one.id for one in seen.values() if not is_at_school(one.counts_from, work.today)]
    return found + [Errand("groups/_child.html", {}, child=child) for child in young]


def _first_of_each(places: Sequence[OwnPlace]) -> dict[UUID, OwnPlace]:
    """By child, the place that stands for all of them: one that is taken before others, then the newest."""
    taken_last = sorted(places, key=lambda one: one.state is MemberState.JOINED)
    return {one.child_id: one for one in taken_last}


def calendar(work: Work, person: UUID, children: Sequence[Any]) -> list[CalendarEntry]:
    """The meetings of the groups that the parent is in with one of these children."""
    seen = {child.id for child in children if child.sight.sees(*NEEDED)}
    places = [one for one in (own_places(work, person) if seen else ()) if one.child_id in seen]
    return entries.entries_of(work, places, gettext("Appointment"))


def queue(work: Work) -> list[QueueItem]:
    """Groups that have no meeting ahead: nobody knows when to come."""
    count = desk_lists.without_meeting(work)
    return [QueueItem(ROLE, "groups/desk/_waiting.html", "groups_desk.groups", {"count": count})] if count else []


JOURNEY = Journey(
    name="groups",
    blueprints={"public": [public], "mit": [mit], "desk": [desk]},
    ways=WAYS,
    letters=letters.LETTERS,
    errands=errands,
    stops=stops.by_rule,
    calendar=calendar,
    queue=queue,
    readings=READINGS,
    acts=acts.ACTS,
    chores={"offer places on": chores.offer_on, "close groups that are over": chores.close_over},
    in_use=references.codes_in_use,
    town_changed=unrelated.end_unrelated,
)
