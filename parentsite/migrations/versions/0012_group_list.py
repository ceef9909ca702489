"""The desk's list of groups finds a page of them, the newest first, by an index."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_parent_group_state_parent_group_made_at"), "parent_group", ["state", "made_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_parent_group_state_parent_group_made_at"), table_name="parent_group")
