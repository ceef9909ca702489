"""The ground: audit, outbox, sessions, town, people, places."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


TRIGGERS = (
    (
        "application",
        "application_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'draft' AND NEW.state = 'sent') OR (OLD.state = 'sent' AND NEW.state = 'closed') OR (OLD.state = 'sent' AND NEW.state = 'waiting') OR (OLD.state = 'sent' AND NEW.state = 'withdrawn') OR (OLD.state = 'waiting' AND NEW.state = 'closed') OR (OLD.state = 'waiting' AND NEW.state = 'withdrawn'))",
        "illegal move of application",
    ),
    (
        "wish",
        "wish_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'waiting' AND NEW.state = 'offered') OR (OLD.state = 'waiting' AND NEW.state = 'removed') OR (OLD.state = 'offered' AND NEW.state = 'fulfilled') OR (OLD.state = 'offered' AND NEW.state = 'removed') OR (OLD.state = 'offered' AND NEW.state = 'waiting'))",
        "illegal move of wish",
    ),
    (
        "vacancy",
        "vacancy_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state = 'offered') OR (OLD.state = 'open' AND NEW.state = 'withdrawn') OR (OLD.state = 'offered' AND NEW.state = 'filled') OR (OLD.state = 'offered' AND NEW.state = 'open'))",
        "illegal move of vacancy",
    ),
    (
        "offer",
        "offer_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state = 'accepted') OR (OLD.state = 'open' AND NEW.state = 'declined') OR (OLD.state = 'open' AND NEW.state = 'expired') OR (OLD.state = 'open' AND NEW.state = 'taken_back'))",
        "illegal move of offer",
    ),
    (
        "placement",
        "placement_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'agreed' AND NEW.state = 'ended') OR (OLD.state = 'agreed' AND NEW.state = 'notice_given') OR (OLD.state = 'agreed' AND NEW.state = 'running') OR (OLD.state = 'running' AND NEW.state = 'ended') OR (OLD.state = 'running' AND NEW.state = 'notice_given') OR (OLD.state = 'notice_given' AND NEW.state = 'ended'))",
        "illegal move of placement",
    ),
    (
        "audit_entry",
        "audit_entry_kept",
        "UPDATE",
        "NOT (COALESCE(OLD.id = NEW.id, OLD.id IS NULL AND NEW.id IS NULL) AND COALESCE(OLD.at = NEW.at, OLD.at IS NULL AND NEW.at IS NULL) AND COALESCE(OLD.actor_kind = NEW.actor_kind, OLD.actor_kind IS NULL AND NEW.actor_kind IS NULL) AND COALESCE(OLD.actor_id = NEW.actor_id, OLD.actor_id IS NULL AND NEW.actor_id IS NULL) AND COALESCE(OLD.role = NEW.role, OLD.role IS NULL AND NEW.role IS NULL) AND COALESCE(OLD.action = NEW.action, OLD.action IS NULL AND NEW.action IS NULL) AND COALESCE(OLD.record_kind = NEW.record_kind, OLD.record_kind IS NULL AND NEW.record_kind IS NULL) AND COALESCE(OLD.record_id = NEW.record_id, OLD.record_id IS NULL AND NEW.record_id IS NULL) AND COALESCE(OLD.purpose = NEW.purpose, OLD.purpose IS NULL AND NEW.purpose IS NULL) AND COALESCE(OLD.digest = NEW.digest, OLD.digest IS NULL AND NEW.digest IS NULL))",
        "audit_entry is append-only",
    ),
    ("audit_entry", "audit_entry_stays", "DELETE", "1 = 1", "audit_entry is append-only"),
    (
        "audit_subject",
        "audit_subject_kept",
        "UPDATE",
        "NOT (COALESCE(OLD.entry_id = NEW.entry_id, OLD.entry_id IS NULL AND NEW.entry_id IS NULL) AND COALESCE(OLD.subject_id = NEW.subject_id, OLD.subject_id IS NULL AND NEW.subject_id IS NULL))",
        "audit_subject is append-only",
    ),
    ("audit_subject", "audit_subject_stays", "DELETE", "1 = 1", "audit_subject is append-only"),
    (
        "audit_link",
        "audit_link_kept",
        "UPDATE",
        "NOT (COALESCE(OLD.number = NEW.number, OLD.number IS NULL AND NEW.number IS NULL) AND COALESCE(OLD.entry_id = NEW.entry_id, OLD.entry_id IS NULL AND NEW.entry_id IS NULL) AND COALESCE(OLD.link = NEW.link, OLD.link IS NULL AND NEW.link IS NULL))",
        "audit_link is append-only",
    ),
    ("audit_link", "audit_link_stays", "DELETE", "1 = 1", "audit_link is append-only"),
)


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("record_kind", sa.Text(), nullable=True),
        sa.Column("record_id", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "actor_kind IN ('anonymous', 'parent', 'staff', 'system')", name=op.f("ck_audit_entry_actor_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_index(
        op.f("ix_audit_entry_record_kind_audit_entry_record_id"),
        "audit_entry",
        ["record_kind", "record_id"],
        unique=False,
    )
    op.create_table(
        "audit_link",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_link_entry_id")),
    )
    op.create_table(
        "child",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("register_key", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("cpr_hash", sa.Text(), nullable=True),
        sa.Column("cpr", sa.LargeBinary(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("address_protected", sa.Boolean(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declared_once", sa.Text(), nullable=True),
        sa.Column("merged_into", sa.Uuid(), nullable=True),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.CheckConstraint("origin IN ('registered', 'declared')", name=op.f("ck_child_origin")),
        sa.CheckConstraint("birth_date IS NOT NULL OR due_date IS NOT NULL", name=op.f("ck_child_has_a_date")),
        sa.ForeignKeyConstraint(["merged_into"], ["child.id"], name=op.f("fk_child_merged_into_child")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
        sa.UniqueConstraint("cpr_hash", name=op.f("uq_child_cpr_hash")),
        sa.UniqueConstraint("declared_once", name=op.f("uq_child_declared_once")),
        sa.UniqueConstraint("register_key", name=op.f("uq_child_register_key")),
    )
    op.create_table(
        "facility",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('house', 'childminding')", name=op.f("ck_facility_kind")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_facility")),
    )
    op.create_table(
        "outbox_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Uuid(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('due', 'sent', 'failed', 'void')", name=op.f("ck_outbox_letter_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_letter_key")),
    )
    op.create_index(op.f("ix_outbox_letter_receiver_id"), "outbox_letter", ["receiver_id"], unique=False)
    op.create_index(
        op.f("ix_outbox_letter_state_outbox_letter_due_at"), "outbox_letter", ["state", "due_at"], unique=False
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("register_key", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("cpr_hash", sa.Text(), nullable=True),
        sa.Column("cpr", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("address_protected", sa.Boolean(), nullable=False),
        sa.Column("digital_exempt", sa.Boolean(), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("cpr_hash", name=op.f("uq_person_cpr_hash")),
        sa.UniqueConstraint("register_key", name=op.f("uq_person_register_key")),
    )
    op.create_table(
        "rescued_text",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "path", name=op.f("pk_rescued_text")),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_staff_member_issuer_subject")),
    )
    op.create_table(
        "town_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town_version")),
        sa.UniqueConstraint("digest", name=op.f("uq_town_version_digest")),
        sa.UniqueConstraint("number", name=op.f("uq_town_version_number")),
    )
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("institutions", sa.JSON(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind IN ('anonymous', 'parent', 'staff', 'system')", name=op.f("ck_web_session_kind")),
        sa.CheckConstraint("zone IN ('public', 'mit', 'samtale', 'desk')", name=op.f("ck_web_session_zone")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
    )
    op.create_index(op.f("ix_web_session_ends_at"), "web_session", ["ends_at"], unique=False)
    op.create_index(op.f("ix_web_session_subject_id"), "web_session", ["subject_id"], unique=False)
    op.create_table(
        "application",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delete_on", sa.Date(), nullable=True),
        sa.Column("care", sa.Text(), nullable=True),
        sa.Column("age_group", sa.Text(), nullable=True),
        sa.Column("wanted", sa.Date(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("sibling_facility", sa.Text(), nullable=True),
        sa.Column("sibling_confirmed", sa.Boolean(), nullable=False),
        sa.Column("special_need_told", sa.Boolean(), nullable=False),
        sa.Column("special_need_confirmed", sa.Boolean(), nullable=False),
        sa.Column("other_parent_agrees", sa.Boolean(), nullable=False),
        sa.Column("family_told", sa.Boolean(), nullable=False),
        sa.Column("home_languages", sa.LargeBinary(), nullable=True),
        sa.Column("interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("case_number", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("tie", sa.Text(), nullable=True),
        sa.Column("right_from", sa.Date(), nullable=True),
        sa.Column("timely_by", sa.Date(), nullable=True),
        sa.Column("lateness_days", sa.Integer(), nullable=True),
        sa.Column("guaranteed_by", sa.Date(), nullable=True),
        sa.Column("guarantee_rule", sa.Text(), nullable=True),
        sa.Column("guarantee_outcome", sa.Text(), nullable=True),
        sa.Column("town_version", sa.Text(), nullable=True),
        sa.CheckConstraint("age_group IN ('0-2', '3+')", name=op.f("ck_application_age_group")),
        sa.CheckConstraint(
            "care IN ('nursery', 'kindergarten', 'part_time', 'childminding')", name=op.f("ck_application_care")
        ),
        sa.CheckConstraint(
            "guarantee_rule IN ('in_time', 'late_without_loss', 'pushed_by_delay', 'capped_at_three_months')",
            name=op.f("ck_application_guarantee_rule"),
        ),
        sa.CheckConstraint("state <> 'draft' OR delete_on IS NOT NULL", name=op.f("ck_application_draft_ends")),
        sa.CheckConstraint(
            "state = 'draft' OR (case_number IS NOT NULL AND care IS NOT NULL AND age_group IS NOT NULL AND wanted IS NOT NULL AND sent_at IS NOT NULL AND sent_on IS NOT NULL AND tie IS NOT NULL)",
            name=op.f("ck_application_sent_is_whole"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'waiting', 'withdrawn', 'closed')", name=op.f("ck_application_state")
        ),
        sa.ForeignKeyConstraint(["applicant_id"], ["person.id"], name=op.f("fk_application_applicant_id_person")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_application_child_id_child")),
        sa.ForeignKeyConstraint(
            ["sibling_facility"], ["facility.code"], name=op.f("fk_application_sibling_facility_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("case_number", name=op.f("uq_application_case_number")),
    )
    op.create_index(op.f("ix_application_applicant_id"), "application", ["applicant_id"], unique=False)
    op.create_index(op.f("ix_application_child_id"), "application", ["child_id"], unique=False)
    op.create_index(op.f("ix_application_state_application_sent_at"), "application", ["state", "sent_at"], unique=False)
    op.create_index(
        "uq_application_draft",
        "application",
        ["child_id", "applicant_id"],
        unique=True,
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_index(
        "uq_application_live",
        "application",
        ["child_id", "age_group"],
        unique=True,
        sqlite_where=sa.text("state IN ('sent', 'waiting')"),
        postgresql_where=sa.text("state IN ('sent', 'waiting')"),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_attendance_child_id_child")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("child_id", "facility", "since", name=op.f("uq_attendance_child_id_facility_since")),
    )
    op.create_index(op.f("ix_attendance_facility"), "attendance", ["facility"], unique=False)
    op.create_table(
        "audit_subject",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_subject_entry_id_audit_entry")),
        sa.PrimaryKeyConstraint("entry_id", "subject_id", name=op.f("pk_audit_subject")),
    )
    op.create_index(op.f("ix_audit_subject_subject_id"), "audit_subject", ["subject_id"], unique=False)
    op.create_table(
        "block",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_block_child_id_child")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_block_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_block")),
        sa.UniqueConstraint("child_id", "person_id", "since", name=op.f("uq_block_child_id_person_id_since")),
    )
    op.create_index(op.f("ix_block_person_id"), "block", ["person_id"], unique=False)
    op.create_table(
        "facility_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("facility_code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_facility_record_forward")),
        sa.ForeignKeyConstraint(
            ["facility_code"], ["facility.code"], name=op.f("fk_facility_record_facility_code_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facility_record")),
    )
    op.create_index(
        op.f("ix_facility_record_facility_code_facility_record_valid_from"),
        "facility_record",
        ["facility_code", "valid_from"],
        unique=False,
    )
    op.create_index(
        "uq_facility_record_open",
        "facility_record",
        ["facility_code"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_table(
        "identity",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id_person")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_person_id"), "identity", ["person_id"], unique=False)
    op.create_table(
        "relation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('custody', 'residence', 'foster', 'declarer')", name=op.f("ck_relation_kind")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_relation_child_id_child")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_relation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint(
            "child_id", "person_id", "kind", "since", name=op.f("uq_relation_child_id_person_id_kind_since")
        ),
    )
    op.create_index(op.f("ix_relation_person_id"), "relation", ["person_id"], unique=False)
    op.create_table(
        "vacancy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("once", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("age_group", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("age_group IN ('0-2', '3+')", name=op.f("ck_vacancy_age_group")),
        sa.CheckConstraint("state IN ('open', 'offered', 'filled', 'withdrawn')", name=op.f("ck_vacancy_state")),
        sa.ForeignKeyConstraint(["facility"], ["facility.code"], name=op.f("fk_vacancy_facility_facility")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
        sa.UniqueConstraint("once", name=op.f("uq_vacancy_once")),
    )
    op.create_index(
        op.f("ix_vacancy_facility_vacancy_age_group_vacancy_state"),
        "vacancy",
        ["facility", "age_group", "state"],
        unique=False,
    )
    op.create_table(
        "wish",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("age_group", sa.Text(), nullable=True),
        sa.Column("wished_on", sa.Date(), nullable=True),
        sa.Column("seniority", sa.Date(), nullable=True),
        sa.Column("line_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'offered', 'fulfilled', 'removed')", name=op.f("ck_wish_state")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_wish_application_id_application"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["facility"], ["facility.code"], name=op.f("fk_wish_facility_facility")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
    )
    op.create_index(op.f("ix_wish_application_id"), "wish", ["application_id"], unique=False)
    op.create_index("ix_wish_line", "wish", ["facility", "age_group", "state", "line_key"], unique=False)
    op.create_index(
        "uq_wish_facility",
        "wish",
        ["application_id", "facility"],
        unique=True,
        sqlite_where=sa.text("state <> 'removed'"),
        postgresql_where=sa.text("state <> 'removed'"),
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vacancy_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("wish_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fulfils_guarantee", sa.Boolean(), nullable=False),
        sa.Column("guaranteed_before", sa.Date(), nullable=True),
        sa.Column("guaranteed_after", sa.Date(), nullable=True),
        sa.Column("guarantee_outcome", sa.Text(), nullable=True),
        sa.Column("out_of_order", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'expired', 'taken_back')", name=op.f("ck_offer_state")
        ),
        sa.CheckConstraint("NOT out_of_order OR reason IS NOT NULL", name=op.f("ck_offer_reason_given")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_offer_application_id_application")
        ),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_offer_vacancy_id_vacancy")),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_offer_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(op.f("ix_offer_application_id"), "offer", ["application_id"], unique=False)
    op.create_index(op.f("ix_offer_state_offer_answer_by"), "offer", ["state", "answer_by"], unique=False)
    op.create_index(op.f("ix_offer_wish_id"), "offer", ["wish_id"], unique=False)
    op.create_index(
        "uq_offer_application",
        "offer",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        "uq_offer_vacancy",
        "offer",
        ["vacancy_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'accepted')"),
        postgresql_where=sa.text("state IN ('open', 'accepted')"),
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("facility", sa.Text(), nullable=False),
        sa.Column("age_group", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('agreed', 'running', 'notice_given', 'ended')", name=op.f("ck_placement_state")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_placement_application_id_application")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_placement_child_id_child")),
        sa.ForeignKeyConstraint(["facility"], ["facility.code"], name=op.f("fk_placement_facility_facility")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_placement_offer_id_offer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_placement_offer_id")),
    )
    op.create_index(op.f("ix_placement_application_id"), "placement", ["application_id"], unique=False)
    op.create_index(op.f("ix_placement_child_id"), "placement", ["child_id"], unique=False)
    op.create_index(
        "uq_placement_agreed",
        "placement",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("state = 'agreed' AND ends_on IS NULL"),
        postgresql_where=sa.text("state = 'agreed' AND ends_on IS NULL"),
    )
    op.create_index(
        "uq_placement_running",
        "placement",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('running', 'notice_given')"),
        postgresql_where=sa.text("state IN ('running', 'notice_given')"),
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
    op.drop_index(
        "uq_placement_running",
        table_name="placement",
        sqlite_where=sa.text("state IN ('running', 'notice_given')"),
        postgresql_where=sa.text("state IN ('running', 'notice_given')"),
    )
    op.drop_index(
        "uq_placement_agreed",
        table_name="placement",
        sqlite_where=sa.text("state = 'agreed' AND ends_on IS NULL"),
        postgresql_where=sa.text("state = 'agreed' AND ends_on IS NULL"),
    )
    op.drop_index(op.f("ix_placement_child_id"), table_name="placement")
    op.drop_index(op.f("ix_placement_application_id"), table_name="placement")
    op.drop_table("placement")
    op.drop_index(
        "uq_offer_vacancy",
        table_name="offer",
        sqlite_where=sa.text("state IN ('open', 'accepted')"),
        postgresql_where=sa.text("state IN ('open', 'accepted')"),
    )
    op.drop_index(
        "uq_offer_application",
        table_name="offer",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_offer_wish_id"), table_name="offer")
    op.drop_index(op.f("ix_offer_state_offer_answer_by"), table_name="offer")
    op.drop_index(op.f("ix_offer_application_id"), table_name="offer")
    op.drop_table("offer")
    op.drop_index(
        "uq_wish_facility",
        table_name="wish",
        sqlite_where=sa.text("state <> 'removed'"),
        postgresql_where=sa.text("state <> 'removed'"),
    )
    op.drop_index("ix_wish_line", table_name="wish")
    op.drop_index(op.f("ix_wish_application_id"), table_name="wish")
    op.drop_table("wish")
    op.drop_index(op.f("ix_vacancy_facility_vacancy_age_group_vacancy_state"), table_name="vacancy")
    op.drop_table("vacancy")
    op.drop_index(op.f("ix_relation_person_id"), table_name="relation")
    op.drop_table("relation")
    op.drop_index(op.f("ix_identity_person_id"), table_name="identity")
    op.drop_table("identity")
    op.drop_index(
        "uq_facility_record_open",
        table_name="facility_record",
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.drop_index(op.f("ix_facility_record_facility_code_facility_record_valid_from"), table_name="facility_record")
    op.drop_table("facility_record")
    op.drop_index(op.f("ix_block_person_id"), table_name="block")
    op.drop_table("block")
    op.drop_index(op.f("ix_audit_subject_subject_id"), table_name="audit_subject")
    op.drop_table("audit_subject")
    op.drop_index(op.f("ix_attendance_facility"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(
        "uq_application_live",
        table_name="application",
        sqlite_where=sa.text("state IN ('sent', 'waiting')"),
        postgresql_where=sa.text("state IN ('sent', 'waiting')"),
    )
    op.drop_index(
        "uq_application_draft",
        table_name="application",
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.drop_index(op.f("ix_application_state_application_sent_at"), table_name="application")
    op.drop_index(op.f("ix_application_child_id"), table_name="application")
    op.drop_index(op.f("ix_application_applicant_id"), table_name="application")
    op.drop_table("application")
    op.drop_index(op.f("ix_web_session_subject_id"), table_name="web_session")
    op.drop_index(op.f("ix_web_session_ends_at"), table_name="web_session")
    op.drop_table("web_session")
    op.drop_table("town_version")
    op.drop_table("staff_member")
    op.drop_table("rescued_text")
    op.drop_table("person")
    op.drop_index(op.f("ix_outbox_letter_state_outbox_letter_due_at"), table_name="outbox_letter")
    op.drop_index(op.f("ix_outbox_letter_receiver_id"), table_name="outbox_letter")
    op.drop_table("outbox_letter")
    op.drop_table("facility")
    op.drop_table("child")
    op.drop_table("audit_link")
    op.drop_index(op.f("ix_audit_entry_record_kind_audit_entry_record_id"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_at"), table_name="audit_entry")
    op.drop_table("audit_entry")
