"""The conversation's own database: always one SQLite file on one host, where deleted bytes can be made to go.

PostgreSQL keeps deleted bytes in its heap and log until it pleases; here they are overwritten at once (`secure_delete`)
and the log that still shows them is cut as soon as nobody reads.
"""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from parentsite.counselling.models import Apart
from parentsite.foundation.database import Database

POOL_SIZE = 2


class OtherTables(Exception):
    """The file holds the tables of another version of the site."""


def open_store(path: Path) -> Database:
    """The database at a path, made if it is missing, readable by its owner only. Raises `OtherTables`."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    database = Database(f"sqlite:///{path}", pool_size=POOL_SIZE)
    with database.write_lock():
        # What a new version has added is made; a table that is another than before is refused below.
        Apart.metadata.create_all(database.engine)
    if _tables(database.engine) != _as_described():
        raise OtherTables(path.name)
    return database


def cut_log(path: Path) -> bool:
    """Write the log into the database and cut it to nothing, unless somebody reads or writes just now.

    Returns whether nothing that was deleted is left; the worker tries again and again.
    """
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return not busy


def _tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")))


def _as_described() -> set[str]:
    engine = create_engine("sqlite://")
    Apart.metadata.create_all(engine)
    described = _tables(engine)
    engine.dispose()
    return described
