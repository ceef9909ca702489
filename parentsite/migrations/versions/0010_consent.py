"""Consent: a chain of receipts for each child or adult.

The groups' own table of shared phone numbers goes: groups have had no pages yet, so that nobody has shared one, and
there is nothing to move.
"""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

RECEIPT = (
    "id", "about", "number", "giver_id", "purpose", "receiver_kind", "receiver", "receiver_name", "text",
    "text_version", "language", "answer", "until", "said_at", "recorded_by", "link",
)  # fmt: skip
SAME = " AND ".join(f"COALESCE(OLD.{name} = NEW.{name}, OLD.{name} IS NULL AND NEW.{name} IS NULL)" for name in RECEIPT)
TRIGGERS = (
    (
        "consent_receipt",
        "consent_receipt_kept",
        "UPDATE",
        f"NOT ({SAME})",
        "consent_receipt is append-only",
    ),
    ("consent_receipt", "consent_receipt_stays", "DELETE", "1 = 1", "consent_receipt is append-only"),
    ("consent_chain", "consent_chain_stays", "DELETE", "1 = 1", "a consent_chain stays"),
    (
        "consent_chain",
        "consent_chain_grows",
        "UPDATE",
        "NOT (OLD.about = NEW.about AND OLD.subject = NEW.subject AND NEW.length = OLD.length + 1)",
        "a consent_chain grows by one",
    ),
)


def upgrade() -> None:
    op.drop_index("uq_group_consent_open", table_name="group_consent")
    op.drop_table("group_consent")
    op.create_table(
        "consent_chain",
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.CheckConstraint("subject IN ('child', 'person')", name=op.f("ck_consent_chain_subject")),
        sa.CheckConstraint("length >= 0", name=op.f("ck_consent_chain_length")),
        sa.PrimaryKeyConstraint("about", name=op.f("pk_consent_chain")),
    )
    op.create_table(
        "consent_receipt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("receiver_kind", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("receiver_name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'no', 'withdrawn')", name=op.f("ck_consent_receipt_answer")),
        sa.CheckConstraint(
            "recorded_by IN ('anonymous', 'parent', 'staff', 'system')", name=op.f("ck_consent_receipt_recorded_by")
        ),
        sa.CheckConstraint("until IS NULL OR answer <> 'no'", name=op.f("ck_consent_receipt_end_of_a_yes")),
        sa.ForeignKeyConstraint(
            ["about"], ["consent_chain.about"], name=op.f("fk_consent_receipt_about_consent_chain")
        ),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_consent_receipt_giver_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_receipt")),
        sa.UniqueConstraint("about", "number", name=op.f("uq_consent_receipt_about_number")),
    )
    dialect = op.get_bind().dialect.name
    for trigger in TRIGGERS:
        for statement in trigger_sql(*trigger)[dialect]:
            op.execute(statement)


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, name, *_ in TRIGGERS:
        op.execute(f'DROP TRIGGER "{name}" ON "{table}"' if is_postgresql else f'DROP TRIGGER "{name}"')
        if is_postgresql:
            op.execute(f'DROP FUNCTION "{name}"()')
    op.drop_table("consent_receipt")
    op.drop_table("consent_chain")
    op.create_table(
        "group_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("withdrawn_at >= given_at", name=op.f("ck_group_consent_forward")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["group_member.id"], name=op.f("fk_group_consent_member_id_group_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_consent")),
    )
    op.create_index(
        "uq_group_consent_open",
        "group_consent",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
