"""Start talks: a family asks that the health visitor takes part, at most one at a time for each child."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LIVE = sa.text("state IN ('open', 'arranged')")
MOVES = (
    "start_talk",
    "start_talk_moves",
    "UPDATE OF state",
    "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state = 'arranged') OR (OLD.state = 'open' AND NEW.state = 'taken_back') OR (OLD.state = 'arranged' AND NEW.state = 'taken_back'))",
    "illegal move of start_talk",
)


def upgrade() -> None:
    op.create_table(
        "start_talk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'arranged', 'taken_back')", name=op.f("ck_start_talk_state")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_start_talk_child_id_child")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_start_talk_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_start_talk")),
    )
    op.create_index(op.f("ix_start_talk_child_id"), "start_talk", ["child_id"], unique=False)
    op.create_index(
        op.f("ix_start_talk_state_start_talk_changed_at"), "start_talk", ["state", "changed_at"], unique=False
    )
    op.create_index(
        "uq_start_talk_live", "start_talk", ["child_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )
    for statement in trigger_sql(*MOVES)[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(
        'DROP TRIGGER "start_talk_moves" ON "start_talk"' if is_postgresql else 'DROP TRIGGER "start_talk_moves"'
    )
    if is_postgresql:
        op.execute('DROP FUNCTION "start_talk_moves"()')
    op.drop_index("uq_start_talk_live", table_name="start_talk", sqlite_where=LIVE, postgresql_where=LIVE)
    op.drop_index(op.f("ix_start_talk_state_start_talk_changed_at"), table_name="start_talk")
    op.drop_index(op.f("ix_start_talk_child_id"), table_name="start_talk")
    op.drop_table("start_talk")
