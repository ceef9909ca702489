"""The desk of groups leaves a trace: each read of members one entry, in ids; and lets nobody else in."""

import re
from uuid import UUID

import pytest

from tests import builders
from tests.groups.desks import at_desk
from tests.house_rules.visited import groups_to_run
from tests.places.seen import entries, subjects
from tests.sites import Site

DATES = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\. [a-z]+ \d{4}")
READS = {
    "/desk/grupper/{busy}": ("group.members_read", "parent_group"),
    "/desk/grupper/{busy}/medlem/{seated}/ud": ("group.member_read", "group_member"),
}
OF_NOBODY = (
    "/desk/grupper",
    "/desk/grupper/ny",
    "/desk/grupper/ny/moedregruppe",
    "/desk/grupper/{empty}",
    "/desk/grupper/{busy}/pladser",
    "/desk/grupper/{busy}/moeder",
    "/desk/grupper/{busy}/moede/{planned}/flyt",
    "/desk/grupper/{busy}/moede/{planned}/aflys",
    "/desk/grupper/{busy}/inviter",
    "/desk/grupper/{busy}/besked",
    "/desk/grupper/{busy}/luk",
    "/desk/grupper/{busy}/nedlaeg",
)


WRITES = (
    "/desk/grupper/ny/moedregruppe",
    "/desk/grupper/{busy}/medlem/{seated}/ud",
    "/desk/grupper/{busy}/aabn",
    *(path for path in OF_NOBODY if path.startswith("/desk/grupper/{busy}/")),
)


@pytest.fixture
def world(site: Site) -> dict[str, object]:
    with site.work() as now:
        return dict(groups_to_run(now))


@pytest.mark.parametrize("path", READS)
def test_every_read_of_members_is_one_entry_with_all_whom_it_showed(
    site: Site, world: dict[str, object], path: str
) -> None:
    action, kind = READS[path]
    desk = at_desk(site)
    with site.look() as now:
        before = {entry.id for entry in entries(now.session)}
    desk.get(path.format(**world))
    with site.look() as now:
        (entry,) = (entry for entry in entries(now.session) if entry.id not in before)
        assert (entry.action, entry.record_kind, entry.purpose) == (action, kind, "groups")
        assert (entry.actor_kind, entry.role) == ("staff", "group_organiser")
        whole = {UUID(str(each)) for name in ("parents", "children") for each in world[name]}  # type: ignore[attr-defined]
        shown = whole if path.endswith("{busy}") else {world["first_parent"], world["first_child"]}
        assert subjects(now.session, entry) == shown


def test_pages_that_name_nobody_leave_no_entry(site: Site, world: dict[str, object]) -> None:
    desk = at_desk(site)
    with site.look() as now:
        before = len(entries(now.session))
    for path in OF_NOBODY:
        assert "Lund" not in desk.get(path.format(**world)).text
    with site.look() as now:
        assert len(entries(now.session)) == before


def test_every_write_is_an_entry_by_her_who_did_it(site: Site, world: dict[str, object]) -> None:
    with site.work() as now:
        her = builders.clerk(now)
    desk = at_desk(site, her)
    token = desk.get("/desk/grupper/{busy}/luk".format(**world)).all("//main//input[@name='csrf_token']/@value")[0]
    hours = {"day": "2026-03-26", "begins": "10:00", "ends": "11:00"}
    series = {**hours, "every": "once", "times": "1", "once": str(world["once"])}
    sent: list[tuple[str, dict[str, str], str]] = [
        ("/desk/grupper/ny/moedregruppe", {**series, "capacity": "6"}, "group.opened"),
        ("/desk/grupper/{busy}/moeder", {**series, "once": str(world["planned"])}, "group.meeting_planned"),
        ("/desk/grupper/{busy}/moede/{planned}/flyt", hours, "group.meeting_moved"),
        ("/desk/grupper/{busy}/moede/{planned}/aflys", {}, "group.meeting_cancelled"),
        ("/desk/grupper/{busy}/pladser", {"capacity": "3"}, "group.resized"),
        ("/desk/grupper/{busy}/inviter", {}, "group.invited"),
        ("/desk/grupper/{busy}/besked", {"body": "Hej", "once": str(world["once"])}, "group.written"),
        ("/desk/grupper/{busy}/medlem/{seated}/ud", {}, "group.ended"),
        ("/desk/grupper/{busy}/luk", {}, "group.closed"),
        ("/desk/grupper/{busy}/aabn", {}, "group.open"),
        ("/desk/grupper/{busy}/nedlaeg", {}, "group.cancelled"),
    ]
    for path, fields, action in sent:
        with site.look() as now:
            before = {entry.id for entry in entries(now.session, action)}
        desk.post(path.format(**world), {"csrf_token": token, **fields})
        with site.look() as now:
            new = [entry for entry in entries(now.session, action) if entry.id not in before]
            assert {(entry.actor_id, entry.role) for entry in new} == {(her, "group_organiser")}, path


def test_the_audit_knows_no_names_and_no_dates(site: Site, world: dict[str, object]) -> None:
    desk = at_desk(site)
    for path in READS:
        desk.get(path.format(**world))
    with site.look() as now:
        for entry in entries(now.session):
            told = f"{entry.action} {entry.record_kind} {entry.record_id} {entry.purpose} {entry.role}"
            assert not any(name in told for name in ("Asta", "Lund", "Mette")), told
            assert not DATES.search(told), told


@pytest.mark.parametrize("role", ["placement", "health_visitor", "counsellor"])
def test_staff_without_the_role_are_refused_everywhere(site: Site, world: dict[str, object], role: str) -> None:
    other = site.clerk(role)
    with site.look() as now:
        before = len(entries(now.session))
    for path in (*READS, *OF_NOBODY):
        other.get(path.format(**world), status=403)
    for path in WRITES:
        other.post(path.format(**world), {}, status=403)
    with site.look() as now:
        assert len(entries(now.session)) == before


def test_nobody_signed_out_and_no_parent_comes_in(site: Site, world: dict[str, object]) -> None:
    for browser in (site.client(), site.parent(UUID(str(world["first_parent"])))):
        for path in READS:
            assert browser.get(path.format(**world), status=303).location.startswith("/desk/log-ind")
