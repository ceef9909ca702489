"""Looks: of each child that staff read of whose the thing was, so that its parents can be told who has looked.

Reads from before are not told of in pages: nobody wrote down whose the thing was, and entries are never changed.
"""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LOOK = ("entry_id", "child_id", "of_id", "at", "institution")
SAME = " AND ".join(f"COALESCE(OLD.{name} = NEW.{name}, OLD.{name} IS NULL AND NEW.{name} IS NULL)" for name in LOOK)
TRIGGERS = (
    ("audit_look", "audit_look_kept", "UPDATE", f"NOT ({SAME})", "audit_look is append-only"),
    ("audit_look", "audit_look_stays", "DELETE", "1 = 1", "audit_look is append-only"),
)


def upgrade() -> None:
    op.create_table(
        "audit_look",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("of_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("institution", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_look_entry_id_audit_entry")),
        sa.PrimaryKeyConstraint("entry_id", "child_id", "of_id", name=op.f("pk_audit_look")),
    )
    op.create_index(op.f("ix_audit_look_child_id_audit_look_at"), "audit_look", ["child_id", "at"], unique=False)
    op.create_index(op.f("ix_child_merged_into"), "child", ["merged_into"], unique=False)
    dialect = op.get_bind().dialect.name
    for trigger in TRIGGERS:
        for statement in trigger_sql(*trigger)[dialect]:
            op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_child_merged_into"), table_name="child")
    op.drop_table("audit_look")
    if op.get_bind().dialect.name == "postgresql":
        for _, name, *_ in TRIGGERS:
            op.execute(f'DROP FUNCTION "{name}"()')
