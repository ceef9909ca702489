"""What a thief of the database would hold: every byte of it, to look for words that should not be there."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import inspect, text

from tests.sites import Site


def bytes_of(site: Site) -> Iterator[bytes]:
    """The files of a SQLite database with what is not in the main one yet, and every row as it is kept."""
    with site.database.read() as session:
        path = Path(str(site.database.url.database))
        for found in (path, Path(f"{path}-wal"), Path(f"{path}-shm")) if site.database.is_sqlite else ():
            yield found.read_bytes()
        for table in inspect(session.connection()).get_table_names():
            for row in session.execute(text(f'SELECT * FROM "{table}"')):
                yield from (bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row)
