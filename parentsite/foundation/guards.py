"""Promises that only the database can keep: which state may follow which, and what may never be changed."""

from collections.abc import Iterable

from sqlalchemy import DDL, Table, event


def guard_moves(table: Table, machine: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Let the `state` of a row change only along `pairs` (old, new); anything else aborts the statement."""
    allowed = " OR ".join(f"(OLD.state = '{old}' AND NEW.state = '{new}')" for old, new in pairs)
    refuse(
        table,
        f"{machine}_moves",
        "UPDATE OF state",
        f"OLD.state <> NEW.state AND NOT ({allowed})",
        f"illegal move of {machine}",
    )


def append_only(table: Table) -> None:
    """Rows of `table` are never deleted, and never changed; a sealed value may be sealed anew under another key, so
    that a digest beside it must tell whether it still says the same.
    """
    unchanging(table)
    refuse(table, f"{table.name}_stays", "DELETE", "1 = 1", f"{table.name} is append-only")


def unchanging(table: Table) -> None:
    """Rows of `table` are never changed, as if append-only; nothing here keeps them from being deleted."""
    same = " AND ".join(_same(column.name) for column in table.columns if "sealed" not in column.info)
    refuse(table, f"{table.name}_kept", "UPDATE", f"NOT ({same})", f"{table.name} is append-only")


def kept_with(table: Table, owner: tuple[str, str], until: str) -> None:
    """Rows of `table` are never deleted before the row that they belong to stands in the state `until`.

    `owner` is the column that refers to it and the table it refers to.
    """
    _with_table(table, kept_with_sql(table.name, owner, until))


def kept_with_sql(table: str, owner: tuple[str, str], until: str) -> dict[str, tuple[str, ...]]:
    """The statements that make such a trigger, by dialect; migrations use the same text."""
    column, owners = owner
    # Every part is a name from our own models.
    stays = f"SELECT 1 FROM \"{owners}\" WHERE id = OLD.{column} AND state <> '{until}'"  # noqa: S608
    return kept_while_sql(table, stays, f"{table} stays until its {owners} is {until}")


def kept_while(table: Table, there_is: str) -> None:
    """A row of `table` is never deleted while this SELECT, in which it is called OLD, finds anything."""
    _with_table(table, kept_while_sql(table.name, there_is, f"{table.name} stays until it is forgotten"))


def kept_while_sql(table: str, there_is: str, message: str) -> dict[str, tuple[str, ...]]:
    """The statements that make such a trigger, by dialect; migrations use the same text."""
    name, stays = f"{table}_stays", f"EXISTS ({there_is})"
    return {
        "sqlite": (
            f'CREATE TRIGGER "{name}" BEFORE DELETE ON "{table}" FOR EACH ROW WHEN {stays} '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        ),
        "postgresql": (
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"IF {stays} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF; "
            "RETURN OLD; END $$",
            f'CREATE TRIGGER "{name}" BEFORE DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()',
        ),
    }


def refuse(table: Table, name: str, on: str, when: str, message: str) -> None:
    """Create, with the table, a trigger that aborts a statement of kind `on` when `when` holds for a row."""
    _with_table(table, trigger_sql(table.name, name, on, when, message))


def follow(table: Table, name: str, source: str, action: str) -> None:
    """Create, with `table`, a trigger that does `action` for each row that comes into `source` (NEW is that row)."""
    _with_table(table, follow_sql(name, source, action))


def _with_table(table: Table, written: dict[str, tuple[str, ...]]) -> None:
    for dialect, statements in written.items():
        for statement in statements:
            event.listen(table, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]


def trigger_sql(table: str, name: str, on: str, when: str, message: str) -> dict[str, tuple[str, ...]]:
    """The statements that make the trigger, by dialect; migrations use the same text."""
    return {
        "sqlite": (
            f'CREATE TRIGGER "{name}" BEFORE {on} ON "{table}" FOR EACH ROW WHEN {when} '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        ),
        "postgresql": (
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS '
            f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END $$",
            f'CREATE TRIGGER "{name}" BEFORE {on} ON "{table}" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION "{name}"()',
        ),
    }


def follow_sql(name: str, source: str, action: str) -> dict[str, tuple[str, ...]]:
    """The statements that make the trigger of `follow`, by dialect; migrations use the same text."""
    return {
        "sqlite": (f'CREATE TRIGGER "{name}" AFTER INSERT ON "{source}" FOR EACH ROW BEGIN {action}; END',),
        "postgresql": (
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {action}; RETURN NEW; END $$',
            f'CREATE TRIGGER "{name}" AFTER INSERT ON "{source}" FOR EACH ROW EXECUTE FUNCTION "{name}"()',
        ),
    }


def never_overlapping(table: Table, name: str, owner: tuple[str, str], starts: str, ends: str, when: str) -> None:
    """Refuse a new row whose time from `starts` to `ends` meets that of another row of the same owner.

    `owner` is the column that refers to it and the table it refers to; only rows for which `when` holds (written with
    `other.`) are met. On PostgreSQL two writers for one owner go one after the other.
    """
    _with_table(table, overlap_sql(table.name, name, owner, starts, ends, when))


def overlap_sql(
    table: str, name: str, owner: tuple[str, str], starts: str, ends: str, when: str
) -> dict[str, tuple[str, ...]]:
    """The statements that make such a trigger, by dialect; migrations use the same text."""
    column, owners = owner
    meets = f"{when} AND other.{starts} < NEW.{ends} AND other.{ends} > NEW.{starts}"
    # Every part is a name from our own models.
    met = f'EXISTS (SELECT 1 FROM "{table}" AS other WHERE other.{column} = NEW.{column} AND {meets})'  # noqa: S608
    message = f"{table} would overlap"
    return {
        "sqlite": (
            f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}" FOR EACH ROW WHEN {met} '
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        ),
        "postgresql": (
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f'PERFORM 1 FROM "{owners}" WHERE id = NEW.{column} FOR NO KEY UPDATE; '
            f"IF {met} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'exclusion_violation'; END IF; "
            "RETURN NEW; END $$",
            f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()',
        ),
    }


def _same(column: str) -> str:
    """Whether a column stays as it is; two that are empty are the same (SQLite before 3.39 has no IS DISTINCT FROM)."""
    return f"COALESCE(OLD.{column} = NEW.{column}, OLD.{column} IS NULL AND NEW.{column} IS NULL)"
