"""What the next page tells first, once (`web_session.said`)."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("web_session", sa.Column("said", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("web_session", "said")
