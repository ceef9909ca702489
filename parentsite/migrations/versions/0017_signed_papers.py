"""Files that are handed in; the signed papers behind consents at school start; who has been reminded to answer."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEPT = {
    "attached_file": ("id", "kind", "size", "digest", "attached_at"),
    "signed_paper": (
        "id",
        "about",
        "person_id",
        "file_id",
        "facility",
        "language",
        "signed_on",
        "recorded_by",
        "recorded_at",
    ),
    "paper_receipt": ("paper_id", "receipt_id"),
    "consent_reminder": ("document_id", "reminded_at"),
}


def _same(names: tuple[str, ...]) -> str:
    return " AND ".join(
        f"COALESCE(OLD.{name} = NEW.{name}, OLD.{name} IS NULL AND NEW.{name} IS NULL)" for name in names
    )


TRIGGERS = tuple(
    trigger
    for table, names in KEPT.items()
    for trigger in (
        (table, f"{table}_kept", "UPDATE", f"NOT ({_same(names)})", f"{table} is append-only"),
        (table, f"{table}_stays", "DELETE", "1 = 1", f"{table} is append-only"),
    )
)


def upgrade() -> None:
    op.create_table(
        "attached_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('pdf', 'jpg', 'png')", name=op.f("ck_attached_file_kind")),
        sa.CheckConstraint("size > 0", name=op.f("ck_attached_file_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attached_file")),
    )
    op.create_table(
        "signed_paper",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["about"], ["consent_chain.about"], name=op.f("fk_signed_paper_about_consent_chain")),
        sa.ForeignKeyConstraint(["file_id"], ["attached_file.id"], name=op.f("fk_signed_paper_file_id_attached_file")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signed_paper_person_id_person")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["staff_member.id"], name=op.f("fk_signed_paper_recorded_by_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_paper")),
        sa.UniqueConstraint("file_id", name=op.f("uq_signed_paper_file_id")),
    )
    op.create_index(op.f("ix_signed_paper_about"), "signed_paper", ["about"], unique=False)
    op.create_table(
        "consent_reminder",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["school_document.id"], name=op.f("fk_consent_reminder_document_id_school_document")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_consent_reminder")),
    )
    op.create_table(
        "paper_receipt",
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("receipt_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["signed_paper.id"], name=op.f("fk_paper_receipt_paper_id_signed_paper")),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["consent_receipt.id"], name=op.f("fk_paper_receipt_receipt_id_consent_receipt")
        ),
        sa.PrimaryKeyConstraint("paper_id", "receipt_id", name=op.f("pk_paper_receipt")),
    )
    op.create_index(op.f("ix_paper_receipt_receipt_id"), "paper_receipt", ["receipt_id"], unique=False)
    op.create_index(op.f("ix_document_version_published_at"), "document_version", ["published_at"], unique=False)
    for trigger in TRIGGERS:
        for statement in trigger_sql(*trigger)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, name, *_ in TRIGGERS:
        op.execute(f'DROP TRIGGER "{name}" ON "{table}"' if is_postgresql else f'DROP TRIGGER "{name}"')
        if is_postgresql:
            op.execute(f'DROP FUNCTION "{name}"()')
    op.drop_index(op.f("ix_document_version_published_at"), table_name="document_version")
    op.drop_index(op.f("ix_paper_receipt_receipt_id"), table_name="paper_receipt")
    op.drop_table("paper_receipt")
    op.drop_table("consent_reminder")
    op.drop_index(op.f("ix_signed_paper_about"), table_name="signed_paper")
    op.drop_table("signed_paper")
    op.drop_table("attached_file")
