"""The log at the desk: what the data protection officer reads of it, and what is kept of the reading itself."""

import csv
from datetime import timedelta
from io import StringIO

from sqlalchemy import select, text

from parentsite.foundation import audit, chain
from parentsite.foundation.audit import AuditEntry
from parentsite.people.loading import cpr_hash
from parentsite.people.oversight import READINGS as OVERSIGHT
from parentsite.people.oversight import ROLE
from parentsite.places.service.reading import APPLICATION
from tests import builders
from tests.builders import Pair
from tests.people.reads import read
from tests.sites import Site
from tests.strict import Client, Page

LOG, CPR = "/desk/log", "2401264321"


def family_of_asta(site: Site) -> Pair:
    """A family whose application was sent, and read by the placement office."""
    with site.work() as now:
        pair = builders.family(now)
        builders.sent(now, pair)
        read(now, APPLICATION, (pair.child, pair.child))
    return pair


def rows(page: Page) -> list[str]:
    return page.texts("//table//tbody/tr")


def opened(site: Site, **asked: object) -> Page:
    question = "".join(f"&{name}={value}" for name, value in asked.items())
    return site.clerk(ROLE).get(f"{LOG}?formaal=spot_check{question}")


def test_nothing_is_read_before_a_reason_is_given(site: Site) -> None:
    family_of_asta(site)
    officer = site.clerk(ROLE)
    assert not rows(officer.get(LOG))
    page = officer.get(f"{LOG}?rolle=placement&formaal=", status=422)
    assert page.errors == ["Vælg, hvorfor du åbner loggen."]
    with site.look() as now:
        assert not now.session.scalars(select(AuditEntry.id).where(AuditEntry.action == "log.read")).all()


def test_each_entry_says_who_did_what_about_whom_when_and_why(site: Site) -> None:
    family_of_asta(site)
    by_office = next(row for row in rows(opened(site)) if "Har åbnet ansøgningen" in row)
    assert "Pladsanvisningen" in by_office
    assert "1 barn" in by_office
    assert "For at finde en plads til dit barn" in by_office
    assert any(row for row in rows(opened(site)) if "Forælder" in row and "Sendte en ansøgning om plads." in row)


def test_the_newest_stand_first_and_names_of_families_nowhere(site: Site) -> None:
    family_of_asta(site)
    site.clock.move(days=2)
    with site.work() as now:
        builders.vacancy(now, builders.houses(now)[0])
    page = opened(site)
    moments = page.all("//table//th/time/@datetime")
    assert moments == sorted(moments, reverse=True)
    assert "Asta" not in page.text


def test_it_is_narrowed_to_a_child_a_role_and_a_period(site: Site) -> None:
    pair, other = family_of_asta(site), family_of_asta(site)
    everything = len(rows(opened(site)))
    of_one = rows(opened(site, barn=pair.child))
    assert 0 < len(of_one) < everything
    assert len(rows(opened(site, barn=other.child))) == len(of_one)
    assert all("Pladsanvisningen" in row for row in rows(opened(site, rolle="placement")))
    assert 0 < len(rows(opened(site, rolle="parent"))) < everything
    long_ago = site.clock.now().date() - timedelta(days=40)
    assert not rows(opened(site, fra=long_ago, til=long_ago + timedelta(days=5)))
    backwards = site.clerk(ROLE).get(f"{LOG}?formaal=breach&fra=2026-02-02&til=2026-02-01", status=422)
    assert backwards.errors == ["Den sidste dag ligger før den første."]


def test_a_role_is_found_also_where_somebody_has_two(site: Site) -> None:
    pair = family_of_asta(site)
    site.clerk("placement", "pedagogue").get("/desk/plads")
    found = rows(opened(site, rolle="pedagogue"))
    assert len(found) == 1
    assert "liste" in found[0]
    assert any("liste" in row for row in rows(opened(site, rolle="pedagogue", barn=pair.child)))


def test_what_was_done_about_a_declared_child_stays_with_it_when_it_is_merged(site: Site) -> None:
    with site.work() as now:
        declared, registered = builders.child(now, origin="declared"), builders.child(now)
        audit.record(now, "child.declared", [declared])
        now.session.execute(
            text("UPDATE child SET merged_into = :to WHERE id = :id").bindparams(to=registered.hex, id=declared.hex)
        )
    assert "Fortalte kommunen om et barn." in opened(site, barn=registered).text


def test_long_lists_are_turned_over(site: Site) -> None:
    with site.work() as now:
        child = builders.child(now)
        for _ in range(30):
            audit.record(now, "child.declared", [child])
    first, second = opened(site, barn=child), opened(site, barn=child, page=2)
    assert len(rows(first)) == 25
    assert len(rows(second)) == 6, "and that the first page was opened"


def test_reading_it_for_one_child_is_told_to_the_parents(site: Site) -> None:
    pair = family_of_asta(site)
    opened(site, barn=pair.child)
    told = site.parent(pair.parent).get(f"/mit/da/hvem-har-set/{pair.child}").text
    assert "Har læst listen over, hvem der har set på dit barn" in told
    assert "For at tage en stikprøve af, hvem der kigger" in told


def test_reading_it_for_nobody_in_particular_is_noted_and_told_to_nobody(site: Site) -> None:
    pair = family_of_asta(site)
    opened(site)
    with site.look() as now:
        (entry,) = now.session.scalars(select(AuditEntry).where(AuditEntry.action == "log.read"))
    assert entry.purpose == "spot_check"
    assert "Har læst listen" not in site.parent(pair.parent).get(f"/mit/da/hvem-har-set/{pair.child}").text


def test_the_file_holds_what_the_page_shows(site: Site) -> None:
    pair = family_of_asta(site)
    officer = site.clerk(ROLE)
    page = officer.get(f"{LOG}?formaal=breach&barn={pair.child}")
    (link,) = [each for each in page.links() if "log.csv" in each]
    content = officer.get(link).response.get_data(as_text=True).removeprefix("\ufeff")
    saved = list(csv.reader(StringIO(content), delimiter=";"))
    assert saved[0] == ["Hvornår (dansk tid)", "Hvem", "Hvad", "Børn", "Voksne", "Hvorfor"]
    assert len(saved) - 1 == len(rows(page)) + 1, "and that the page was opened"
    assert "Har gemt listen" in site.parent(pair.parent).get(f"/mit/da/hvem-har-set/{pair.child}").text


def search(client: Client, words: str) -> Page:
    return client.submit(client.get(f"{LOG}/barn"), action=f"{LOG}/barn", q=words, status=200)


def test_a_child_is_found_by_name_or_number_and_neither_stands_in_an_address(site: Site) -> None:
    with site.work() as now:
        pair = builders.family(now)
        hashed = cpr_hash(now.session, CPR)
        now.session.execute(
            text("UPDATE child SET cpr_hash = :hash WHERE id = :id").bindparams(hash=hashed, id=pair.child.hex)
        )
    officer = site.clerk(ROLE)
    for words in (CPR, f"{CPR[:6]}-{CPR[6:]}", "Asta", "asta lund", "Lund"):
        found = search(officer, words)
        assert f"{LOG}?barn={pair.child}" in found.links(), words
        assert found.path == f"{LOG}/barn"
    assert "Intet blev fundet" in search(officer, "2401264322").text
    assert "Dit barn blev fundet" in site.parent(pair.parent).get(f"/mit/da/hvem-har-set/{pair.child}").text
    with site.look() as now:
        entries = now.session.execute(select(AuditEntry).where(AuditEntry.action == "log.found_read")).scalars()
        assert not any("Asta" in str(vars(one)) or CPR in str(vars(one)) for one in entries)


def test_the_chain_proves_itself_or_says_where_it_is_broken(site: Site) -> None:
    family_of_asta(site)
    with site.work() as now:
        assert chain.link_entries(now) > 2
    officer = site.clerk(ROLE)
    whole = officer.follow(officer.submit(officer.get(LOG), action=f"{LOG}/kaede"))
    assert "Kæden holder" in whole.text
    with site.work() as now:
        now.session.execute(text("DROP TRIGGER audit_link_kept"))
        now.session.execute(text("UPDATE audit_link SET link = 'x' WHERE number = 2"))
    broken = officer.submit(officer.get(LOG), action=f"{LOG}/kaede", status=422)
    assert "Den første er nummer 2." in broken.text


def test_only_the_newest_links_are_proved_where_somebody_waits(site: Site) -> None:
    with site.work() as now:
        for _ in range(5):
            audit.record(now, "child.declared", [])
        chain.link_entries(now)
        assert chain.broken_links(now.session, 3) == chain.broken_links(now.session) == []


def test_an_act_without_words_is_shown_by_its_code(site: Site) -> None:
    with site.work() as now:
        audit.record(now, "place.abolished", [])
    assert "place.abolished" in opened(site).text
    assert {one.action for one in OVERSIGHT} == {"log.found_read", "log.read", "log.exported"}
