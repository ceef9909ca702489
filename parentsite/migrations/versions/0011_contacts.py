"""Health visitors note that they have been in touch with a family."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_visit_contact_child_id_child")),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["staff_member.id"], name=op.f("fk_visit_contact_visitor_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_contact")),
    )
    op.create_index(op.f("ix_visit_contact_child_id"), "visit_contact", ["child_id"], unique=False)
    op.create_index(op.f("ix_visit_contact_made_at"), "visit_contact", ["made_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_visit_contact_made_at"), table_name="visit_contact")
    op.drop_index(op.f("ix_visit_contact_child_id"), table_name="visit_contact")
    op.drop_table("visit_contact")
