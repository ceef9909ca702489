"""Settings: production starts only when every promise can be kept, and says at once all that is missing."""

import stat
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from parentsite.app import create_site
from parentsite.foundation.clock import FileClock, FixedClock, SystemClock
from parentsite.foundation.settings import SECRET_NAMES, Mode, Settings, SettingsError
from tests.databases import KEYRING, SqliteFiles, Template

KEY = b64encode(bytes(32)).decode()


def production(folder: Path, **changed: str | None) -> dict[str, str]:
    """An environment that a town could run on, changed or (None) shortened."""
    good: dict[str, str | None] = {
        "DATA": str(folder),
        "SECRET_PARENTS": "p" * 32,
        "SECRET_SAMTALE": "s" * 32,
        "SECRET_DESK": "d" * 32,
        "SEAL_KEYS": ",".join(b64encode(key).decode() for key in KEYRING.keys),
        "INDEX_KEY": b64encode(KEYRING.index_key).decode(),
        "DATABASE_URL": f"sqlite:///{folder}/site.db",
        "COUNSELLING_DATABASE": f"{folder}/samtale/samtale.db",
        "COUNSELLING_KEYS": f"{folder}/samtale-keys",
        "COUNSELLING_BACKUP_DAYS": "14",
        "BASE_URL": "https://selvbetjening.example",
        "MAIL_URL": "smtps://mail.example",
        "MAIL_SENDER": "byen@example.org",
        **{f"{who}_ISSUER": f"https://{who.lower()}.example" for who in ("PARENTS", "STAFF")},
        **{f"{who}_{what}": "x" for who in ("PARENTS", "STAFF") for what in ("CLIENT_ID", "CLIENT_SECRET")},
        "PARENTS_ASSURANCE": "substantial",
        **changed,
    }
    return {f"PARENTSITE_{name}": value for name, value in good.items() if value is not None}


def problems(folder: Path, **changed: str | None) -> str:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(production(folder, **changed))
    return "\n".join(refused.value.problems)


def test_production_starts_with_everything_in_its_place(tmp_path: Path) -> None:
    settings = Settings.from_env(production(tmp_path))
    assert (settings.mode, settings.is_production, settings.is_secure) == (Mode.PRODUCTION, True, True)
    assert isinstance(settings.clock, SystemClock)
    assert (settings.host, settings.keys_are_embedded) == ("selvbetjening.example", False)


@pytest.mark.parametrize("name", sorted(name.removeprefix("PARENTSITE_") for name in production(Path())))
def test_each_setting_is_asked_for_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    if name == "DATA":
        assert Settings.from_env(production(tmp_path, DATA=None)).data == tmp_path / "data"
    else:
        assert problems(tmp_path, **{name: None}) == f"PARENTSITE_{name} is not set."


def test_all_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({"PARENTSITE_DATA": str(tmp_path)})
    assert len(refused.value.problems) == len(production(tmp_path)) - 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"BASE_URL": "http://selvbetjening.example"}, "https://"),
        ({"PARENTS_ISSUER": "http://127.0.0.1:8001"}, "demo one is refused"),
        ({"STAFF_ISSUER": "http://localhost:8001"}, "demo one is refused"),
        ({"PARENTS_CLIENT_ID": "demo-parents"}, "the demo's client"),
        ({"STAFF_CLIENT_SECRET": "demo-staff-secret"}, "the demo's client"),
        ({"MAIL_URL": "file:///var/letters"}, "smtp://"),
        ({"SECRET_DESK": "p" * 32}, "a secret of its own"),
        ({"SECRET_DESK": "short"}, "32 characters"),
        ({"SEAL_KEYS": "short"}, "SEAL_KEYS"),
        ({"INDEX_KEY": "short"}, "INDEX_KEY"),
        ({"SEAL_KEYS": f"{KEY},oops"}, "SEAL_KEYS"),
        ({"MODE": "prod"}, "PARENTSITE_MODE must be one of production, demo, test."),
        ({"COUNSELLING_EACH_HOUR": "many"}, "PARENTSITE_COUNSELLING_EACH_HOUR must be a whole number."),
        ({"COUNSELLING_BACKUP_DAYS": "two weeks"}, "PARENTSITE_COUNSELLING_BACKUP_DAYS must be a whole number."),
        ({"COUNSELLING_DATABASE": "/var/s/s.db", "COUNSELLING_KEYS": "/var/s/keys"}, "must not lie with"),
        ({"PROXIES": "one"}, "PARENTSITE_PROXIES must be a whole number."),
    ],
)
def test_production_refuses_what_is_not_safe(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    assert told in problems(tmp_path, **changed)


def test_nothing_secret_is_in_a_problem(tmp_path: Path) -> None:
    told = problems(tmp_path, SECRET_DESK="p" * 32, BASE_URL="http://x", SEAL_KEYS=KEY)
    assert "p" * 32 not in told
    assert KEY not in told


def test_without_a_mode_it_is_production(tmp_path: Path) -> None:
    assert Settings.from_env(production(tmp_path)).mode is Mode.PRODUCTION


def test_a_demo_makes_its_own_keys_and_keeps_them(tmp_path: Path) -> None:
    demo = {"PARENTSITE_MODE": "demo", "PARENTSITE_DATA": str(tmp_path)}
    first, second = Settings.from_env(demo), Settings.from_env(demo)
    assert (first.keyring, dict(first.secrets)) == (second.keyring, dict(second.secrets))
    assert len(set(first.secrets.values())) == 3
    assert first.keys_are_embedded
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    assert isinstance(first.clock, FileClock)


def test_two_demos_have_different_keys(tmp_path: Path) -> None:
    made = [Settings.from_env({"PARENTSITE_MODE": "demo", "PARENTSITE_DATA": str(tmp_path / name)}) for name in "ab"]
    assert made[0].keyring != made[1].keyring


def test_production_never_makes_keys_of_its_own(tmp_path: Path) -> None:
    for name in SECRET_NAMES:
        problems(tmp_path, **{name: None})
    assert not (tmp_path / "keys.json").exists()


class TestPromises:
    """What a town still has to decide is no promise: production does not start on a stand-in."""

    def refusal(self, folder: Path, url: str, **changed: str) -> str:
        settings = Settings.from_env(production(folder, DATABASE_URL=url, **changed))
        with pytest.raises(SettingsError) as refused:
            create_site(settings, FixedClock(settings.clock.now()))
        return "\n".join(refused.value.problems)

    def test_without_a_town_it_does_not_start(self, tmp_path: Path, sqlite_files: SqliteFiles) -> None:
        assert "No town pack" in self.refusal(tmp_path, sqlite_files.fresh(Template.EMPTY))

    def test_a_setting_that_is_still_demo_is_named(self, tmp_path: Path, sqlite_files: SqliteFiles) -> None:
        assert "still marked demo" in self.refusal(tmp_path, sqlite_files.fresh(Template.TOWN))

    def test_a_database_without_tables_is_said_to_be_one(self, tmp_path: Path) -> None:
        assert "parentsite migrate" in self.refusal(tmp_path, f"sqlite:///{tmp_path / 'empty.db'}")

    @pytest.mark.parametrize("who", ["PARENTS", "STAFF"])
    def test_a_level_that_does_not_exist_is_refused(self, tmp_path: Path, sqlite_files: SqliteFiles, who: str) -> None:
        url = sqlite_files.fresh(Template.TOWN)
        told = self.refusal(tmp_path, url, **{f"{who}_ASSURANCE": "enormous"})
        assert "minimum_assurance is none of low, substantial, high" in told

    def test_in_test_and_demo_it_starts(self, new_site: Callable[..., object]) -> None:
        assert new_site()
