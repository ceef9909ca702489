"""One gate: nothing else opens what was written about a child, and the database's own bytes tell nothing of it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import inspect, text

from parentsite.foundation.database import Database
from parentsite.readiness import models
from parentsite.readiness.rules.vocabulary import Readiness
from parentsite.readiness.service import commenting, correcting, drafting
from tests.conftest import Working
from tests.house_rules.source import PACKAGE, listed, modules
from tests.readiness.scene import ASSESSMENT, DESCRIPTION, pedagogue, published, scene, written
from tests.readiness.test_service_receiving import say

SEALED = {
    str(column.info["sealed"])
    for table in models.Base.metadata.tables.values()
    for column in table.columns
    if "sealed" in column.info
}
CONTEXTS = {
    name for name, value in vars(models).items() if name.isupper() and isinstance(value, str) and value in SEALED
}


def names_in(tree: ast.Module) -> Iterator[str]:
    """Every name that a module uses or imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name.rpartition(".")[2]


def using(*wanted: str, inside: str = "") -> set[str]:
    """The modules that use one of these names."""
    found = {str(path.relative_to(PACKAGE)) for path, tree in modules() if set(wanted) & set(names_in(tree))}
    return {path for path in found if path.startswith(inside)}


def test_only_the_gate_unseals() -> None:
    assert using("unseal", inside="readiness/") == {"readiness/service/gate.py"}


def test_nobody_outside_the_journey_names_its_sealed_columns_or_tables() -> None:
    assert len(CONTEXTS) == 7
    outside = [
        str(path.relative_to(PACKAGE))
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("parentsite.readiness")
        and not path.is_relative_to(PACKAGE / "readiness")
    ]
    assert set(outside) <= {"tables.py", "app.py", "demo/school_start.py"}, listed(outside)
    values = {getattr(models, name) for name in CONTEXTS}
    spelled = [
        str(path.relative_to(PACKAGE))
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in values
    ]
    assert set(spelled) == {"readiness/models.py"}


def test_who_asks_is_told_by_nobody_but_the_facts() -> None:
    """Whoever could make the facts up could open the gate."""
    makers = {
        str(path.relative_to(PACKAGE))
        for path, tree in modules()
        if path.is_relative_to(PACKAGE / "readiness")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and "Asking" in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}
    }
    assert makers == {"readiness/service/facts.py"}


SECRETS = ("Klatretyven", "Vurderingsord", "Kladdeordet", "Kommentarordet", "Rettelsesordet", "Svarordet")


def files_of(database: Database) -> list[Path]:
    """The files of a SQLite database, what is not in the main one yet included."""
    path = Path(str(database.url.database))
    return [found for found in (path, Path(f"{path}-wal"), Path(f"{path}-shm")) if found.exists()]


def test_no_word_of_a_description_stands_in_the_database(database: Database, work: Working) -> None:
    with work() as now:
        of = scene(now, holders=1)
        (anne,) = of.holders
        published(now, of, words=SECRETS[0])
        published(now, of, ASSESSMENT, SECRETS[1])
        draft = written(now, of, words=SECRETS[2])
        drafting.save_readiness(pedagogue(now, of), draft, Readiness.IN_DOUBT)
        commenting.comment(now, anne, of.child, DESCRIPTION, SECRETS[3], language="da")
        request = correcting.ask(now, anne, of.child, DESCRIPTION, 1, SECRETS[4], language="da")
        correcting.keep(pedagogue(now, of), request, SECRETS[5])
        say(now, of, anne)
    with database.read() as session:
        files = files_of(database) if database.is_sqlite else []
        assert len(files) == (3 if database.is_sqlite else 0)
        kept = b"".join(path.read_bytes() for path in files)
        for table in inspect(session.connection()).get_table_names():
            rows = session.execute(text(f'SELECT * FROM "{table}"')).all()
            kept += b"".join(
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in rows
                for cell in row
            )
    assert b"document.published" in kept
    assert b"Asta" in kept
    for secret in (*SECRETS, Readiness.IN_DOUBT):
        assert secret.encode() not in kept
