"""How the databases mean to find the rows of a statement, and which of these ways take longer as families join."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import PrimaryKeyConstraint, event
from sqlalchemy.engine import Connection, Engine, make_url

from parentsite.foundation.database import Base, Database

STAYS_SMALL = {
    "audit_loose",
    "facility",
    "facility_record",
    "staff_member",
    "town_version",
    "visit_absence",
    "visit_hours",
    "visit_laid",
}
"""What the number of families does not change; what waits to be linked the worker keeps short."""
READS_OR_WRITES = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
Sent = dict[str, Any]
_WHOLE_INDEXES = {
    index.name: table.name
    for table in Base.metadata.tables.values()
    for index in (*table.indexes, table.primary_key)
    if isinstance(index, PrimaryKeyConstraint) or index.dialect_options["postgresql"]["where"] is None
}
"""By name, the table of each index that holds all of its rows."""


@contextmanager
def statements(url: str) -> Iterator[Sent]:
    """What is sent to this database meanwhile, by whomever: each statement with the values it was last sent with."""
    sent: Sent = {}

    def keep(connection: Connection, cursor: object, statement: str, values: Any, context: object, many: bool) -> None:
        if connection.engine.url.database == make_url(url).database and statement.lstrip().startswith(READS_OR_WRITES):
            sent[statement] = values[0] if many else values

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", keep)


def grows(database: Database, sent: Sent) -> set[str]:
    """The statements that look through a whole table of families, or through all of it that is in one state."""
    assert sent
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            # Small tables are quickest read whole: what matters is whether there is an index to use instead.
            for way in ("seqscan", "hashjoin", "mergejoin"):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        look = _sqlite if database.is_sqlite else _postgresql
        return {" ".join(each.split()) for each, values in sent.items() if any(look(connection, each, values))}


def _grown(table: str) -> bool:
    return re.sub(r"_\d+$", "", table) in set(Base.metadata.tables) - STAYS_SMALL


def _sqlite(connection: Connection, statement: str, values: Any) -> Iterator[bool]:
    for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
        way, _, rest = row.detail.partition(" ")
        if way in {"SCAN", "SEARCH"} and _grown(rest.split()[0]):
            yield way == "SCAN" or rest.endswith("(state=?)")


def _postgresql(connection: Connection, statement: str, values: Any) -> Iterator[bool]:
    told = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    ahead = [one["Plan"] for one in (json.loads(told) if isinstance(told, str) else told)]
    while ahead:
        node = ahead.pop()
        ahead += node.get("Plans", [])
        if node["Node Type"] == "Seq Scan" and _grown(node["Relation Name"]):
            yield True
        if "Index Cond" not in node and _grown(_WHOLE_INDEXES.get(node.get("Index Name"), "")):
            yield True
