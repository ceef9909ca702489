"""A team's answered and closed letters are found by when they changed, however many there are."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        op.f("ix_letter_team_letter_state_letter_changed_at"),
        "letter",
        ["team", "state", "changed_at"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_letter_team_letter_state_letter_changed_at"), table_name="letter")
