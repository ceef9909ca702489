"""Each adult's own question to the health visitors is kept; what helps a visit knows when it was told."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
BEFORE = ("child_id", "kind", "visit")
AFTER = ("child_id", "person_id", "kind", "visit")


def upgrade() -> None:
    _one_open_question(AFTER)
    with op.batch_alter_table("visit_home") as home:
        home.add_column(sa.Column("told_on", sa.Date(), nullable=True))
    op.execute("UPDATE visit_home SET told_on = CURRENT_DATE")
    with op.batch_alter_table("visit_home") as home:
        home.alter_column("told_on", existing_type=sa.Date(), nullable=False)
    op.create_index(op.f("ix_visit_home_told_on"), "visit_home", ["told_on"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_visit_home_told_on"), table_name="visit_home")
    with op.batch_alter_table("visit_home") as home:
        home.drop_column("told_on")
    _one_open_question(BEFORE)


def _one_open_question(columns: tuple[str, ...]) -> None:
    """Put the promise that one question is open once, for what `columns` say, in place of the one before."""
    op.drop_index("uq_visit_request_open", table_name="visit_request")
    op.create_index(
        "uq_visit_request_open",
        "visit_request",
        columns,
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
