"""The history of the tables leads to exactly the tables that the code describes, on both databases, and back again."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Engine

from parentsite.foundation import audit, chain
from parentsite.foundation.database import Base, Database
from parentsite.foundation.resources import MIGRATIONS
from parentsite.foundation.work import SYSTEM, Work
from parentsite.tables import ALL_TABLES
from tests.databases import KEYRING, MOMENT, Template, migrate

NewUrl = Callable[..., str]


@pytest.fixture
def migrated(new_url: NewUrl) -> Iterator[Engine]:
    """A database whose tables Alembic made."""
    engine = create_engine(new_url(Template.EMPTY))
    yield engine
    engine.dispose()


@pytest.fixture
def described(new_url: NewUrl) -> Iterator[Engine]:
    """A database whose tables were made from the models."""
    assert ALL_TABLES
    database = Database(new_url(), KEYRING)
    Base.metadata.create_all(database.engine)
    yield database.engine
    database.dispose()


def test_alembic_finds_no_difference(migrated: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = migrated.url.render_as_string(hide_password=False)
    command.check(config)


def test_columns_keys_and_checks_are_the_same(migrated: Engine, described: Engine) -> None:
    assert structure(migrated) == structure(described)


def test_triggers_are_the_same(migrated: Engine, described: Engine) -> None:
    assert triggers(migrated)
    assert triggers(migrated) == triggers(described)


def test_the_whole_way_up_down_and_up_again(new_url: NewUrl) -> None:
    url = new_url()
    engine = create_engine(url)
    migrate(url)
    there = structure(engine)
    migrate(url, "base")
    engine.dispose()
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert triggers(engine) == {}
    migrate(url)
    engine.dispose()
    assert structure(engine) == there
    engine.dispose()


def test_what_was_written_before_the_list_of_what_waits_is_linked_all_the_same(new_url: NewUrl) -> None:
    url = new_url()
    migrate(url, "0001")
    database = Database(url, KEYRING)
    with database.write() as session:
        for number in range(3):
            audit.record(Work(session, MOMENT, SYSTEM), f"act.{number}", [])
        first = session.execute(text("SELECT id FROM audit_entry WHERE action = 'act.1'")).scalar_one()
        session.execute(
            text("INSERT INTO audit_link (number, entry_id, link) SELECT 1, id, 'x' FROM audit_entry WHERE id = :id"),
            {"id": first},
        )
    migrate(url)
    with database.write() as session:
        assert chain.link_entries(Work(session, MOMENT, SYSTEM)) == 2
        assert chain.count_adrift(session) == 0
    database.dispose()


def structure(engine: Engine) -> dict[str, dict[str, Any]]:
    """Every table with all that Alembic's own comparison leaves out."""
    found = inspect(engine)
    return {
        table: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in found.get_columns(table)},
            "primary key": found.get_pk_constraint(table)["constrained_columns"],
            "checks": {c["name"]: " ".join(c["sqltext"].split()) for c in found.get_check_constraints(table)},
            "foreign keys": sorted(
                (k["name"], k["constrained_columns"], k["referred_table"], k["options"])
                for k in found.get_foreign_keys(table)
            ),
            "unique": sorted((u["name"], u["column_names"]) for u in found.get_unique_constraints(table)),
            "indexes": sorted(
                (i["name"], i["column_names"], bool(i["unique"]), _condition(i)) for i in found.get_indexes(table)
            ),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def triggers(engine: Engine) -> dict[str, str]:
    """Every trigger, by name, as the database would write it down."""
    if engine.dialect.name == "sqlite":
        asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        asked = (
            "SELECT t.tgname, pg_get_triggerdef(t.oid) || p.prosrc FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
        )
    with engine.connect() as connection:
        return {name: re.sub(r"\s+", " ", written) for name, written in connection.execute(text(asked))}


def _condition(index: Any) -> str | None:
    options = index.get("dialect_options", {})
    where = options.get("sqlite_where", options.get("postgresql_where"))
    return str(where) if where is not None else None
