"""Parents' groups: places that are never too many, a line in order, offers that end, receipts, meetings, messages."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TRIGGERS = (
    (
        "parent_group",
        "parent_group_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state = 'cancelled') OR (OLD.state = 'open' AND NEW.state = 'closed') OR (OLD.state = 'closed' AND NEW.state = 'cancelled') OR (OLD.state = 'closed' AND NEW.state = 'open'))",
        "illegal move of parent_group",
    ),
    (
        "group_member",
        "group_member_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'waiting' AND NEW.state = 'ended') OR (OLD.state = 'waiting' AND NEW.state = 'left') OR (OLD.state = 'waiting' AND NEW.state = 'offered') OR (OLD.state = 'offered' AND NEW.state = 'ended') OR (OLD.state = 'offered' AND NEW.state = 'expired') OR (OLD.state = 'offered' AND NEW.state = 'joined') OR (OLD.state = 'offered' AND NEW.state = 'left') OR (OLD.state = 'joined' AND NEW.state = 'ended') OR (OLD.state = 'joined' AND NEW.state = 'left'))",
        "illegal move of group_member",
    ),
    (
        "group_meeting",
        "group_meeting_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'planned' AND NEW.state = 'cancelled'))",
        "illegal move of group_meeting",
    ),
)


def upgrade() -> None:
    op.create_table(
        "parent_group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("born_from", sa.Date(), nullable=True),
        sa.Column("born_until", sa.Date(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("starter_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closed', 'cancelled')", name=op.f("ck_parent_group_state")),
        sa.CheckConstraint(
            "(born_from IS NULL) = (born_until IS NULL) AND born_from <= born_until",
            name=op.f("ck_parent_group_births"),
        ),
        sa.CheckConstraint("capacity >= 1", name=op.f("ck_parent_group_capacity")),
        sa.CheckConstraint(
            "taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name=op.f("ck_parent_group_not_overfull")
        ),
        sa.ForeignKeyConstraint(
            ["starter_id"], ["staff_member.id"], name=op.f("fk_parent_group_starter_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parent_group")),
    )
    op.create_index(
        "ix_parent_group_open",
        "parent_group",
        ["district"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "group_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_group_meeting_state")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_group_meeting_forward")),
        sa.ForeignKeyConstraint(["group_id"], ["parent_group.id"], name=op.f("fk_group_meeting_group_id_parent_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_meeting")),
    )
    op.create_index(
        op.f("ix_group_meeting_group_id_group_meeting_starts_at"),
        "group_meeting",
        ["group_id", "starts_at"],
        unique=False,
    )
    op.create_table(
        "group_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("child_seat", sa.Uuid(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("offer_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'offered') = (offer_until IS NOT NULL)", name=op.f("ck_group_member_offer_ends")),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'joined', 'left', 'expired', 'ended')", name=op.f("ck_group_member_state")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_group_member_child_id_child")),
        sa.ForeignKeyConstraint(["child_seat"], ["child.id"], name=op.f("fk_group_member_child_seat_child")),
        sa.ForeignKeyConstraint(["group_id"], ["parent_group.id"], name=op.f("fk_group_member_group_id_parent_group")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint("group_id", "turn", name=op.f("uq_group_member_group_id_turn")),
    )
    op.create_index(op.f("ix_group_member_child_id"), "group_member", ["child_id"], unique=False)
    op.create_index(
        "ix_group_member_offered",
        "group_member",
        ["offer_until"],
        unique=False,
        sqlite_where=sa.text("state = 'offered'"),
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.create_index(op.f("ix_group_member_person_id"), "group_member", ["person_id"], unique=False)
    op.create_index(
        "uq_group_member_live",
        "group_member",
        ["group_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'offered', 'joined')"),
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'joined')"),
    )
    op.create_index(
        "uq_group_member_seat",
        "group_member",
        ["group_id", "child_seat"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'offered', 'joined')"),
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'joined')"),
    )
    op.create_table(
        "group_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["parent_group.id"], name=op.f("fk_group_message_group_id_parent_group")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_message")),
    )
    op.create_index(
        op.f("ix_group_message_group_id_group_message_made_at"), "group_message", ["group_id", "made_at"], unique=False
    )
    op.create_table(
        "group_absence",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["group_meeting.id"], name=op.f("fk_group_absence_meeting_id_group_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["group_member.id"], name=op.f("fk_group_absence_member_id_group_member")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_group_absence")),
    )
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
    op.drop_index(
        "uq_group_consent_open",
        table_name="group_consent",
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.drop_table("group_consent")
    op.drop_table("group_absence")
    op.drop_index(op.f("ix_group_message_group_id_group_message_made_at"), table_name="group_message")
    op.drop_table("group_message")
    op.drop_index(
        "uq_group_member_seat",
        table_name="group_member",
        sqlite_where=sa.text("state IN ('waiting', 'offered', 'joined')"),
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'joined')"),
    )
    op.drop_index(
        "uq_group_member_live",
        table_name="group_member",
        sqlite_where=sa.text("state IN ('waiting', 'offered', 'joined')"),
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'joined')"),
    )
    op.drop_index(op.f("ix_group_member_person_id"), table_name="group_member")
    op.drop_index(
        "ix_group_member_offered",
        table_name="group_member",
        sqlite_where=sa.text("state = 'offered'"),
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.drop_index(op.f("ix_group_member_child_id"), table_name="group_member")
    op.drop_table("group_member")
    op.drop_index(op.f("ix_group_meeting_group_id_group_meeting_starts_at"), table_name="group_meeting")
    op.drop_table("group_meeting")
    op.drop_index(
        "ix_parent_group_open",
        table_name="parent_group",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_table("parent_group")
