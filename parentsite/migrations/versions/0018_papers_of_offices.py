"""A signed paper is kept by the office that wrote it down: a house, or a team of the town."""

from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BEFORE = ("id", "about", "person_id", "file_id", "facility", "language", "signed_on", "recorded_by", "recorded_at")
AFTER = ("id", "about", "person_id", "file_id", "office", "language", "signed_on", "recorded_by", "recorded_at")


def _same(names: tuple[str, ...]) -> str:
    return " AND ".join(
        f"COALESCE(OLD.{name} = NEW.{name}, OLD.{name} IS NULL AND NEW.{name} IS NULL)" for name in names
    )


def _rename(old: str, new: str, names: tuple[str, ...]) -> None:
    """Without the table's guard, which names its columns."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute('DROP TRIGGER "signed_paper_kept"' + (' ON "signed_paper"' if is_postgresql else ""))
    if is_postgresql:
        op.execute('DROP FUNCTION "signed_paper_kept"()')
    op.execute(f'ALTER TABLE "signed_paper" RENAME COLUMN "{old}" TO "{new}"')
    kept = trigger_sql(
        "signed_paper", "signed_paper_kept", "UPDATE", f"NOT ({_same(names)})", "signed_paper is append-only"
    )
    for statement in kept[op.get_bind().dialect.name]:
        op.execute(statement)


def upgrade() -> None:
    _rename("facility", "office", AFTER)


def downgrade() -> None:
    _rename("office", "facility", BEFORE)
