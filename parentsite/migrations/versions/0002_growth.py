"""Growth: what waits to be linked stands beside the audit; each chore and each list finds its rows by an index."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import follow_sql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WAITS = ("audit_entry_waits", "audit_entry", "INSERT INTO audit_loose (entry_id, at) VALUES (NEW.id, NEW.at)")
IN_LINE = sa.text("state IN ('waiting', 'offered')")


def upgrade() -> None:
    op.create_table(
        "audit_loose",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_loose_entry_id_audit_entry")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_loose")),
    )
    op.create_index(op.f("ix_audit_loose_at"), "audit_loose", ["at"])
    op.execute(
        "INSERT INTO audit_loose (entry_id, at) SELECT id, at FROM audit_entry"
        " WHERE NOT EXISTS (SELECT 1 FROM audit_link WHERE audit_link.entry_id = audit_entry.id)"
    )
    for statement in follow_sql(*WAITS)[op.get_bind().dialect.name]:
        op.execute(statement)
    op.create_index(op.f("ix_rescued_text_saved_at"), "rescued_text", ["saved_at"])
    op.create_index(op.f("ix_web_session_seen_at"), "web_session", ["seen_at"])
    op.drop_index(op.f("ix_outbox_letter_state_outbox_letter_due_at"), table_name="outbox_letter")
    op.create_index(
        op.f("ix_outbox_letter_state_outbox_letter_due_at_outbox_letter_id"),
        "outbox_letter",
        ["state", "due_at", "id"],
    )
    op.drop_index(op.f("ix_application_state_application_sent_at"), table_name="application")
    op.create_index("ix_application_desk", "application", ["state", "guaranteed_by", "sent_at", "id"])
    op.create_index(op.f("ix_application_state_application_delete_on"), "application", ["state", "delete_on"])
    op.create_index(op.f("ix_offer_vacancy_id"), "offer", ["vacancy_id"])
    op.create_index(op.f("ix_placement_state_placement_starts_on"), "placement", ["state", "starts_on"])
    op.create_index(op.f("ix_placement_state_placement_ends_on"), "placement", ["state", "ends_on"])
    op.drop_index("ix_wish_line", table_name="wish")
    op.create_index(
        "ix_wish_line",
        "wish",
        ["facility", "age_group", "line_key"],
        sqlite_where=IN_LINE,
        postgresql_where=IN_LINE,
    )


def downgrade() -> None:
    op.drop_index("ix_wish_line", table_name="wish")
    op.create_index("ix_wish_line", "wish", ["facility", "age_group", "state", "line_key"])
    op.drop_index(op.f("ix_placement_state_placement_ends_on"), table_name="placement")
    op.drop_index(op.f("ix_placement_state_placement_starts_on"), table_name="placement")
    op.drop_index(op.f("ix_application_state_application_delete_on"), table_name="application")
    op.drop_index(op.f("ix_offer_vacancy_id"), table_name="offer")
    op.drop_index("ix_application_desk", table_name="application")
    op.create_index(op.f("ix_application_state_application_sent_at"), "application", ["state", "sent_at"])
    op.drop_index(op.f("ix_outbox_letter_state_outbox_letter_due_at_outbox_letter_id"), table_name="outbox_letter")
    op.create_index(op.f("ix_outbox_letter_state_outbox_letter_due_at"), "outbox_letter", ["state", "due_at"])
    op.drop_index(op.f("ix_web_session_seen_at"), table_name="web_session")
    op.drop_index(op.f("ix_rescued_text_saved_at"), table_name="rescued_text")
    name, source, _ = WAITS
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'DROP TRIGGER "{name}" ON "{source}"')
        op.execute(f'DROP FUNCTION "{name}"()')
    else:
        op.execute(f'DROP TRIGGER "{name}"')
    op.drop_index(op.f("ix_audit_loose_at"), table_name="audit_loose")
    op.drop_table("audit_loose")
