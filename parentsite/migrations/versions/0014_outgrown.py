"""Moved days of visits: why is forgotten when the child has outgrown the plan, and found by when it was written."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_visit_shift_made_at"), "visit_shift", ["made_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_visit_shift_made_at"), table_name="visit_shift")
