"""The health visitors' desk leaves a trace: each read of a family one entry, in ids; and lets nobody else in."""

import re
from collections.abc import Mapping
from uuid import UUID

import pytest

from tests import builders
from tests.house_rules.visited import home_visits
from tests.places.seen import entries, subjects
from tests.sites import Site
from tests.strict import Client
from tests.visits.desks import at_desk, token

DATES = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\. [a-z]+ \d{4}")
READS = {
    "/desk/besog?day=2026-02-10": ("visit.day_read", "visit_day"),
    "/desk/besog/aftale/{ahead}": ("visit.read", "home_visit"),
    "/desk/besog/aftale/{ahead}/flyt": ("visit.read", "home_visit"),
    "/desk/besog/aftale/{ahead}/aflys": ("visit.read", "home_visit"),
    "/desk/besog/familier": ("visit.families_listed", "family_list"),
    "/desk/besog/start-samtaler": ("visit.start_talks_listed", "start_talk_list"),
    "/desk/besog/familie/{baby}": ("visit.family_read", "child"),
    "/desk/besog/familie/{baby}/papir": ("visit.papers_read", "child"),
    "/desk/besog/familie/{baby}/papir/{host}": ("visit.papers_read", "child"),
    "/desk/besog/familie/{baby}/extra": ("visit.family_read", "child"),
    "/desk/besog/familie/{baby}/4-6-maaneder/dage": ("visit.family_read", "child"),
}
OF_NOBODY = ("/desk/besog/team", "/desk/besog/team/{visitor}", "/desk/besog/team/{visitor}/fri")
WRITES = (
    "/desk/besog/aftale/{begun}",
    "/desk/besog/aftale/{ahead}/flyt",
    "/desk/besog/aftale/{ahead}/aflys",
    "/desk/besog/familie/{baby}/extra",
    "/desk/besog/familie/{baby}/papir/{host}",
    "/desk/besog/oenske/{request}/besvaret",
    "/desk/besog/familie/{silent}/kontakt",
    "/desk/besog/familie/{called}/kontakt/slet",
    "/desk/besog/familie/{baby}/4-6-maaneder/dage",
    "/desk/besog/start-samtaler/{talk}/aftalt",
    "/desk/besog/team/{visitor}/tid",
    "/desk/besog/team/{visitor}/tid/{shift}",
    "/desk/besog/team/{visitor}/tid/{shift}/slut",
    "/desk/besog/team/{visitor}/fri",
    "/desk/besog/team/{visitor}/fri/{absence}/slet",
)


HOURS = {"weekday": "2", "district": "baltorp", "opens": "09:00", "closes": "12:00", "since": "2026-03-01"}


@pytest.fixture
def world(site: Site) -> Mapping[str, object]:
    with site.work() as now:
        return home_visits(now)


def hers(site: Site, world: Mapping[str, object]) -> Client:
    return at_desk(site, UUID(str(world["visitor"])))


@pytest.mark.parametrize("path", READS)
def test_every_read_of_a_family_is_one_entry_with_all_whom_it_showed(
    site: Site, world: Mapping[str, object], path: str
) -> None:
    action, kind = READS[path]
    desk = hers(site, world)
    with site.look() as now:
        before = {entry.id for entry in entries(now.session)}
    page = desk.get(path.format(**world))
    with site.look() as now:
        (entry,) = (entry for entry in entries(now.session) if entry.id not in before)
        assert (entry.action, entry.record_kind, entry.purpose) == (action, kind, "visits")
        assert (entry.actor_kind, entry.role) == ("staff", "health_visitor")
        shown = {UUID(link.split("/")[4].partition("?")[0]) for link in page.links() if "/familie/" in link}
        assert shown <= subjects(now.session, entry)
        assert subjects(now.session, entry)


def test_the_reads_name_the_family_that_was_opened(site: Site, world: Mapping[str, object]) -> None:
    desk = hers(site, world)
    desk.get(f"/desk/besog/familie/{world['baby']}")
    with site.look() as now:
        (entry,) = entries(now.session, "visit.family_read")
        assert subjects(now.session, entry) == {world["baby"], world["host"]}


def test_pages_without_families_leave_no_entry(site: Site, world: Mapping[str, object]) -> None:
    desk = hers(site, world)
    with site.look() as now:
        before = len(entries(now.session))
    for path in OF_NOBODY:
        desk.get(path.format(**world))
    with site.look() as now:
        assert len(entries(now.session)) == before


def test_every_write_is_an_entry_by_her_who_did_it(site: Site, world: Mapping[str, object]) -> None:
    desk = hers(site, world)
    done = token(desk.get("/desk/besog/team"))
    sent: list[tuple[str, dict[str, str], str]] = [
        ("/desk/besog/aftale/{begun}", {"outcome": "done"}, "visit.done"),
        ("/desk/besog/aftale/{displaced}/flyt", {"slot": str(world["free"])}, "visit.proposed"),
        ("/desk/besog/aftale/{ahead}/aflys", {"why": "family_called"}, "visit.cancelled"),
        ("/desk/besog/oenske/{request}/besvaret", {}, "visit.request_answered"),
        ("/desk/besog/team/{visitor}/fri", {"first": "2026-03-02", "last": "2026-03-02"}, "visit.absence_saved"),
        ("/desk/besog/team/{visitor}/fri/{absence}/slet", {}, "visit.absence_removed"),
        ("/desk/besog/team/{visitor}/tid/{shift}", HOURS, "visit.hours_saved"),
        ("/desk/besog/team/{visitor}/tid/{shift}/slut", {"day": "2026-02-20"}, "visit.hours_saved"),
        ("/desk/besog/familie/{silent}/kontakt", {}, "visit.contact_noted"),
        ("/desk/besog/familie/{called}/kontakt/slet", {}, "visit.contact_taken_back"),
        ("/desk/besog/familie/{baby}/4-6-maaneder/dage", {"days": "14", "reason": "Født."}, "visit.window_shifted"),
    ]
    for path, fields, action in sent:
        with site.look() as now:
            before = {entry.id for entry in entries(now.session, action)}
        desk.post(path.format(**world), done | fields)
        with site.look() as now:
            (entry,) = (entry for entry in entries(now.session, action) if entry.id not in before)
            assert (entry.actor_id, entry.role) == (world["visitor"], "health_visitor"), path


def test_the_audit_knows_no_names_and_no_dates(site: Site, world: Mapping[str, object]) -> None:
    desk = hers(site, world)
    for path in READS:
        desk.get(path.format(**world))
    with site.look() as now:
        for entry in entries(now.session):
            told = f"{entry.action} {entry.record_kind} {entry.record_id} {entry.purpose} {entry.role}"
            assert not any(name in told for name in ("Asta", "Lund", "Mette", "notatet")), told
            assert not DATES.search(told), told


@pytest.mark.parametrize("role", ["placement", "pedagogue", "admin"])
def test_staff_of_another_office_are_refused_everywhere(site: Site, world: Mapping[str, object], role: str) -> None:
    other = site.clerk(role)
    with site.look() as now:
        before = len(entries(now.session))
    for path in (*READS, *OF_NOBODY):
        other.get(path.format(**world), status=403)
    for path in WRITES:
        other.post(path.format(**world), {"outcome": "done"}, status=403)
    with site.look() as now:
        assert len(entries(now.session)) == before


def test_nobody_signed_out_and_no_parent_comes_in(site: Site, world: Mapping[str, object]) -> None:
    with site.work() as now:
        parent = builders.family(now).parent
    for browser in (site.client(), site.parent(parent)):
        for path in READS:
            assert browser.get(path.format(**world), status=303).location.startswith("/desk/log-ind")
