"""The log is read by role and period, and children are found by name: indexes for both."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_audit_entry_role_audit_entry_at"), "audit_entry", ["role", "at"], unique=False)
    op.create_index(op.f("ix_child_given_name"), "child", ["given_name"], unique=False)
    op.create_index(op.f("ix_child_family_name_child_given_name"), "child", ["family_name", "given_name"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_child_family_name_child_given_name"), table_name="child")
    op.drop_index(op.f("ix_child_given_name"), table_name="child")
    op.drop_index(op.f("ix_audit_entry_role_audit_entry_at"), table_name="audit_entry")
