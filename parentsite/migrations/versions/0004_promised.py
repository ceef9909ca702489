"""What was promised in writing when an application was sent is kept beside what holds today (the Order § 3(4))."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("application", sa.Column("promised_by", sa.Date(), nullable=True))
    # In words of SQL: SQLite adds a checked column only so, and would else build the table anew, without its triggers.
    op.execute(
        "ALTER TABLE application ADD COLUMN promised_rule TEXT CONSTRAINT ck_application_promised_rule CHECK"
        " (promised_rule IN ('in_time', 'late_without_loss', 'pushed_by_delay', 'capped_at_three_months'))"
    )
    # The first offer remembers the promise that it met; without an offer nothing has moved it, except a birth.
    op.execute(
        "UPDATE application SET promised_rule = guarantee_rule, promised_by = COALESCE((SELECT offer.guaranteed_before"
        " FROM offer WHERE offer.application_id = application.id ORDER BY offer.made_at LIMIT 1), guaranteed_by)"
        " WHERE sent_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_column("application", "promised_rule")
    op.drop_column("application", "promised_by")
