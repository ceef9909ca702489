"""Letters between parents and teams: what is written and attached, who has read how far, and to whom it was handed."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import kept_with_sql, trigger_sql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEPT = {
    "letter_message": (
        "id",
        "letter_id",
        "number",
        "side",
        "person_id",
        "staff_id",
        "team",
        "language",
        "digest",
        "written_at",
    ),
    "letter_handover": ("id", "letter_id", "after", "from_team", "to_team", "staff_id", "handed_at"),
    "letter_attachment": ("id", "letter_id", "message_id", "position", "file_id"),
    "letter_mark": ("message_id", "reader_id", "letter_id", "read_on"),
}
MOVES = (
    ("open", "answered"),
    ("open", "claimed"),
    ("open", "closed"),
    ("claimed", "answered"),
    ("claimed", "closed"),
    ("claimed", "open"),
    ("answered", "closed"),
    ("answered", "open"),
    ("closed", "forgotten"),
    ("closed", "open"),
)


def _same(names: tuple[str, ...]) -> str:
    return " AND ".join(
        f"COALESCE(OLD.{name} = NEW.{name}, OLD.{name} IS NULL AND NEW.{name} IS NULL)" for name in names
    )


def _along() -> str:
    return " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in MOVES)


TRIGGERS = (
    (
        "letter",
        "letter_moves",
        "UPDATE OF state",
        f"OLD.state <> NEW.state AND NOT ({_along()})",
        "illegal move of letter",
    ),
    ("letter", "letter_stays", "DELETE", "OLD.state <> 'forgotten'", "a letter stays until it is forgotten"),
    *(
        (table, f"{table}_kept", "UPDATE", f"NOT ({_same(names)})", f"{table} is append-only")
        for table, names in KEPT.items()
    ),
)


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state IN ('open', 'claimed')) = (waiting_since IS NOT NULL) AND (state = 'claimed') = (claimed_by IS NOT NULL) AND (state IN ('closed', 'forgotten')) = (closed_at IS NOT NULL)",
            name=op.f("ck_letter_state_told"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'claimed', 'answered', 'closed', 'forgotten')", name=op.f("ck_letter_state")
        ),
        sa.CheckConstraint("messages > 0 AND answer_days > 0", name=op.f("ck_letter_counts")),
        sa.CheckConstraint("shared_at IS NULL OR child_id IS NOT NULL", name=op.f("ck_letter_shared")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_letter_child_id_child")),
        sa.ForeignKeyConstraint(["claimed_by"], ["staff_member.id"], name=op.f("fk_letter_claimed_by_staff_member")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_index(op.f("ix_letter_child_id"), "letter", ["child_id"], unique=False)
    op.create_index(op.f("ix_letter_person_id"), "letter", ["person_id"], unique=False)
    op.create_index(op.f("ix_letter_state_letter_changed_at"), "letter", ["state", "changed_at"], unique=False)
    op.create_index(
        op.f("ix_letter_team_letter_state_letter_waiting_since"),
        "letter",
        ["team", "state", "waiting_since"],
        unique=False,
    )
    op.create_table(
        "letter_handover",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("from_team", sa.Text(), nullable=False),
        sa.Column("to_team", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_handover_letter_id_letter")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_letter_handover_staff_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_handover")),
    )
    op.create_index(op.f("ix_letter_handover_letter_id"), "letter_handover", ["letter_id"], unique=False)
    op.create_table(
        "letter_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("danish", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(side = 'parent') = (person_id IS NOT NULL) AND (side = 'team') = (staff_id IS NOT NULL)",
            name=op.f("ck_letter_message_written_by"),
        ),
        sa.CheckConstraint("side IN ('parent', 'team')", name=op.f("ck_letter_message_side")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_message_letter_id_letter")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_message_person_id_person")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff_member.id"], name=op.f("fk_letter_message_staff_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_message")),
        sa.UniqueConstraint("letter_id", "number", name=op.f("uq_letter_message_letter_id_number")),
    )
    op.create_table(
        "letter_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["attached_file.id"], name=op.f("fk_letter_attachment_file_id_attached_file")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_attachment_letter_id_letter")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["letter_message.id"], name=op.f("fk_letter_attachment_message_id_letter_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_attachment")),
        sa.UniqueConstraint("file_id", name=op.f("uq_letter_attachment_file_id")),
        sa.UniqueConstraint("message_id", "position", name=op.f("uq_letter_attachment_message_id_position")),
    )
    op.create_index(op.f("ix_letter_attachment_letter_id"), "letter_attachment", ["letter_id"], unique=False)
    op.create_table(
        "letter_mark",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_mark_letter_id_letter")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["letter_message.id"], name=op.f("fk_letter_mark_message_id_letter_message")
        ),
        sa.PrimaryKeyConstraint("message_id", "reader_id", name=op.f("pk_letter_mark")),
    )
    op.create_index(op.f("ix_letter_mark_letter_id"), "letter_mark", ["letter_id"], unique=False)
    dialect = op.get_bind().dialect.name
    for trigger in TRIGGERS:
        for statement in trigger_sql(*trigger)[dialect]:
            op.execute(statement)
    for table in KEPT:
        for statement in kept_with_sql(table, ("letter_id", "letter"), "forgotten")[dialect]:
            op.execute(statement)


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    stays = tuple((table, f"{table}_stays") for table in KEPT)
    for table, name, *_ in (*TRIGGERS, *stays):
        op.execute(f'DROP TRIGGER "{name}" ON "{table}"' if is_postgresql else f'DROP TRIGGER "{name}"')
        if is_postgresql:
            op.execute(f'DROP FUNCTION "{name}"()')
    op.drop_index(op.f("ix_letter_mark_letter_id"), table_name="letter_mark")
    op.drop_table("letter_mark")
    op.drop_index(op.f("ix_letter_attachment_letter_id"), table_name="letter_attachment")
    op.drop_table("letter_attachment")
    op.drop_table("letter_message")
    op.drop_index(op.f("ix_letter_handover_letter_id"), table_name="letter_handover")
    op.drop_table("letter_handover")
    op.drop_index(op.f("ix_letter_team_letter_state_letter_waiting_since"), table_name="letter")
    op.drop_index(op.f("ix_letter_state_letter_changed_at"), table_name="letter")
    op.drop_index(op.f("ix_letter_person_id"), table_name="letter")
    op.drop_index(op.f("ix_letter_child_id"), table_name="letter")
    op.drop_table("letter")
