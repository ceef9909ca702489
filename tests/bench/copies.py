"""Makes a small town large: copies every family with its cases inside SQLite, each copy with ids of its own."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Column, Table, Uuid

from parentsite.foundation.database import Base
from parentsite.people.models import Attendance, Child, Person, Relation
from parentsite.places.models import Application, Offer, Placement, Vacancy, Wish

COPIED = (Person, Child, Relation, Application, Wish, Vacancy, Offer, Placement, Attendance)


def copy_families(file: Path, times: int) -> None:
    """Let there be so many more of each family as there are now; nobody else may use the file meanwhile."""
    tables = {model.__tablename__ for model in COPIED}
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        for table in Base.metadata.sorted_tables:
            if table.name in tables:
                connection.execute(_copy(table), {"times": times})
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def _copy(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_value(column) for column in table.columns)
    return f"""
        WITH RECURSIVE copy(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copy WHERE number < :times),
        original AS MATERIALIZED (SELECT * FROM "{table.name}")
        INSERT INTO "{table.name}" ({names}) SELECT {values} FROM copy, original
    """


def _value(column: Column[object]) -> str:
    """An id begins with the copy's number, and so does every reference to it; what must be unique gets it too."""
    own = f'original."{column.name}"'
    if isinstance(column.type, Uuid):
        return f"printf('%08x', copy.number) || substr({own}, 9)"
    if column.name == "line_key":
        return f"substr({own}, 1, length({own}) - 32) || printf('%08x', copy.number) || substr({own}, -24)"
    if column.unique:
        return f"{own} || '-' || copy.number"
    return own
