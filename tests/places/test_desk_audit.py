"""The desk leaves a trace: each read and each write one entry, in ids; and lets nobody in who has no business there."""

import re
from datetime import date
from uuid import UUID

import pytest

from parentsite.places.rules.vocabulary import AgeGroup
from parentsite.places.service.line import line_of
from tests import builders
from tests.places.seen import entries, subjects
from tests.sites import Site
from tests.strict import Client

HOUSE = "globen"
CPR = "0108254441"
NAMES = ("Asta", "Lund", "Mette", "Karin", "Søndergade", "mette@example.org")
DATES = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\. [a-z]+ \d{4}")


@pytest.fixture
def world(site: Site) -> dict[str, UUID]:
    """Two children in one line, one with an open offer; a vacancy; the office has read nothing."""
    with site.work() as now:
        parent = builders.person(now, cpr=CPR, address="Søndergade 1", email="mette@example.org")
        child = builders.child(now, born=date(2025, 8, 1))
        builders.lives_with(now, parent, child)
        application = builders.sent(now, builders.Pair(parent, child), wishes=[HOUSE, "regnbuen"])
        other = builders.family(now, born=date(2025, 8, 28))
        second = builders.sent(now, other, wishes=[HOUSE])
        offer = builders.offer(now, application, facility="regnbuen")
        vacancy = builders.vacancy(now, HOUSE, starts_on=date(2026, 7, 1))
        wish = line_of(now.session, HOUSE, AgeGroup.NURSERY)[1].wish_id
    return {
        "child": child,
        "other": other.child,
        "application": application,
        "second": second,
        "offer": offer,
        "vacancy": vacancy,
        "wish": wish,
    }


READS = {
    "/desk/plads": ("applications.listed", "application_list", {"other"}),
    "/desk/plads?state=waiting": ("applications.listed", "application_list", {"child"}),
    "/desk/plads/sag/{application}": ("application.read", "application", {"child"}),
    f"/desk/plads/huse/{HOUSE}/0-2": ("waiting_list.read", "waiting_list", {"child", "other"}),
    "/desk/plads/ledig/{vacancy}": ("waiting_list.read", "vacancy", {"child", "other"}),
}


@pytest.mark.parametrize("path", READS)
def test_every_read_of_children_is_one_entry_with_all_of_them(site: Site, world: dict[str, UUID], path: str) -> None:
    action, kind, whom = READS[path]
    clerk = site.clerk()
    with site.look() as now:
        before = {entry.id for entry in entries(now.session)}
    clerk.get(path.format(**world))
    with site.look() as now:
        (entry,) = (entry for entry in entries(now.session) if entry.id not in before)
        assert (entry.action, entry.record_kind, entry.purpose) == (action, kind, "casework")
        assert (entry.actor_kind, entry.role) == ("staff", "placement")
        assert subjects(now.session, entry) == {world[name] for name in whom}


def test_a_page_without_children_leaves_no_entry(site: Site, world: dict[str, UUID]) -> None:
    clerk = site.clerk()
    with site.look() as now:
        before = len(entries(now.session))
    clerk.get("/desk/plads/huse")
    with site.look() as now:
        assert len(entries(now.session)) == before


def test_every_write_is_one_entry_by_the_clerk(site: Site, world: dict[str, UUID]) -> None:
    clerk = site.clerk()
    with site.look() as now:
        before = {entry.id for entry in entries(now.session)}
    page = clerk.get(f"/desk/plads/sag/{world['second']}")
    clerk.submit(page)
    page = clerk.get(f"/desk/plads/huse/{HOUSE}/0-2")
    clerk.submit(page, starts_on="2026-08-01")
    token = {"csrf_token": page.all("//main//input[@name='csrf_token']/@value")[0]}
    clerk.post(f"/desk/plads/ledig/{world['vacancy']}", token | {"wish": str(world["wish"]), "reason": "Nævnt i sagen"})
    case = clerk.get(f"/desk/plads/sag/{world['application']}")
    clerk.submit(case, action=f"/desk/plads/tilbud/{world['offer']}/tilbage")
    writes = ("application.confirmed", "vacancy.opened", "offer.made", "offer.taken_back")
    with site.look() as now:
        mine = [entry for entry in entries(now.session, *writes) if entry.id not in before]
        assert sorted(entry.action for entry in mine) == sorted(writes)
        assert {(entry.actor_kind, entry.role) for entry in mine} == {("staff", "placement")}
        assert len({entry.actor_id for entry in mine}) == 1


def test_confirming_tells_whether_the_special_need_was_granted(site: Site, world: dict[str, UUID]) -> None:
    clerk = site.clerk()
    path = f"/desk/plads/sag/{world['second']}"
    for ticked in ({}, {"special_need": "y"}, {"special_need": None}):
        clerk.submit(clerk.get(path), action=path, **ticked)
    with site.look() as now:
        told = [e.purpose for e in entries(now.session, "application.confirmed") if e.record_id == str(world["second"])]
    assert sorted(told) == ["special_need_granted", "special_need_not_granted", "special_need_not_granted"]


def test_a_refused_press_leaves_only_the_read(site: Site, world: dict[str, UUID]) -> None:
    clerk = site.clerk()
    page = clerk.get(f"/desk/plads/ledig/{world['vacancy']}")
    token = {"csrf_token": page.all("//main//input[@name='csrf_token']/@value")[0]}
    with site.look() as now:
        before = {entry.id for entry in entries(now.session)}
    clerk.post(page.path, token | {"wish": "", "reason": "Nævnt i sagen"}, status=422)
    with site.look() as now:
        assert [e.action for e in entries(now.session) if e.id not in before] == ["waiting_list.read"]


def test_the_audit_knows_no_names_no_dates_and_no_words_of_anybody(site: Site, world: dict[str, UUID]) -> None:
    clerk = site.clerk()
    for path in READS:
        clerk.get(path.format(**world))
    with site.look() as now:
        for entry in entries(now.session):
            told = f"{entry.action} {entry.record_kind} {entry.record_id} {entry.purpose} {entry.role}"
            assert not any(name in told for name in (*NAMES, CPR, "A test needs it.")), told
            assert not DATES.search(told), told


def test_a_personal_number_is_on_no_page(site: Site, world: dict[str, UUID]) -> None:
    clerk = site.clerk()
    for path in READS:
        page = clerk.get(path.format(**world))
        assert CPR not in page.sheet.text
        assert f"{CPR[:6]}-{CPR[6:]}" not in page.sheet.text


@pytest.mark.parametrize("role", ["familiehus", "health_visitor", "admin"])
def test_staff_of_another_office_are_refused_everywhere(site: Site, world: dict[str, UUID], role: str) -> None:
    other = site.clerk(role)
    with site.look() as now:
        before = len(entries(now.session))
    for path in [*READS, "/desk/plads/huse"]:
        other.get(path.format(**world), status=403)
    posts = ("/desk/plads/sag/{application}", "/desk/plads/ledig/{vacancy}", "/desk/plads/ledig/{vacancy}/luk")
    for path in (*posts, "/desk/plads/tilbud/{offer}/tilbage", f"/desk/plads/huse/{HOUSE}/0-2"):
        other.post(path.format(**world), {"wish": str(world["wish"])}, status=403)
    with site.look() as now:
        assert len(entries(now.session)) == before


def test_nobody_signed_out_and_no_parent_comes_in(site: Site, world: dict[str, UUID]) -> None:
    with site.work() as now:
        parent = builders.family(now).parent
    browsers: list[Client] = [site.client(), site.parent(parent)]
    for browser in browsers:
        for path in READS:
            assert browser.get(path.format(**world), status=303).location.startswith("/desk/log-ind")
