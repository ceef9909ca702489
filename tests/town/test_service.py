"""Loading a pack: again and again, two at once, with history, and never against live cases."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from parentsite.foundation.audit import AuditEntry
from parentsite.foundation.database import Base, Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.town.history import facility_at
from parentsite.town.models import Facility, FacilityRecord, TownVersion
from parentsite.town.pack.problems import PackError
from parentsite.town.service import LoadReport, NoTown, WouldOrphan, current_town, load_pack

PACK = (Path(__file__).parent / "packs" / "lilleby.toml").read_text(encoding="utf-8")
NOW = datetime(2026, 2, 12, 23, 30, tzinfo=UTC)
WITHOUT_AAHUSET = re.sub(r"\[houses\.aahuset\](.|\n)*?\n\n", "", PACK)
RENAMED = PACK.replace('name = "Ørstedhus"', 'name = "Ørsteds Hus"')


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/town.db")
    Base.metadata.create_all(database.engine)
    yield database
    database.dispose()


def nothing_in_use(work: Work, codes: frozenset[str]) -> frozenset[str]:
    return frozenset()


def load(database: Database, document: str = PACK, days: int = 0) -> LoadReport:
    with database.write() as session:
        return load_pack(Work(session, NOW + timedelta(days=days), SYSTEM), document, nothing_in_use)


def count(database: Database, model: type[Base]) -> int:
    with database.read() as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_before_the_first_load_there_is_no_town(database: Database) -> None:
    with database.read() as session, pytest.raises(NoTown):
        current_town(session)


def test_a_load_puts_the_town_in_force(database: Database) -> None:
    report = load(database)
    assert report.is_new
    assert report.added == ("aahuset", "aeblehaven", "oerstedhus")
    with database.read() as session:
        assert current_town(session).name == "Lilleby"
        assert current_town(session) is current_town(session)
        house = session.get_one(Facility, "aahuset")
        assert (house.kind, house.first_loaded_at, house.retired_on) == ("house", NOW, None)
        assert session.execute(select(AuditEntry.action)).scalars().all() == ["town.loaded"]


def test_the_same_pack_again_changes_nothing(database: Database) -> None:
    load(database)
    again = load(database, days=1)
    assert again == LoadReport(again.digest, is_new=False)
    assert [count(database, model) for model in (TownVersion, FacilityRecord, AuditEntry)] == [1, 3, 1]


def test_a_pack_with_mistakes_changes_nothing(database: Database) -> None:
    load(database)
    with pytest.raises(PackError):
        load(database, PACK.replace('district = "syd"', 'district = "vest"'))
    assert count(database, TownVersion) == 1


def test_what_was_stated_earlier_stays_known(database: Database) -> None:
    load(database)
    report = load(database, RENAMED, days=10)
    assert (report.added, report.changed, report.retired) == ((), ("oerstedhus",), ())
    with database.read() as session:
        before = facility_at(session, "oerstedhus", NOW + timedelta(days=9))
        after = facility_at(session, "oerstedhus", NOW + timedelta(days=10))
        assert before
        assert after
        assert (before["name"], after["name"]) == ("Ørstedhus", "Ørsteds Hus")
        assert before["ages"] == {"source": "newspaper", "as_of": "2023-05", "groups": ["3+"]}
        assert facility_at(session, "oerstedhus", NOW - timedelta(seconds=1)) is None


def test_a_dropped_house_is_retired_on_the_danish_day_and_stays_in_the_tables(database: Database) -> None:
    load(database)
    assert load(database, WITHOUT_AAHUSET).retired == ("aahuset",)
    with database.read() as session:
        assert session.get_one(Facility, "aahuset").retired_on == date(2026, 2, 13)
        assert current_town(session).facility("aahuset") is None


def test_a_house_that_comes_back(database: Database) -> None:
    load(database)
    load(database, WITHOUT_AAHUSET, days=1)
    report = load(database, PACK, days=2)
    assert (report.is_new, report.returned, report.changed) == (True, ("aahuset",), ())
    assert count(database, TownVersion) == 2
    with database.read() as session:
        assert session.get_one(Facility, "aahuset").retired_on is None
        assert current_town(session).facility("aahuset")
        assert facility_at(session, "aahuset", NOW + timedelta(days=1, hours=1)) is None
        assert facility_at(session, "aahuset", NOW + timedelta(days=3))


def test_a_house_that_live_cases_refer_to_cannot_vanish(database: Database) -> None:
    load(database)
    asked: list[frozenset[str]] = []

    def in_use(work: Work, codes: frozenset[str]) -> frozenset[str]:
        asked.append(codes)
        return codes & {"aahuset"}

    with pytest.raises(WouldOrphan, match="aahuset") as caught, database.write() as session:
        load_pack(Work(session, NOW, SYSTEM), WITHOUT_AAHUSET, in_use)
    assert caught.value.codes == {"aahuset"}
    assert asked == [frozenset({"aahuset"})]
    with database.read() as session:
        assert current_town(session).facility("aahuset")
        assert session.get_one(Facility, "aahuset").retired_on is None


def test_a_district_that_live_cases_refer_to_cannot_vanish(database: Database) -> None:
    load(database)
    moved = re.sub(r"\bsyd\b", "vest", PACK)
    with pytest.raises(WouldOrphan, match="syd"), database.write() as session:
        load_pack(Work(session, NOW, SYSTEM), moved, lambda _, codes: codes)


def test_a_kind_of_group_that_is_in_use_cannot_vanish(database: Database) -> None:
    load(database)
    renamed = PACK.replace("[group_kinds.round-table]", "[group_kinds.square-table]")
    with pytest.raises(WouldOrphan, match="round-table"), database.write() as session:
        load_pack(Work(session, NOW, SYSTEM), renamed, lambda _, codes: codes)


@pytest.mark.parametrize("code", ["friskolen", "ugleklubben", "sing", "areas-2020"])
def test_what_a_document_at_school_start_refers_to_cannot_vanish(database: Database, code: str) -> None:
    load(database)
    renamed = re.sub(rf"\b{code}\b", f"another-{code}", PACK)
    with pytest.raises(WouldOrphan, match=code), database.write() as session:
        load_pack(Work(session, NOW, SYSTEM), renamed, lambda _, codes: codes)


def test_nobody_is_asked_when_nothing_vanishes(database: Database) -> None:
    def must_not_be_asked(work: Work, codes: frozenset[str]) -> frozenset[str]:
        raise AssertionError(codes)

    with database.write() as session:
        load_pack(Work(session, NOW, SYSTEM), PACK, must_not_be_asked)


def test_a_clock_set_back_does_not_bring_the_older_pack_back(database: Database) -> None:
    load(database)
    load(database, RENAMED, days=-100)
    with database.read() as session:
        house = current_town(session).facility("oerstedhus")
        assert house
        assert house.name == "Ørsteds Hus"


def test_loads_at_once_go_one_after_the_other(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda document: load(database, document), [PACK, RENAMED] * 4))
    assert any(report.is_new for report in reports)
    assert count(database, TownVersion) == 2
    with database.read() as session:
        open_records = select(func.count()).select_from(FacilityRecord).where(FacilityRecord.valid_to.is_(None))
        assert session.execute(open_records).scalar_one() == 3
        assert current_town(session).name == "Lilleby"


def test_the_town_in_force_costs_each_session_one_short_read(database: Database, sql: list[str]) -> None:
    load(database)
    with database.read() as session:
        current_town(session)
    sql.clear()
    with database.read() as session:
        current_town(session)
        current_town(session)
    assert len([statement for statement in sql if statement.startswith("SELECT")]) == 1
    assert not any("document" in statement for statement in sql)


@pytest.fixture
def sql(database: Database) -> list[str]:
    """Every statement that the database is sent."""
    sent: list[str] = []

    def keep(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    for engine in (database.engine, database.reading):
        event.listen(engine, "before_cursor_execute", keep)
    return sent
