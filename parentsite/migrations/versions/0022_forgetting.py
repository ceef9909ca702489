"""Who has had a turn to be asked for a consent by letter; documents, receipts and papers can be forgotten when over."""

import sqlalchemy as sa
from alembic import op

from parentsite.foundation.guards import kept_while_sql, trigger_sql

revision = "0022"
down_revision = "0021"
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
FIRST = (
    "UPDATE consent_chain SET over_on = (SELECT CASE WHEN answer = 'no' THEN date(said_at) ELSE until END "
    "FROM consent_receipt WHERE consent_receipt.about = consent_chain.about AND number = 1)"
)
"""The first receipt that is kept; the day by Greenwich is near enough to what is kept for years."""
DOCUMENT = "SELECT 1 FROM school_document WHERE id = OLD.document_id AND forgotten_at IS NULL"
VERSION = (
    "SELECT 1 FROM document_version JOIN school_document ON school_document.id = document_version.document_id "
    "WHERE document_version.id = OLD.version_id AND school_document.forgotten_at IS NULL"
)
STAYS = {
    "document_version": DOCUMENT,
    "version_text": VERSION,
    "consent_reminder": DOCUMENT,
    "holder_asked": DOCUMENT,
    "correction_request": VERSION,
    "consent_receipt": "SELECT 1 FROM consent_chain WHERE about = OLD.about AND forgotten < OLD.number",
    "paper_receipt": (
        "SELECT 1 FROM consent_receipt JOIN consent_chain ON consent_chain.about = consent_receipt.about "
        "WHERE consent_receipt.id = OLD.receipt_id AND consent_chain.forgotten < consent_receipt.number"
    ),
    "signed_paper": "SELECT 1 FROM paper_receipt WHERE paper_id = OLD.id",
}
STAYED = {table: f"{table} is append-only" for table in STAYS} | {"correction_request": "a correction_request stays"}
del STAYED["holder_asked"]


def _same(names: tuple[str, ...]) -> str:
    return " AND ".join(
        f"COALESCE(OLD.{name} = NEW.{name}, OLD.{name} IS NULL AND NEW.{name} IS NULL)" for name in names
    )


NEW = (
    ("holder_asked", "holder_asked_kept", "UPDATE", f"NOT ({_same(TURN)})", "holder_asked is append-only"),
    (
        "school_document",
        "school_document_stays",
        "DELETE",
        "OLD.forgotten_at IS NULL",
        "a school_document stays until it is forgotten",
    ),
)
CHAIN_STAYS = ("consent_chain", "consent_chain_stays", "DELETE", "1 = 1", "a consent_chain stays")
GROWS = (
    "consent_chain",
    "consent_chain_grows",
    "UPDATE",
    "NOT (OLD.about = NEW.about AND OLD.subject = NEW.subject AND NEW.length = OLD.length + 1)",
    "a consent_chain grows by one",
)
GROWS_OR_FORGETS = (
    *GROWS[:3],
    "NOT (OLD.about = NEW.about AND OLD.subject = NEW.subject"
    " AND (NEW.length = OLD.length + 1 AND NEW.forgotten = OLD.forgotten"
    " AND COALESCE(NEW.forgotten_link, '') = COALESCE(OLD.forgotten_link, '')"
    " OR NEW.length = OLD.length AND NEW.link = OLD.link"
    " AND NEW.forgotten > OLD.forgotten AND NEW.forgotten <= OLD.length))",
    "a consent_chain grows by one, or forgets",
)


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    # SQLite makes the table of chains anew, which takes its triggers with it.
    _drop("consent_chain", "consent_chain_grows")
    _drop("consent_chain", "consent_chain_stays")
    _make_tables()
    for table in STAYED:
        _drop(table, f"{table}_stays")
    for table, there_is in STAYS.items():
        for statement in kept_while_sql(table, there_is, f"{table} stays until it is forgotten")[dialect]:
            op.execute(statement)
    op.execute(FIRST)
    _make(*NEW, CHAIN_STAYS, GROWS_OR_FORGETS)


def downgrade() -> None:
    _drop("consent_chain", "consent_chain_grows")
    for table, name, *_ in NEW:
        _drop(table, name)
    for table in STAYS:
        _drop(table, f"{table}_stays")
    _make(GROWS, *((table, f"{table}_stays", "DELETE", "1 = 1", message) for table, message in STAYED.items()))
    op.drop_index(op.f("ix_assessment_request_changed_at"), table_name="assessment_request")
    op.drop_index(op.f("ix_document_draft_changed_at"), table_name="document_draft")
    op.drop_index(op.f("ix_consent_chain_over_on"), table_name="consent_chain")
    for column in ("over_on", "forgotten_link", "forgotten"):
        op.drop_column("consent_chain", column)
    op.drop_column("school_document", "forgotten_at")
    op.drop_index(op.f("ix_relation_kind_relation_since"), table_name="relation")
    op.drop_table("holder_asked")


def _make_tables() -> None:
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
    op.execute(REMINDED)
    op.create_index(op.f("ix_relation_kind_relation_since"), "relation", ["kind", "since"], unique=False)
    op.add_column("school_document", sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("consent_chain") as chain:
        chain.add_column(sa.Column("forgotten", sa.Integer(), nullable=True))
    op.execute("UPDATE consent_chain SET forgotten = 0")
    with op.batch_alter_table("consent_chain") as chain:
        chain.alter_column("forgotten", existing_type=sa.Integer(), nullable=False)
    op.add_column("consent_chain", sa.Column("forgotten_link", sa.Text(), nullable=True))
    op.add_column("consent_chain", sa.Column("over_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_consent_chain_over_on"), "consent_chain", ["over_on"], unique=False)
    op.create_index(op.f("ix_document_draft_changed_at"), "document_draft", ["changed_at"], unique=False)
    op.create_index(op.f("ix_assessment_request_changed_at"), "assessment_request", ["changed_at"], unique=False)


def _drop(table: str, name: str) -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if is_postgresql else ""))
    if is_postgresql:
        op.execute(f'DROP FUNCTION "{name}"()')


def _make(*triggers: tuple[str, str, str, str, str]) -> None:
    for trigger in triggers:
        for statement in trigger_sql(*trigger)[op.get_bind().dialect.name]:
            op.execute(statement)
