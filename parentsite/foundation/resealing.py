"""Rotation of keys while the site runs: every sealed value is sealed anew under the newest key, a batch at a time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, func, select, update

from parentsite.foundation.database import Base, Database, change
from parentsite.foundation.sealed import HEAD_BYTES

BATCH = 200
FILES = 5
"""Rows of a batch where each may hold a whole file: other writers wait for a batch."""


def reseal(database: Database) -> int:
    """Re-seal all that an older key sealed; afterwards that key may be dropped. Returns how many values changed."""
    return sum(
        _reseal_column(database, table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "sealed" in column.info
    )


def _reseal_column(database: Database, table: Table, column: Column[bytes]) -> int:
    assert database.keyring is not None
    # The head tells the key; the values themselves, which may be files, are read one at a time.
    head = func.substr(column, 1, HEAD_BYTES, type_=LargeBinary)
    with database.read() as session:
        rows = session.execute(select(*table.primary_key.columns, head).where(column.is_not(None))).all()
    stale = [row[:-1] for row in rows if not database.keyring.sealed_by_newest(row[-1])]
    batch = FILES if column.info.get("file") else BATCH
    return sum(_reseal_rows(database, table, column, stale[at : at + batch]) for at in range(0, len(stale), batch))


def _reseal_rows(database: Database, table: Table, column: Column[bytes], keys: Sequence[Any]) -> int:
    keyring, context = database.keyring, column.info["sealed"]
    assert keyring is not None
    changed = 0
    with database.write() as session:
        for key in keys:
            same = [part == value for part, value in zip(table.primary_key.columns, key, strict=True)]
            blob = session.execute(select(column).where(*same)).scalar_one_or_none()
            if blob is None or keyring.sealed_by_newest(blob):
                continue
            fresh = keyring.seal_bytes(keyring.unseal_bytes(blob, context), context)
            # One written meanwhile is sealed by the newest key already: only what was read is replaced.
            changed += change(session, update(table).where(*same, column == blob).values({column.name: fresh}))
    return changed
