"""Who has had a turn to be asked for a consent by letter: a new custody holder gets one, and the others no second."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TURN = ("document_id", "person_id", "asked_at")
REMINDED = (
    "INSERT INTO holder_asked (document_id, person_id, asked_at) "
    "SELECT DISTINCT reminder.document_id, relation.person_id, reminder.reminded_at "
    "FROM consent_reminder AS reminder JOIN school_document AS document ON document.id = reminder.document_id "
    "JOIN relation ON relation.child_id = document.child_id AND relation.kind = 'custody' "
    "AND relation.since <= date(reminder.reminded_at)"
)


def _same(names: tuple[str, ...]) -> str:
    return " AND ".join(
        f"COALESCE(OLD.{name} = NEW.{name}, OLD.{name} IS NULL AND NEW.{name} IS NULL)" for name in names
    )


TRIGGERS = (
    ("holder_asked", "holder_asked_kept", "UPDATE", f"NOT ({_same(TURN)})", "holder_asked is append-only"),
    ("holder_asked", "holder_asked_stays", "DELETE", "1 = 1", "holder_asked is append-only"),
)


def upgrade() -> None:
    op.create_table(
        "holder_asked",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["school_document.id"], name=op.f("fk_holder_asked_document_id_school_document")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_holder_asked_person_id_person")),
        sa.PrimaryKeyConstraint("document_id", "person_id", name=op.f("pk_holder_asked")),
    )
    op.create_index(op.f("ix_relation_kind_relation_since"), "relation", ["kind", "since"], unique=False)
    dialect = op.get_bind().dialect.name
    op.execute(REMINDED)
    for trigger in TRIGGERS:
        for statement in trigger_sql(*trigger)[dialect]:
            op.execute(statement)


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, name, *_ in TRIGGERS:
        op.execute(f'DROP TRIGGER "{name}" ON "{table}"' if is_postgresql else f'DROP TRIGGER "{name}"')
        if is_postgresql:
            op.execute(f'DROP FUNCTION "{name}"()')
    op.drop_index(op.f("ix_relation_kind_relation_since"), table_name="relation")
    op.drop_table("holder_asked")
