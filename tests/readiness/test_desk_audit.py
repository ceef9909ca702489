"""The daycare's desk leaves a trace: each page that shows something of a child one entry, in ids; each write one."""

import re
from uuid import UUID

import pytest

from tests import builders
from tests.places.seen import entries, subjects
from tests.readiness.desk_scene import AREA, ASKED, at_desk, house_at_work
from tests.sites import Site

DESK = "/desk/skolestart"
DATES = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\. [a-z]+ \d{4}")
DRAFT, WHOLE, REQUEST = "/kladde/{in_draft}", "/kladde/{whole}", "/rettelse/{asked_correction}"
READS = {
    "": ("readiness.pupils_read", "child_list", ("described", "drafted", "assessed", "unwritten")),
    "/{described}": ("readiness.talks_read", "child", ("described",)),
    DRAFT: ("readiness.papers_read", "child", ("drafted",)),
    f"{DRAFT}/{AREA}": ("readiness.papers_read", "child", ("drafted",)),
    f"{DRAFT}/skoleparat": ("readiness.papers_read", "child", ("drafted",)),
    f"{DRAFT}/vis": ("readiness.papers_read", "child", ("drafted",)),
    f"{DRAFT}/udgiv": ("readiness.papers_read", "child", ("drafted",)),
    f"{DRAFT}/slet": ("readiness.papers_read", "child", ("drafted",)),
    REQUEST: ("readiness.papers_read", "child", ("described",)),
}
WRITES = (
    ("/{unwritten}/beskrivelse/begynd", {}, "document.begun"),
    (f"{DRAFT}/{AREA}", {"text": "Han har to venner.", "revision": "1"}, "document.saved"),
    (f"{DRAFT}/skoleparat", {"answer": "in_doubt"}, "document.saved"),
    (f"{WHOLE}/udgiv", {"revision": "{whole_revision}"}, "document.published"),
    (f"{DRAFT}/slet", {}, "document.discarded"),
    (f"{REQUEST}/rettet", {}, "correction.answered"),
)


@pytest.fixture
def ids(site: Site) -> dict[str, object]:
    with site.work() as now:
        return dict(house_at_work(now))


@pytest.mark.parametrize("path", READS)
def test_every_page_that_is_opened_is_one_entry_with_the_children_it_showed(
    site: Site, ids: dict[str, object], path: str
) -> None:
    action, kind, shown = READS[path]
    desk = at_desk(site)
    with site.look() as now:
        before = {entry.id for entry in entries(now.session)}
    desk.get(DESK + path.format(**ids))
    with site.look() as now:
        (entry,) = (entry for entry in entries(now.session) if entry.id not in before)
        assert (entry.action, entry.record_kind, entry.purpose) == (action, kind, "school_start")
        assert (entry.actor_kind, entry.role) == ("staff", "pedagogue")
        assert subjects(now.session, entry) == {ids[name] for name in shown}
        told = f"{entry.record_id} {entry.purpose}"
        assert not DATES.search(told)


def test_a_version_that_is_read_at_the_house_is_an_entry_too(site: Site, ids: dict[str, object]) -> None:
    desk = at_desk(site)
    version, _ = desk.get(f"{DESK}/{ids['described']}").all("//main//a[contains(@href, '/udgave/')]/@href")
    desk.get(version)
    with site.look() as now:
        assert [entry.record_id for entry in entries(now.session, "readiness.papers_read")] == [str(ids["described"])]


def test_saving_while_one_writes_reads_nothing_more(site: Site, ids: dict[str, object]) -> None:
    desk = at_desk(site)
    page = desk.get(f"{DESK}{DRAFT.format(**ids)}/{AREA}")
    with site.look() as now:
        before = len(entries(now.session, "readiness.papers_read"))
    desk.submit(page, text="Han har to", htmx=True)
    with site.look() as now:
        assert len(entries(now.session, "readiness.papers_read")) == before


def test_every_write_is_an_entry_by_whoever_did_it(site: Site, ids: dict[str, object]) -> None:
    with site.work() as now:
        her = builders.clerk(now)
    desk = at_desk(site, member=her)
    token = desk.get(f"{DESK}/{ids['described']}").all("//main//input[@name='csrf_token']/@value")[0]
    for path, fields, action in WRITES:
        with site.look() as now:
            before = {entry.id for entry in entries(now.session, action)}
        sent = {name: text.format(**ids) for name, text in fields.items()}
        desk.post(DESK + path.format(**ids), {"csrf_token": token, **sent})
        with site.look() as now:
            (entry,) = (entry for entry in entries(now.session, action) if entry.id not in before)
            assert (entry.actor_id, entry.role) == (her, "pedagogue"), path


def test_the_parents_are_told_that_the_house_has_looked_and_not_what_it_saw(site: Site, ids: dict[str, object]) -> None:
    at_desk(site).get(f"{DESK}/{ids['described']}")
    at_desk(site).get(f"{DESK}{REQUEST.format(**ids)}")
    holder = site.parent(UUID(str(ids["described_holder"])))
    told = holder.get(f"/mit/da/hvem-har-set/{ids['described']}").text
    assert "Slog op, hvem dagtilbuddet må tale med om dit barn." in told
    assert "Åbnede det, dagtilbuddet skriver om dit barn." in told
    assert ASKED not in told
