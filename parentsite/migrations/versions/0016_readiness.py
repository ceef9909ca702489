"""School readiness: what the daycare writes about a child, in versions that are never changed, and what parents say."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
VERSION = ("id", "document_id", "number", "facility", "template", "digest", "published_by", "published_at")
TEXT = ("version_id", "area", "digest")


def _same(names: tuple[str, ...]) -> str:
    return " AND ".join(
        f"COALESCE(OLD.{name} = NEW.{name}, OLD.{name} IS NULL AND NEW.{name} IS NULL)" for name in names
    )


TRIGGERS = (
    (
        "document_version",
        "document_version_kept",
        "UPDATE",
        f"NOT ({_same(VERSION)})",
        "document_version is append-only",
    ),
    ("document_version", "document_version_stays", "DELETE", "1 = 1", "document_version is append-only"),
    ("version_text", "version_text_kept", "UPDATE", f"NOT ({_same(TEXT)})", "version_text is append-only"),
    ("version_text", "version_text_stays", "DELETE", "1 = 1", "version_text is append-only"),
    (
        "correction_request",
        "correction_request_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state = 'corrected') OR (OLD.state = 'open' AND NEW.state = 'kept'))",
        "illegal move of correction_request",
    ),
    (
        "correction_request",
        "correction_request_answered",
        "UPDATE OF version_id, person_id, language, made_at, corrected_in, answered_by, answered_at",
        "OLD.state <> 'open'",
        "an answered correction_request stays",
    ),
    ("correction_request", "correction_request_stays", "DELETE", "1 = 1", "a correction_request stays"),
    (
        "assessment_request",
        "assessment_request_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state = 'taken_back') OR (OLD.state = 'open' AND NEW.state = 'written'))",
        "illegal move of assessment_request",
    ),
    (
        "school_document",
        "school_document_grows",
        "UPDATE OF kind, versions",
        "NOT (OLD.kind = NEW.kind AND (NEW.versions = OLD.versions OR NEW.versions = OLD.versions + 1))",
        "a school_document grows by one",
    ),
)


def upgrade() -> None:
    op.create_table(
        "assessment_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'written', 'taken_back')", name=op.f("ck_assessment_request_state")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_assessment_request_child_id_child")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assessment_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_request")),
    )
    op.create_index(op.f("ix_assessment_request_child_id"), "assessment_request", ["child_id"], unique=False)
    op.create_index(
        "uq_assessment_request_open",
        "assessment_request",
        ["child_id", "person_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "school_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('description', 'assessment')", name=op.f("ck_school_document_kind")),
        sa.CheckConstraint("versions >= 0", name=op.f("ck_school_document_versions")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_school_document_child_id_child")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_document")),
        sa.UniqueConstraint("child_id", "kind", name=op.f("uq_school_document_child_id_kind")),
    )
    op.create_table(
        "document_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("readiness", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["school_document.id"], name=op.f("fk_document_draft_document_id_school_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_draft")),
        sa.UniqueConstraint("document_id", "facility", name=op.f("uq_document_draft_document_id_facility")),
    )
    op.create_index(op.f("ix_document_draft_facility"), "document_draft", ["facility"], unique=False)
    op.create_table(
        "document_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("readiness", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["school_document.id"], name=op.f("fk_document_version_document_id_school_document")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["staff_member.id"], name=op.f("fk_document_version_published_by_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_document_version_document_id_number")),
    )
    op.create_table(
        "parent_comment",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["school_document.id"], name=op.f("fk_parent_comment_document_id_school_document")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_parent_comment_person_id_person")),
        sa.PrimaryKeyConstraint("document_id", "person_id", name=op.f("pk_parent_comment")),
    )
    op.create_index(op.f("ix_parent_comment_person_id"), "parent_comment", ["person_id"], unique=False)
    op.create_table(
        "correction_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("corrected_in", sa.Uuid(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'corrected') = (corrected_in IS NOT NULL) AND (state = 'kept') = (answer IS NOT NULL) AND (state = 'open') = (answered_at IS NULL) AND (state = 'open') = (answered_by IS NULL)",
            name=op.f("ck_correction_request_answered"),
        ),
        sa.CheckConstraint("state IN ('open', 'corrected', 'kept')", name=op.f("ck_correction_request_state")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["staff_member.id"], name=op.f("fk_correction_request_answered_by_staff_member")
        ),
        sa.ForeignKeyConstraint(
            ["corrected_in"], ["document_version.id"], name=op.f("fk_correction_request_corrected_in_document_version")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_request_person_id_person")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["document_version.id"], name=op.f("fk_correction_request_version_id_document_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_request")),
    )
    op.create_index(op.f("ix_correction_request_person_id"), "correction_request", ["person_id"], unique=False)
    op.create_index(op.f("ix_correction_request_version_id"), "correction_request", ["version_id"], unique=False)
    op.create_index(
        "uq_correction_request_open",
        "correction_request",
        ["version_id", "person_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "draft_text",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["document_draft.id"], name=op.f("fk_draft_text_draft_id_document_draft")
        ),
        sa.PrimaryKeyConstraint("draft_id", "area", name=op.f("pk_draft_text")),
    )
    op.create_table(
        "version_text",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["document_version.id"], name=op.f("fk_version_text_version_id_document_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "area", name=op.f("pk_version_text")),
    )
    op.create_index(
        op.f("ix_consent_receipt_receiver_consent_receipt_until"),
        "consent_receipt",
        ["receiver", "until"],
        unique=False,
    )
    for trigger in TRIGGERS:
        for statement in trigger_sql(*trigger)[op.get_bind().dialect.name]:
            op.execute(statement)


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, name, *_ in TRIGGERS:
        op.execute(f'DROP TRIGGER "{name}" ON "{table}"' if is_postgresql else f'DROP TRIGGER "{name}"')
        if is_postgresql:
            op.execute(f'DROP FUNCTION "{name}"()')
    op.drop_index(op.f("ix_consent_receipt_receiver_consent_receipt_until"), table_name="consent_receipt")
    op.drop_table("version_text")
    op.drop_table("draft_text")
    op.drop_index(
        "uq_correction_request_open", table_name="correction_request", sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.drop_index(op.f("ix_correction_request_version_id"), table_name="correction_request")
    op.drop_index(op.f("ix_correction_request_person_id"), table_name="correction_request")
    op.drop_table("correction_request")
    op.drop_index(op.f("ix_parent_comment_person_id"), table_name="parent_comment")
    op.drop_table("parent_comment")
    op.drop_table("document_version")
    op.drop_index(op.f("ix_document_draft_facility"), table_name="document_draft")
    op.drop_table("document_draft")
    op.drop_table("school_document")
    op.drop_index(
        "uq_assessment_request_open", table_name="assessment_request", sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.drop_index(op.f("ix_assessment_request_child_id"), table_name="assessment_request")
    op.drop_table("assessment_request")
