"""The operator's commands: in production none of them works for families on a promise that nobody has made."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parentsite.cli import main
from parentsite.foundation import chain
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.town.service import NoTown, current_town
from tests.consent import scene as consent
from tests.databases import KEYRING, SqliteFiles, Template, shipped_pack
from tests.foundation.test_settings import production

MEETING_PEOPLE = (["serve"], ["worker"], ["forget"], ["people", "load", __file__])


def run(folder: Path, url: str, command: list[str]) -> Result:
    return CliRunner().invoke(main, command, env=production(folder, DATABASE_URL=url))


@pytest.mark.parametrize("command", MEETING_PEOPLE)
def test_no_command_starts_on_a_setting_that_is_still_demo(
    tmp_path: Path, sqlite_files: SqliteFiles, command: list[str]
) -> None:
    told = run(tmp_path, sqlite_files.fresh(Template.TOWN), command)
    assert told.exit_code == 1
    assert "still marked demo" in told.output


@pytest.mark.parametrize("command", MEETING_PEOPLE)
def test_no_command_starts_without_a_town(tmp_path: Path, sqlite_files: SqliteFiles, command: list[str]) -> None:
    told = run(tmp_path, sqlite_files.fresh(Template.EMPTY), command)
    assert (told.exit_code, "No town pack" in told.output) == (1, True)


def test_a_pack_that_still_promises_what_is_demo_is_not_put_in_force(tmp_path: Path, sqlite_files: SqliteFiles) -> None:
    """A running site would go on with it: it looks at the promises when it starts."""
    url = sqlite_files.fresh(Template.EMPTY)
    pack = tmp_path / "pack.toml"
    pack.write_text(shipped_pack(), encoding="utf-8")
    told = run(tmp_path, url, ["town", "load", str(pack)])
    assert (told.exit_code, "still marked demo" in told.output) == (1, True)
    database = Database(url, KEYRING)
    with database.read() as session, pytest.raises(NoTown):
        current_town(session)
    database.dispose()


def test_the_audit_says_where_its_chain_ends_and_holds_the_next_run_to_it(
    tmp_path: Path, sqlite_files: SqliteFiles, clock: FixedClock
) -> None:
    url = sqlite_files.fresh(Template.TOWN)
    database = Database(url, KEYRING)
    with database.write() as session:
        chain.link_entries(Work(session, clock.now(), SYSTEM))
    database.dispose()
    first = run(tmp_path, url, ["audit"])
    assert first.exit_code == 0
    noted = first.output.split()[-1]
    assert run(tmp_path, url, ["audit", noted]).exit_code == 0
    told = run(tmp_path, url, ["audit", f"7:{'0' * 64}"])
    assert (told.exit_code, "cut short or made anew" in told.output) == (1, True)


def test_a_consent_taken_away_behind_the_sites_back_fails_the_audit(
    tmp_path: Path, sqlite_files: SqliteFiles, clock: FixedClock
) -> None:
    url = sqlite_files.fresh(Template.TOWN)
    database = Database(url, KEYRING)
    with database.write() as session:
        now = Work(session, clock.now(), SYSTEM)
        child, (parent, _) = consent.family(now)
        consent.say(now, parent, consent.matter(child))
    assert run(tmp_path, url, ["audit"]).exit_code == 0
    consent.tamper(database, "DELETE FROM consent_receipt WHERE about = :about", child)
    database.dispose()
    told = run(tmp_path, url, ["audit"])
    assert (told.exit_code, str(child) in told.output) == (1, True)


@pytest.mark.parametrize("command", ["town", "people"])
def test_a_file_that_is_no_text_is_refused_in_one_sentence(
    tmp_path: Path, sqlite_files: SqliteFiles, command: str
) -> None:
    """As when a word processor has saved it in another encoding."""
    file = tmp_path / "file.toml"
    file.write_bytes('[town]\nname = "Ærø"\n'.encode("latin-1"))
    environment = {**production(tmp_path, DATABASE_URL=sqlite_files.fresh(Template.TOWN)), "PARENTSITE_MODE": "test"}
    told = CliRunner().invoke(main, [command, "load", str(file)], env=environment)
    assert told.exit_code == 1
    assert told.output.splitlines() == [f"Error: {file}: it is not written in UTF-8"]
