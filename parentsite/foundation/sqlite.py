"""SQLite as the site uses it: connections that can only read, and connections that write alone from their beginning.

Transactions are begun by a dialect, not by a listener as SQLAlchemy's manual shows it: an engine that has a listener
looks for others around every statement, which takes as long as a short statement itself.
"""

from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

BUSY_MILLISECONDS = 8000
_ALWAYS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_MILLISECONDS}",
)


class ReadingDialect(SQLiteDialect_pysqlite):
    """A transaction sees one state of the database from its first statement to its last."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.execute("BEGIN")


class WritingDialect(SQLiteDialect_pysqlite):
    """A transaction is the only one that writes, from its beginning: it never has to give way in the middle."""

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: Any) -> None:
        dbapi_connection.execute("BEGIN IMMEDIATE")


registry.register("sqlite.reading", __name__, ReadingDialect.__name__)
registry.register("sqlite.writing", __name__, WritingDialect.__name__)


def reading_engine(url: URL, pool_size: int) -> Engine:
    """Connections that refuse to write."""
    return _engine(url.set(drivername="sqlite+reading"), pool_size, (*_ALWAYS, "query_only=ON"))


def writing_engine(url: URL, pool_size: int) -> Engine:
    """Connections for one writer at a time."""
    return _engine(url.set(drivername="sqlite+writing"), pool_size, _ALWAYS)


def _engine(url: URL, pool_size: int, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(url, pool_size=pool_size, max_overflow=4, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        # The driver begins nothing by itself.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    return engine
