"""Alembic's entry: runs the migrations against the database it is given."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import create_engine

from parentsite.foundation.database import Base, UTCDateTime
from parentsite.tables import ALL_TABLES


def render_item(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """A migration must not depend on what the site's own types become later."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


assert ALL_TABLES
engine = create_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection, target_metadata=Base.metadata, compare_type=True, render_item=render_item)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
