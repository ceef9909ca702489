"""From a shell: founding the house key, letting in and out, the paper copy; and what production asks for before it
starts.
"""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from parentsite.app import create_site
from parentsite.cli import main
from parentsite.counselling.office import Office, office_at
from parentsite.counselling.rules.vocabulary import HouseMode
from parentsite.foundation.database import Database
from parentsite.foundation.settings import Settings, SettingsError
from parentsite.foundation.work import SYSTEM, Work
from parentsite.town.pack.parse import parse_pack
from parentsite.town.service import load_pack
from tests.counselling.test_stolen import bytes_around
from tests.databases import KEYRING, MOMENT, SqliteFiles, Template
from tests.foundation.test_settings import production

COUNSELLING = """
[counselling]
source = "newspaper"
hours.rows = [{ days = "tue", opens = "14.00", closes = "17.00" }]
minutes = 45
days_ahead = 14
answer_days = 2
languages = ["da"]
"""
ANNE, BO, CARL = uuid4(), uuid4(), uuid4()


class Shell:
    """Commands of an operator, in production or not."""

    def __init__(self, folder: Path, mode: str = "production") -> None:
        self.folder, self.environment = folder, {**production(folder), "PARENTSITE_MODE": mode}

    def says(self, *command: str, typed: str = "") -> Result:
        return CliRunner().invoke(main, ["counselling", *command], env=self.environment, input=f"{typed}\n")

    def told(self, *command: str, typed: str = "") -> str:
        result = self.says(*command, typed=typed)
        assert result.exit_code == 0, result.output
        return result.output.strip().splitlines()[-1]

    def enrol(self, *who: UUID) -> list[str]:
        return [self.told("enrol", str(one), f"Rådgiver {number}") for number, one in enumerate(who)]

    def office(self) -> Office:
        return office_at(self.folder / "samtale" / "samtale.db", self.folder / "samtale-keys", 1)


def test_the_whole_life_of_a_roster(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert "held by: none" in shell.told("roster")
    first, _ = shell.enrol(ANNE, BO)
    assert len(first.split()) == 7
    paper = shell.told("found")
    assert len(paper.split()) == 24
    shell.enrol(CARL)
    shell.told("admit", str(CARL), "--by", str(ANNE), typed=first)
    assert "reads" in shell.told("roster")
    shell.told("remove", str(BO), "--by", str(ANNE), typed=first.upper())
    roster = shell.says("roster").output
    assert str(BO) not in roster
    assert "held by: counsellors" in roster
    shell.enrol(BO)
    shell.told("admit", str(BO), typed=paper)
    assert roster.count("reads") == 2
    assert shell.says("roster").output.count("reads") == 3


def test_neither_phrase_nor_paper_is_kept_anywhere(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    phrases = shell.enrol(ANNE, BO)
    paper = shell.told("found")
    kept = bytes_around(tmp_path)
    assert not [one for one in (*phrases, paper) if one.encode() in kept]


def test_what_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    (first,) = shell.enrol(ANNE)
    for command, typed, told in (
        (("found",), "", "Two counsellors at least"),
        (("enrol", str(ANNE), "Anne"), "", "done before"),
        (("admit", str(BO), "--by", str(ANNE)), first, "hold no house key"),
        (("admit", str(BO)), "kanel", "mistyped"),
    ):
        result = shell.says(*command, typed=typed)
        assert (result.exit_code, told in result.output) == (1, True), result.output
    (second,) = shell.enrol(BO)
    paper = shell.told("found")
    for command, typed, told in (
        (("remove", str(BO), "--by", str(ANNE)), first, "Two counsellors at least"),
        (("remove", str(CARL), "--by", str(ANNE)), first, "Nobody by this id"),
        (("remove", str(BO), "--by", str(ANNE)), second, "not their phrase"),
        (("found",), "", "done before"),
        (("remove", str(BO)), " ".join(reversed(paper.split())), "mistyped"),
    ):
        result = shell.says(*command, typed=typed)
        assert (result.exit_code, told in result.output) == (1, True), result.output


def test_a_demo_begins_with_a_key_file_that_the_counsellors_take_over(tmp_path: Path) -> None:
    shell = Shell(tmp_path, "demo")
    file = tmp_path / "samtale-keys" / "house-key"
    assert "held by: embedded" in shell.told("roster")
    assert file.stat().st_mode & 0o777 == 0o600
    shell.enrol(ANNE, BO)
    shell.told("found")
    assert not file.exists()
    assert "held by: counsellors" in shell.says("roster").output


class TestProduction:
    """It starts only when nobody but the counsellors can read, and only where they hold their key."""

    @pytest.fixture
    def url(self, sqlite_files: SqliteFiles, lilleby: str) -> str:
        url = sqlite_files.fresh(Template.EMPTY)
        database = Database(url, KEYRING)
        with database.write() as session:
            pack = lilleby + COUNSELLING
            assert parse_pack(pack).stand_ins() == ()
            load_pack(Work(session, MOMENT, SYSTEM), pack, lambda _, codes: frozenset())
        database.dispose()
        return url

    def settings(self, folder: Path, url: str, **changed: str) -> Settings:
        return Settings.from_env(production(folder, DATABASE_URL=url, **changed))

    def test_without_the_counsellors_key_it_does_not_start(self, tmp_path: Path, url: str) -> None:
        with pytest.raises(SettingsError, match="held by: none"):
            create_site(self.settings(tmp_path, url))
        assert not (tmp_path / "samtale-keys" / "house-key").exists()

    def test_with_an_embedded_key_it_does_not_start_either(self, tmp_path: Path, url: str) -> None:
        Shell(tmp_path, "demo").told("roster")
        with pytest.raises(SettingsError, match="held by: embedded"):
            create_site(self.settings(tmp_path, url))

    def test_with_two_counsellors_it_starts(self, tmp_path: Path, url: str) -> None:
        shell = Shell(tmp_path)
        shell.enrol(ANNE, BO)
        shell.told("found")
        assert shell.office().house_mode() is HouseMode.COUNSELLORS
        assert create_site(self.settings(tmp_path, url)) is not None
