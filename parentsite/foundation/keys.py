"""Whether the keys at hand open what the database holds: asked at the start, and not by the first family that looks."""

from sqlalchemy import LargeBinary, func, inspect, select
from sqlalchemy.orm import Session

from parentsite.foundation.database import Base
from parentsite.foundation.sealed import HEAD_BYTES, keyring_of


def unopened(session: Session) -> list[str]:
    """The columns (`table.column`) in which something is sealed by a key that is not at hand.

    One statement for each sealed column, for the heads of its values alone; a table that is still to come holds none.
    """
    keyring, there = keyring_of(session), set(inspect(session.connection()).get_table_names())
    return [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "sealed" in column.info and table.name in there
        for head in [func.substr(column, 1, HEAD_BYTES, type_=LargeBinary)]
        if not all(map(keyring.has_sealed, session.scalars(select(head).where(column.is_not(None)).distinct())))
    ]
