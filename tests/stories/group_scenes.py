"""The pages of parents' groups, and a parent who has a place in every state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.groups.service.joining import join, leave
from tests import builders
from tests.groups.scene import BORN, DISTRICT, YOUNG, family, group, places_of
from tests.stories.kinds import LONG_NAME, SEND, mit, public

MEMBER = "grupper/plads/{joined}"
GROUPS = (
    public("groups", "groups_public.guide", "/{lang}/grupper"),
    mit("groups", "groups.front", "grupper", "member"),
    mit("groups-empty", "groups.front", "grupper", "nobody"),
    mit("groups-older", "groups.front", "grupper"),
    mit("group", "groups.group", "grupper/{group}", "family"),
    mit("group-several", "groups.group", "grupper/{group}", "member"),
    mit("group-several-refused", "groups.group", "grupper/{group}", "member", press=SEND, status=422),
    mit("group-full", "groups.group", "grupper/{full}", "family"),
    mit("group-other-age", "groups.group", "grupper/{group}"),
    mit("group-joined", "groups.place", MEMBER, "member"),
    mit("group-sharing", "groups.place", "grupper/plads/{sharing}", "member"),
    mit("group-offered", "groups.place", "grupper/plads/{offered_seat}", "member"),
    mit("group-in-line", "groups.place", "grupper/plads/{in_line}", "member"),
    mit("group-ended", "groups.place", "grupper/plads/{ended}", "member"),
    mit("group-leave", "groups.leave", MEMBER + "/forlad", "member"),
    mit("mine-groups", "mine.front", "", "member"),
)


def members(work: Work) -> tuple[Actor, Mapping[str, UUID]]:
    """A parent of twins with a place in groups in every state, and one that has ended."""
    parent = builders.person(work, district=DISTRICT)
    twins = [builders.child(work, born=BORN, name=name, district=DISTRICT) for name in ("Nor", LONG_NAME)]
    builders.lives_with(work, parent, *twins)
    # Offered some weeks ahead, so that no other test's move of the clock lets it expire.
    places = places_of(replace(work, now=work.now + timedelta(days=21)), parent, twins[0]).ids
    young, full = group(work, kind=YOUNG, capacity=2), group(work, capacity=1)
    ended = join(work, parent, twins[0], young).member_id
    leave(work, parent, ended)
    sara = family(work, "Sara")
    join(work, sara.parent, sara.child, full)
    seats = {"offered_seat": places.pop("offered"), "ended": ended, "full": full}
    return Actor(ActorKind.PARENT, parent), places | seats
