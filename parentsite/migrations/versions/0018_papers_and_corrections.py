"""A signed paper is kept by a house or a team of the town; a correction that nobody can answer any more is closed."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import trigger_sql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEPT = ("id", "about", "person_id", "file_id", "{name}", "language", "signed_on", "recorded_by", "recorded_at")
ANSWERED = (
    "(state = 'corrected') = (corrected_in IS NOT NULL) AND (state = 'kept') = (answer IS NOT NULL)"
    " AND (state = 'open') = (answered_at IS NULL) AND "
)
BEFORE = ("state IN ('open', 'corrected', 'kept')", ANSWERED + "(state = 'open') = (answered_by IS NULL)")
AFTER = (
    "state IN ('open', 'corrected', 'kept', 'lapsed')",
    ANSWERED + "(state IN ('corrected', 'kept')) = (answered_by IS NOT NULL)",
)
FIXED = "version_id, person_id, language, made_at, corrected_in, answered_by, answered_at"
ANSWERS = ("corrected", "kept")
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    _rename("facility", "office")
    _answers(AFTER, (*ANSWERS, "lapsed"))
    op.create_index(
        "ix_correction_request_waits", "correction_request", ["made_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    op.drop_index(
        "ix_correction_request_waits", table_name="correction_request", sqlite_where=OPEN, postgresql_where=OPEN
    )
    _drop_triggers("correction_request", "moves", "answered", "stays")
    op.execute("UPDATE correction_request SET state = 'open', answered_at = NULL WHERE state = 'lapsed'")
    _make_triggers(_guards((*ANSWERS, "lapsed")))
    _answers(BEFORE, ANSWERS)
    _rename("office", "facility")


def _rename(old: str, new: str) -> None:
    """The table's guard names its columns, and is made anew."""
    _drop_triggers("signed_paper", "kept")
    op.execute(f'ALTER TABLE "signed_paper" RENAME COLUMN "{old}" TO "{new}"')
    names = [one.format(name=new) for one in KEPT]
    same = " AND ".join(
        f"COALESCE(OLD.{name} = NEW.{name}, OLD.{name} IS NULL AND NEW.{name} IS NULL)" for name in names
    )
    _make_triggers((("signed_paper", "signed_paper_kept", "UPDATE", f"NOT ({same})", "signed_paper is append-only"),))


def _answers(checks: tuple[str, str], answers: tuple[str, ...]) -> None:
    """SQLite makes the table anew, which takes its triggers with it."""
    _drop_triggers("correction_request", "moves", "answered", "stays")
    with op.batch_alter_table("correction_request") as table:
        for name, text in zip(("state", "answered"), checks, strict=True):
            table.drop_constraint(op.f(f"ck_correction_request_{name}"), type_="check")
            table.create_check_constraint(op.f(f"ck_correction_request_{name}"), sa.text(text))
    _make_triggers(_guards(answers))


def _guards(answers: tuple[str, ...]) -> tuple[tuple[str, str, str, str, str], ...]:
    table = "correction_request"
    allowed = " OR ".join(f"(OLD.state = 'open' AND NEW.state = '{one}')" for one in answers)
    moves = f"OLD.state <> NEW.state AND NOT ({allowed})"
    return (
        (table, f"{table}_moves", "UPDATE OF state", moves, f"illegal move of {table}"),
        (table, f"{table}_answered", f"UPDATE OF {FIXED}", "OLD.state <> 'open'", f"an answered {table} stays"),
        (table, f"{table}_stays", "DELETE", "1 = 1", f"a {table} stays"),
    )


def _drop_triggers(table: str, *names: str) -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for name in names:
        op.execute(f'DROP TRIGGER "{table}_{name}"' + (f' ON "{table}"' if is_postgresql else ""))
        if is_postgresql:
            op.execute(f'DROP FUNCTION "{table}_{name}"()')


def _make_triggers(triggers: tuple[tuple[str, str, str, str, str], ...]) -> None:
    for trigger in triggers:
        for statement in trigger_sql(*trigger)[op.get_bind().dialect.name]:
            op.execute(statement)
