"""A town of any size: nothing that runs every two seconds, and no page, looks through all families."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from parentsite.app import JOURNEYS
from parentsite.foundation.post import FolderTransport
from parentsite.foundation.reading import record_read
from parentsite.foundation.web.zones import zone_of
from parentsite.foundation.work import Work
from parentsite.places.rules.vocabulary import AgeGroup
from parentsite.worker import Worker
from tests import builders
from tests.bench.cases import Cases
from tests.bench.rows import Rows
from tests.bench.schools_of import Schools
from tests.databases import Template
from tests.house_rules.letters import correspondence, letter_desks
from tests.house_rules.plans import grows, statements
from tests.house_rules.routes import routes_of
from tests.house_rules.test_every_page import LEAD_AWAY, Town, endpoint_of
from tests.people.reads import READINGS, by_staff
from tests.readiness import desks as readiness_desks
from tests.sites import Site
from tests.strict import Client

CHILDREN = 600
FIND = "/desk/find"
LAST_LINK = "SELECT audit_link.number, audit_link.entry_id, audit_link.link FROM audit_link ORDER BY"
"""One step from the end of the chain."""
HOW_MANY = (
    "SELECT application.state, count(*) AS number FROM application WHERE application.state IN",
    "SELECT wish.facility, wish.age_group, count(*) AS number FROM wish WHERE wish.state IN",
    "SELECT application.state, application.sent_at FROM application WHERE application.state IN",
    "SELECT count(*) AS count_1 FROM offer WHERE offer.state =",
)
"""The desk is told how many are new, wait, and stand in each line: those that wait are counted, in an index alone; so
are, on the page of figures, the days that they have waited and the offers that are open.
"""

OPEN_GROUPS = (
    "SELECT parent_group.id, parent_group.kind, parent_group.district, parent_group.born_from, "
    "parent_group.born_until, parent_group.languages",
)
"""The groups that can be joined are all shown: they are found in an index that holds no others."""


@pytest.fixture
def filled(new_site: Callable[..., Site], new_url: Callable[..., str]) -> Site:
    """A site on each kind of database, with enough families in it that an index is worth its while."""
    site = new_site(url=new_url(Template.TOWN))
    with site.work() as now:
        _fill(now)
    if not site.database.is_sqlite:
        with site.database.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    return site


def _fill(now: Work) -> None:
    rows = Rows(now, seed=1)
    cases = Cases(now, rows)
    children = []
    for number in range(CHILDREN):
        home = rows.household()
        child = home.child(100 + number % 300 if number % 3 else 700)
        children.append(child.id)
        if number % 3:
            (cases.waiting if number % 3 == 1 else cases.draft)(home.adults[0], child, AgeGroup.NURSERY)
        else:
            cases.placed(home.adults[0], child)
    schools = Schools(now, rows)
    for _ in range(CHILDREN // 10):
        schools.readable()
    rows.insert()
    correspondence(now, children)
    staff, (purpose,) = by_staff(now), READINGS[0].purposes
    for child in children:
        record_read(staff, READINGS[0], purpose, [(child, child)], about=("application", child))


def _other(found: Iterable[str], known: tuple[str, ...]) -> set[str]:
    return {statement for statement in found if not statement.startswith(known)}


def test_each_chore_finds_what_is_due_by_an_index(filled: Site) -> None:
    worker = Worker(filled.database, filled.clock, FolderTransport(filled.settings.data), "x", "http://x", JOURNEYS)
    Town(filled)
    filled.clock.move(days=400)
    with statements(filled.settings.database_url) as sent:
        worker.round()
    assert _other(grows(filled.database, sent), (LAST_LINK,)) == set()
    for table in ("offer", "placement", "application", "audit_loose", "web_session", "rescued_text", "outbox_letter"):
        assert any(table in statement for statement in sent), table


def test_no_page_looks_through_all_families(filled: Site) -> None:
    town = Town(filled)
    with filled.look() as now:
        line = f"/desk/plads/huse/{builders.houses(now)[0]}/0-2"
    with statements(filled.settings.database_url) as sent:
        starts = ((town.stranger, "/da/"), (town.parent, "/mit/da/"), (town.waiting, "/mit/da/"))
        asked = {kind for client, start in starts for kind in _one_of_each(filled, client, start)}
        asked |= _one_of_each(filled, town.waiting, town.held)
        asked |= _one_of_each(filled, town.clerk, "/desk/plads") | _one_of_each(filled, town.clerk, line)
        asked |= _one_of_each(filled, town.visitor, "/desk/besog") | _one_of_each(
            filled, town.organiser, "/desk/grupper"
        )
        asked |= _school(filled)
        for start in ("/desk/skolestart", town.writing, town.correcting):
            asked |= _one_of_each(filled, town.pedagogue, start)
        asked |= _letters(filled, town)
        for question in ("", f"&barn={_id_in(town.log)}", "&rolle=placement", "&rolle=placement&page=3"):
            town.officer.get(f"/desk/log?formaal=spot_check{question}")
            town.officer.get(f"/desk/log/log.csv?formaal=spot_check{question}")
        for words in ("Asta", "Asta Lund", "Asta Sofie Lund Hansen", "010120-1234"):
            for member, path in ((town.officer, "/desk/log/barn"), (town.clerk, FIND), (town.pedagogue, FIND)):
                member.submit(member.get(path), action=path, q=words, status=200)
        town.clerk.get("/desk/tal")
        town.visitor.get("/desk/tal")
        town.stranger.get(town.feed)
    endpoints = {endpoint for endpoint, _ in asked}
    assert {"mine.front", "places.case", "places.offer", "places_desk.applications", "places_desk.vacancy"} <= endpoints
    assert {"groups_desk.groups", "groups_desk.group", "groups_desk.invite"} <= endpoints
    assert {"looked.front", "looked.child", "looked.file"} <= endpoints
    assert {"readiness_public.guide", "readiness.front", "readiness.child"} <= endpoints
    assert {"readiness.document", "readiness.version", "readiness.comment", "readiness.correction"} <= endpoints
    assert {"readiness_desk.received", "readiness_desk.received_document"} <= endpoints
    assert {"contact.front", "contact.letter", "contact.choose", "contact.begin", "contact.share"} <= endpoints
    assert {"contact_desk.letters", "contact_desk.letter", "contact_desk.hand_over"} <= endpoints
    for statement in ("INSERT INTO audit_look", "WITH RECURSIVE written", "FROM audit_subject", "child.cpr_hash ="):
        assert any(statement in each for each in sent), statement
    assert {"readiness_desk.pupil", "readiness_desk.area", "readiness_desk.correction"} <= endpoints
    assert any("calendar_address" in statement for statement in sent)
    assert {"groups_public.guide", "groups.front", "groups.group", "groups.place", "groups.leave"} <= endpoints
    assert {"visits_desk.families", "visits_desk.family", "visits_desk.visit", "visits_desk.propose"} <= endpoints
    assert {"visits.front", "visits.pick", "visits.decide", "visits.appointment", "visits_desk.shift"} <= endpoints
    assert _other(grows(filled.database, sent), (*HOW_MANY, *OPEN_GROUPS)) == set()


def _id_in(path: str) -> str:
    return path.partition("barn=")[2]


def _school(site: Site) -> set[tuple[str, str]]:
    """The pages of a school, and one opening."""
    desk = readiness_desks.at_desk(site)
    found = _one_of_each(site, desk, readiness_desks.LIST)
    document = next(link for link in desk.get(readiness_desks.LIST).links() if link.endswith("/beskrivelse"))
    desk.get(f"{document}?formaal=support")
    return found


def _letters(site: Site, town: Town) -> set[tuple[str, str]]:
    """The desks of letters: a team of the whole town, of one district, and of one house, by every shelf."""
    found = _one_of_each(site, town.waiting, "/mit/da/beskeder?page=2")
    for desk in letter_desks(site):
        found |= _one_of_each(site, desk, "/desk/beskeder")
    return found


def _one_of_each(site: Site, client: Client, start: str) -> set[tuple[str, str]]:
    """Ask for one page of each kind that links of this zone lead to: of an endpoint, with such questions."""
    zone = zone_of(start)
    bound = [app.url_map.bind("") for app in {route.app for route in routes_of(site) if route.zone is zone}]
    ahead, seen = [start], set[tuple[str, str]]()
    while ahead:
        path = ahead.pop()
        parts = urlsplit(path)
        kind = next(((str(e), parts.query) for urls in bound if (e := endpoint_of(urls, path))), None)
        if kind is None or kind in seen or zone_of(path) is not zone or parts.path in LEAD_AWAY:
            continue
        seen.add(kind)
        ahead += [link for link in client.get(path).links() if link.startswith("/")]
    return seen
