"""The database: SQLite beside the site, or PostgreSQL by URL; reading and writing sessions that keep the same
promises on both.
"""

import fcntl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    CursorResult,
    Date,
    DateTime,
    Delete,
    Dialect,
    Engine,
    Executable,
    Insert,
    LargeBinary,
    MetaData,
    Select,
    Text,
    TypeDecorator,
    Update,
    Uuid,
    create_engine,
    event,
    literal_column,
)
from sqlalchemy.engine import Connection, ExceptionContext, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session

from parentsite.foundation import sqlite
from parentsite.foundation.sealed import Keyring

POOL_SIZE = 4


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table; text is unbounded, moments are aware, ids are random."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        str: Text(),
        datetime: UTCDateTime(),
        date: Date(),
        UUID: Uuid(),
        bytes: LargeBinary(),
    }


def new_id() -> UUID:
    """A random id: it tells nothing of order or number."""
    return uuid4()


def one_of(column: str, values: type[Any], name: str | None = None) -> CheckConstraint:
    """A check that a text column holds one of an enum's values."""
    listed = ", ".join(f"'{value.value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or column)


def one_of_these(column: ColumnElement[str] | InstrumentedAttribute[str], values: Iterable[str]) -> ColumnElement[bool]:
    """Whether a text column holds one of these words of ours, written into the statement: as values of their own
    SQLAlchemy would write them in anew each time it is sent, and SQLite would not see that an index holds just these.
    """
    words: list[ColumnElement[str]] = [literal_column(f"'{value}'") for value in values]
    return column.in_(words) if len(words) > 1 else column == words[0]


READS_ONLY = "reads_only"
"""In the `info` of a session that cannot write: what it has read once of a page need not be read again."""


class Database:
    """One database with its pool, its keys, and its two kinds of session.

    `url` is SQLAlchemy's; for SQLite a lock file beside the database queues the writers fairly.
    """

    def __init__(self, url: str, keyring: Keyring | None = None, pool_size: int = POOL_SIZE) -> None:
        self.url = make_url(url)
        self.keyring = keyring
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.engine = sqlite.writing_engine(self.url, pool_size)
            self.reading = sqlite.reading_engine(self.url, pool_size)
        else:
            self.engine = _server_engine(self.url, pool_size)
            self.reading = self.engine.execution_options(postgresql_readonly=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that cannot write; ended by COMMIT, which keeps PostgreSQL's prepared statements."""
        # Bound to its connection: a page that reads columns only never starts the session's own machinery.
        with (
            self.reading.begin() as connection,
            Session(connection, info={"keyring": self.keyring, READS_ONLY: True}, autoflush=False) as session,
        ):
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits when the block ends well, and leaves nothing behind when it does not."""
        with self.write_lock(), Session(self.engine, info={"keyring": self.keyring}) as session:
            yield session
            session.commit()

    def write_lock(self) -> AbstractContextManager[None]:
        """One SQLite writer at a time, in turn: SQLite's own wait starves the unlucky. Nothing on PostgreSQL."""
        if not self.is_sqlite or not self.url.database:
            return nullcontext()
        return _file_lock(Path(self.url.database + ".lock"))

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        self.reading.dispose()


Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


def change(session: Session, statement: Insert | Update | Delete, values: Values | None = None) -> int:
    """Run an insert, update or delete straight on the tables; returns how many rows it changed, which is how a race is
    won.

    What is pending in the session goes first; objects that the session holds already are not changed with their rows.
    A statement that is made once, with `bindparam`, costs a fifth of one made anew for the session.
    """
    session.flush()
    return session.connection().execute(statement, values).rowcount


def lock(session: Session, rows: Select[Any], values: Mapping[str, Any]) -> None:
    """Let nobody else change what a SELECT … FOR UPDATE finds, until the end. A SQLite writer is alone already."""
    if session.get_bind().dialect.name != "sqlite":
        columns(session, rows, values).all()


def columns(session: Session, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
    """What a statement of columns, not of entities, reads: straight from the session's connection.

    It costs half of asking the session itself; what is only pending in the session is not seen.
    """
    bind = session.get_bind()
    connection = bind if isinstance(bind, Connection) else session.connection()
    return connection.execute(statement, values)


def is_conflict(error: OperationalError) -> bool:
    """Whether a statement lost a race that a second try can win (deadlock, serialization, busy)."""
    state = getattr(error.orig, "sqlstate", None)
    return state in {"40001", "40P01"} or "database is locked" in str(error.orig)


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)


def _server_engine(url: Any, pool_size: int) -> Engine:
    engine = create_engine(url, pool_size=pool_size, max_overflow=0, hide_parameters=True)
    event.listen(engine, "handle_error", _leave_out_values)
    return engine


def _leave_out_values(context: ExceptionContext) -> None:
    """PostgreSQL quotes the row, or the value, that it refuses; such words must not get into a log."""
    original = context.original_exception
    diagnosis = getattr(original, "diag", None)
    if diagnosis is None or not diagnosis.sqlstate:
        return
    names_a_value = diagnosis.sqlstate.startswith("22")
    told = f"{diagnosis.sqlstate} {'a value was refused' if names_a_value else diagnosis.message_primary}"
    original.args = (told,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (told,)
