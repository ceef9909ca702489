"""Home visits: working hours, slots that never overlap, appointments, shifted windows, requests, what helps."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import overlap_sql, trigger_sql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


TRIGGERS = (
    (
        "visit_slot",
        "visit_slot_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state = 'taken') OR (OLD.state = 'open' AND NEW.state = 'withdrawn') OR (OLD.state = 'taken' AND NEW.state = 'open') OR (OLD.state = 'taken' AND NEW.state = 'withdrawn'))",
        "illegal move of visit_slot",
    ),
    (
        "home_visit",
        "home_visit_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'proposed' AND NEW.state = 'booked') OR (OLD.state = 'proposed' AND NEW.state = 'cancelled') OR (OLD.state = 'proposed' AND NEW.state = 'done') OR (OLD.state = 'proposed' AND NEW.state = 'not_at_home') OR (OLD.state = 'booked' AND NEW.state = 'cancelled') OR (OLD.state = 'booked' AND NEW.state = 'done') OR (OLD.state = 'booked' AND NEW.state = 'not_at_home') OR (OLD.state = 'done' AND NEW.state = 'not_at_home') OR (OLD.state = 'not_at_home' AND NEW.state = 'done'))",
        "illegal move of home_visit",
    ),
    (
        "visit_request",
        "visit_request_moves",
        "UPDATE OF state",
        "OLD.state <> NEW.state AND NOT ((OLD.state = 'open' AND NEW.state = 'answered') OR (OLD.state = 'open' AND NEW.state = 'taken_back'))",
        "illegal move of visit_request",
    ),
    (
        "visit_slot",
        "visit_slot_stays",
        "UPDATE OF visitor_id, starts_at, ends_at, free_at",
        "NOT (OLD.visitor_id = NEW.visitor_id AND OLD.starts_at = NEW.starts_at AND OLD.ends_at = NEW.ends_at AND OLD.free_at = NEW.free_at)",
        "a visit_slot keeps its time",
    ),
)
APART = (
    "visit_slot",
    "visit_slot_apart",
    ("visitor_id", "staff_member"),
    "starts_at",
    "free_at",
    "other.state <> 'withdrawn'",
)


def upgrade() -> None:
    op.create_table(
        "visit_absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint("first <= last", name=op.f("ck_visit_absence_days")),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["staff_member.id"], name=op.f("fk_visit_absence_visitor_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_absence")),
    )
    op.create_index(op.f("ix_visit_absence_visitor_id"), "visit_absence", ["visitor_id"], unique=False)
    op.create_table(
        "visit_home",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("interpreter", sa.LargeBinary(), nullable=True),
        sa.Column("door_code", sa.LargeBinary(), nullable=True),
        sa.Column("at_home", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_home_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_visit_home")),
    )
    op.create_table(
        "visit_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("opens < closes", name=op.f("ck_visit_hours_open")),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_visit_hours_weekday")),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["staff_member.id"], name=op.f("fk_visit_hours_visitor_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_hours")),
    )
    op.create_index(op.f("ix_visit_hours_visitor_id"), "visit_hours", ["visitor_id"], unique=False)
    op.create_table(
        "visit_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind <> 'extra_visit' OR reason IS NOT NULL", name=op.f("ck_visit_request_reason_given")),
        sa.CheckConstraint(
            "kind IN ('window_full', 'extra_visit', 'not_contacted')", name=op.f("ck_visit_request_kind")
        ),
        sa.CheckConstraint("state IN ('open', 'answered', 'taken_back')", name=op.f("ck_visit_request_state")),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_visit_request_child_id_child")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_request_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_request")),
    )
    op.create_index(op.f("ix_visit_request_child_id"), "visit_request", ["child_id"], unique=False)
    op.create_index(
        op.f("ix_visit_request_state_visit_request_reply_by"), "visit_request", ["state", "reply_by"], unique=False
    )
    op.create_index(
        "uq_visit_request_open",
        "visit_request",
        ["child_id", "kind", "visit"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "visit_shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_visit_shift_child_id_child")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_shift")),
        sa.UniqueConstraint("child_id", "visit", name=op.f("uq_visit_shift_child_id_visit")),
    )
    op.create_table(
        "visit_slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("visitor_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("is_closing", sa.Boolean(), nullable=False),
        sa.Column("held_by", sa.Uuid(), nullable=True),
        sa.Column("held_child", sa.Uuid(), nullable=True),
        sa.Column("held_visit", sa.Text(), nullable=True),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'taken', 'withdrawn')", name=op.f("ck_visit_slot_state")),
        sa.CheckConstraint(
            "(held_until IS NULL) = (held_by IS NULL) AND (held_until IS NULL) = (held_child IS NULL) AND (held_until IS NULL) = (held_visit IS NULL)",
            name=op.f("ck_visit_slot_held_whole"),
        ),
        sa.CheckConstraint("starts_at < ends_at AND ends_at <= free_at", name=op.f("ck_visit_slot_forward")),
        sa.ForeignKeyConstraint(["held_by"], ["person.id"], name=op.f("fk_visit_slot_held_by_person")),
        sa.ForeignKeyConstraint(["held_child"], ["child.id"], name=op.f("fk_visit_slot_held_child_child")),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["staff_member.id"], name=op.f("fk_visit_slot_visitor_id_staff_member")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_slot")),
    )
    op.create_index(op.f("ix_visit_slot_held_by"), "visit_slot", ["held_by"], unique=False)
    op.create_index(
        "ix_visit_slot_open",
        "visit_slot",
        ["district", "starts_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        op.f("ix_visit_slot_visitor_id_visit_slot_free_at"), "visit_slot", ["visitor_id", "free_at"], unique=False
    )
    op.create_table(
        "home_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'booked', 'cancelled', 'done', 'not_at_home')", name=op.f("ck_home_visit_state")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["child.id"], name=op.f("fk_home_visit_child_id_child")),
        sa.ForeignKeyConstraint(["host_id"], ["person.id"], name=op.f("fk_home_visit_host_id_person")),
        sa.ForeignKeyConstraint(["slot_id"], ["visit_slot.id"], name=op.f("fk_home_visit_slot_id_visit_slot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_visit")),
    )
    op.create_index(op.f("ix_home_visit_child_id"), "home_visit", ["child_id"], unique=False)
    op.create_index(
        "uq_home_visit_live",
        "home_visit",
        ["child_id", "visit"],
        unique=True,
        sqlite_where=sa.text("state IN ('proposed', 'booked')"),
        postgresql_where=sa.text("state IN ('proposed', 'booked')"),
    )
    op.create_index(
        "uq_home_visit_slot",
        "home_visit",
        ["slot_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    dialect = op.get_bind().dialect.name
    for trigger in TRIGGERS:
        for statement in trigger_sql(*trigger)[dialect]:
            op.execute(statement)
    for statement in overlap_sql(*APART)[dialect]:
        op.execute(statement)


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, name, *_ in (*TRIGGERS, APART):
        op.execute(f'DROP TRIGGER "{name}" ON "{table}"' if is_postgresql else f'DROP TRIGGER "{name}"')
        if is_postgresql:
            op.execute(f'DROP FUNCTION "{name}"()')
    op.drop_index(
        "uq_home_visit_slot",
        table_name="home_visit",
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.drop_index(
        "uq_home_visit_live",
        table_name="home_visit",
        sqlite_where=sa.text("state IN ('proposed', 'booked')"),
        postgresql_where=sa.text("state IN ('proposed', 'booked')"),
    )
    op.drop_index(op.f("ix_home_visit_child_id"), table_name="home_visit")
    op.drop_table("home_visit")
    op.drop_index(op.f("ix_visit_slot_visitor_id_visit_slot_free_at"), table_name="visit_slot")
    op.drop_index(
        "ix_visit_slot_open",
        table_name="visit_slot",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_visit_slot_held_by"), table_name="visit_slot")
    op.drop_table("visit_slot")
    op.drop_table("visit_shift")
    op.drop_index(
        "uq_visit_request_open",
        table_name="visit_request",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_visit_request_state_visit_request_reply_by"), table_name="visit_request")
    op.drop_index(op.f("ix_visit_request_child_id"), table_name="visit_request")
    op.drop_table("visit_request")
    op.drop_index(op.f("ix_visit_hours_visitor_id"), table_name="visit_hours")
    op.drop_table("visit_hours")
    op.drop_table("visit_home")
    op.drop_index(op.f("ix_visit_absence_visitor_id"), table_name="visit_absence")
    op.drop_table("visit_absence")
