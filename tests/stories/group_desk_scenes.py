"""The pages of those who run groups, and groups in every state that the desk can show."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import update

from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.groups.service import meetings, staffing
from parentsite.groups.service.joining import join
from parentsite.people.models import Child, Person
from tests import builders
from tests.groups.scene import YOUNG, family, group, meeting
from tests.house_rules.visited import groups_to_run
from tests.stories.kinds import LONG_NAME, SEND, desk

BUSY, EMPTY, NEW = "grupper/{busy}", "grupper/{empty}", "grupper/ny/moedregruppe"
MEETING = BUSY + "/moede/{planned}"
ROLE = "organiser"
GROUPS_DESK = (
    desk("groups-front", "desk.front", "", ROLE),
    desk("groups", "groups_desk.groups", "grupper", ROLE),
    desk("groups-full", "groups_desk.groups", "grupper?state=full", ROLE),
    desk("groups-none", "groups_desk.groups", "grupper?state=full&district=hedegaarden", ROLE),
    desk("groups-kinds", "groups_desk.kinds", "grupper/ny", ROLE),
    desk("groups-create", "groups_desk.create", NEW, ROLE),
    desk("groups-create-refused", "groups_desk.create", NEW, ROLE, press=SEND, status=422),
    desk("groups-evening", "groups_desk.create", "grupper/ny/temaaften", ROLE),
    desk("group", "groups_desk.group", BUSY, ROLE),
    desk("group-empty", "groups_desk.group", EMPTY, ROLE),
    desk("group-apart", "groups_desk.group", "grupper/{apart_group}", ROLE),
    desk("group-closed", "groups_desk.group", "grupper/{closed}", ROLE),
    desk("group-cancelled", "groups_desk.group", "grupper/{gone}", ROLE),
    desk("group-places", "groups_desk.places", BUSY + "/pladser", ROLE),
    desk(
        "group-places-refused",
        "groups_desk.places",
        BUSY + "/pladser",
        ROLE,
        fill=(("#capacity", "1"),),
        press=SEND,
        status=422,
    ),
    desk("group-take-out", "groups_desk.take_out", BUSY + "/medlem/{seated}/ud", ROLE),
    desk("group-add", "groups_desk.add", BUSY + "/moeder", ROLE),
    desk("group-add-refused", "groups_desk.add", BUSY + "/moeder", ROLE, press=SEND, status=422),
    desk("group-move", "groups_desk.move", MEETING + "/flyt", ROLE),
    desk("group-cancel-meeting", "groups_desk.cancel_meeting", MEETING + "/aflys", ROLE),
    desk("group-invite", "groups_desk.invite", BUSY + "/inviter", ROLE),
    desk("group-invite-never", "groups_desk.invite", "grupper/{apart_group}/inviter", ROLE),
    desk("group-write", "groups_desk.write", BUSY + "/besked", ROLE),
    desk("group-write-refused", "groups_desk.write", BUSY + "/besked", ROLE, press=SEND, status=422),
    desk("group-close", "groups_desk.close", BUSY + "/luk", ROLE),
    desk("group-cancel", "groups_desk.cancel", BUSY + "/nedlaeg", ROLE),
)


def organisers(work: Work) -> tuple[Actor, Mapping[str, UUID]]:
    """One who runs groups, and what stands in them: also long names, a protected home, two to be kept apart."""
    found = dict(groups_to_run(work))
    apart, gone = group(work, kind=YOUNG, births=None), group(work)
    one, his = family(work), family(work, "Bo")
    for each in (one, his):
        join(work, each.parent, each.child, apart)
    builders.block(work, his.parent, one.child)
    work.session.execute(update(Person).where(Person.id == one.parent).values(family_name=LONG_NAME))
    work.session.execute(update(Child).where(Child.id == his.child).values(address_protected=True))
    meetings.cancel_meeting(work, meeting(work, apart))
    staffing.cancel(work, gone)
    ids = {name: each for name, each in found.items() if isinstance(each, UUID)}
    actor = Actor(ActorKind.STAFF, builders.clerk(work), frozenset({"group_organiser"}))
    return actor, {**ids, "apart_group": apart, "gone": gone}
