"""The health visitors' desk: a booked visit may be proposed anew; days laid ahead; lists find their rows by an index."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = (
    ("proposed", "booked"),
    ("proposed", "cancelled"),
    ("proposed", "done"),
    ("proposed", "not_at_home"),
    ("booked", "cancelled"),
    ("booked", "done"),
    ("booked", "not_at_home"),
    ("done", "not_at_home"),
    ("not_at_home", "done"),
)
AFTER = (*BEFORE[:6], ("booked", "not_at_home"), ("booked", "proposed"), *BEFORE[7:])


def upgrade() -> None:
    _guard(AFTER)
    op.create_index(
        op.f("ix_visit_slot_state_visit_slot_starts_at"), "visit_slot", ["state", "starts_at"], unique=False
    )
    op.create_index(op.f("ix_child_birth_date"), "child", ["birth_date"], unique=False)
    op.create_index(op.f("ix_home_visit_host_id"), "home_visit", ["host_id"], unique=False)
    op.create_index(op.f("ix_home_visit_slot_id"), "home_visit", ["slot_id"], unique=False)
    op.create_table(
        "visit_laid",
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["staff_member.id"], name=op.f("fk_visit_laid_visitor_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("visitor_id", name=op.f("pk_visit_laid")),
    )


def downgrade() -> None:
    op.drop_table("visit_laid")
    op.drop_index(op.f("ix_home_visit_slot_id"), table_name="home_visit")
    op.drop_index(op.f("ix_home_visit_host_id"), table_name="home_visit")
    op.drop_index(op.f("ix_child_birth_date"), table_name="child")
    op.drop_index(op.f("ix_visit_slot_state_visit_slot_starts_at"), table_name="visit_slot")
    _guard(BEFORE)


def _guard(pairs: tuple[tuple[str, str], ...]) -> None:
    """Put the trigger that lets an appointment move along `pairs` alone in place of the one before."""
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute('DROP TRIGGER "home_visit_moves" ON "home_visit"')
        op.execute('DROP FUNCTION "home_visit_moves"()')
    else:
        op.execute('DROP TRIGGER "home_visit_moves"')
    allowed = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in pairs)
    moves = f"OLD.state <> NEW.state AND NOT ({allowed})"
    written = trigger_sql("home_visit", "home_visit_moves", "UPDATE OF state", moves, "illegal move of home_visit")
    for statement in written[dialect]:
        op.execute(statement)
