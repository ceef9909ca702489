"""Rotation of keys while the site runs: every sealed value is sealed anew under the newest key, a batch at a time."""

from sqlalchemy import Column, Table, select, update

from parentsite.foundation.database import Base, Database, change

BATCH = 200


def reseal(database: Database) -> int:
    """Re-seal all that an older key sealed; afterwards that key may be dropped. Returns how many values changed."""
    return sum(
        _reseal_column(database, table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "sealed" in column.info
    )


def _reseal_column(database: Database, table: Table, column: Column[bytes]) -> int:
    keyring = database.keyring
    assert keyring is not None
    context = column.info["sealed"]
    keys = list(table.primary_key.columns)
    with database.read() as session:
        rows = session.execute(select(*keys, column).where(column.is_not(None))).all()
    stale = [row for row in rows if not keyring.sealed_by_newest(row[-1])]
    changed = 0
    for start in range(0, len(stale), BATCH):
        with database.write() as session:
            for *key, blob in stale[start : start + BATCH]:
                # One written meanwhile is sealed by the newest key already: only what was read is replaced.
                same = [part == value for part, value in zip(keys, key, strict=True)]
                fresh = keyring.seal(keyring.unseal(blob, context), context)
                statement = update(table).where(*same, column == blob).values({column.name: fresh})
                changed += change(session, statement)
    return changed
