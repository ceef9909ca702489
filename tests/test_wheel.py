"""`pip install .` into a clean environment, far from the checkout, and used there as an operator would use it."""

import os
import subprocess
import sys
import threading
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from parentsite.foundation.clock import monotonic
from tests.house_rules.source import ROOT
from tests.stories.running import free_ports

START_SECONDS = 60.0
END_SECONDS = 15.0
PLACES = """
from pathlib import Path
import parentsite
from parentsite.foundation.resources import MIGRATIONS, PAPER, STATIC, TEMPLATES, TRANSLATIONS
places = (parentsite.__file__, MIGRATIONS, PAPER, STATIC, TEMPLATES, TRANSLATIONS)
print(*(Path(each).resolve() for each in places), sep="\\n")
"""
A_PDF = """
from parentsite.foundation.pdf import pdf
print(pdf('<html lang="ar" dir="rtl"><title>t</title><p>سلام</p></html>')[:8].decode())
"""


@dataclass(frozen=True)
class Installed:
    """A clean environment with the site in it; `home` is a folder that knows nothing of the checkout."""

    bin: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PARENTSITE_"))}

    def run(self, *command: str) -> str:
        """What a command of the environment says."""
        whole = (str(self.bin / command[0]), *command[1:])
        return _said(*whole, cwd=self.home, env=self.environment)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
    _said(sys.executable, "-m", "pip", *quiet, "--python", str(python), "install", str(ROOT), cwd=folder)
    (folder / "home").mkdir()
    return Installed(python.parent, folder / "home")


@pytest.fixture(scope="module")
def address(installed: Installed) -> Iterator[str]:
    """Where `parentsite demo` answers: town, families, provider, worker and site, all of them from the wheel."""
    port = free_ports(2)
    log = installed.home / "log"
    command = [str(installed.bin / "parentsite"), "demo", "--port", str(port), "--data", str(installed.home / "data")]
    with log.open("wb") as told:
        process = subprocess.Popen(
            command, cwd=installed.home, env=installed.environment, stdout=told, stderr=subprocess.STDOUT
        )
    try:
        found = f"http://127.0.0.1:{port}"
        assert _answers_in_time(f"{found}/readyz", process), log.read_text(encoding="utf-8", errors="replace")
        yield found
    finally:
        process.terminate()
        process.wait(END_SECONDS)


def test_the_command_explains_itself(installed: Installed) -> None:
    told = installed.run("parentsite", "--help")
    assert all(verb in told for verb in ("serve", "worker", "demo", "town", "migrate"))


def test_nothing_is_taken_from_the_checkout(installed: Installed) -> None:
    environment = installed.bin.parent.resolve()
    places = [Path(line) for line in installed.run("python", "-c", PLACES).splitlines()]
    assert len(places) == 6
    assert [str(place) for place in places if environment not in place.parents] == []


def test_a_pdf_is_made_with_the_fonts_that_came_along(installed: Installed) -> None:
    assert installed.run("python", "-c", A_PDF).strip() == "%PDF-1.7"


def test_every_language_has_its_own_words(address: str) -> None:
    pages = {code: requests.get(f"{address}/{code}/", timeout=20).text for code in ("da", "en", "ar")}
    headings = {code: page.partition("<h1")[2].partition("</h1>")[0] for code, page in pages.items()}
    assert all(headings.values())
    assert len(set(headings.values())) == len(headings), headings
    assert 'dir="rtl"' in pages["ar"]


def test_the_style_sheet_and_the_houses_came_along(address: str) -> None:
    page = requests.get(f"{address}/da/bornehuse", timeout=20).text
    style = next(part for part in page.split('"') if part.endswith(".css"))
    assert requests.get(address + style, timeout=20).headers["Content-Type"].startswith("text/css")
    assert "Søndergården" in page


def _said(*command: str, cwd: Path, env: dict[str, str] | None = None) -> str:
    ran = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _answers_in_time(url: str, process: subprocess.Popen[bytes]) -> bool:
    pause, end = threading.Event(), monotonic() + START_SECONDS
    while monotonic() < end and process.poll() is None:
        try:
            return requests.get(url, timeout=20).ok
        except requests.ConnectionError:
            pause.wait(0.1)
    return False
