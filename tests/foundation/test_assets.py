"""What the browser gets beside the page: built from the committed sources, small, and the same in both directions."""

import json
import re
from hashlib import sha256
from pathlib import Path

import brotli
import pytest

from parentsite.foundation.assets import HASHED_NAME, MANIFEST, Manifest, build, stylesheet
from parentsite.foundation.resources import STATIC, STATIC_SOURCES

CSS_BUDGET = 6 * 1024
SCRIPT_BUDGET = 14 * 1024
HTMX_SHA256 = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
PHYSICAL = re.compile(
    r"(?<![-\w])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|left|right|top|bottom|float|width|height|min-width|max-height|min-height)\s*:|text-align:\s*(?:left|right)"
)


def test_what_is_served_is_what_the_sources_build(tmp_path: Path) -> None:
    build(STATIC_SOURCES, tmp_path)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    served = {path.name: path.read_bytes() for path in STATIC.iterdir()}
    assert served == built


def test_a_second_build_changes_nothing_and_leaves_nothing_old(tmp_path: Path) -> None:
    (tmp_path / "app.000000000000.css").write_text("old")
    first = build(STATIC_SOURCES, tmp_path).names
    assert build(STATIC_SOURCES, tmp_path).names == first
    assert not (tmp_path / "app.000000000000.css").exists()


def test_every_served_file_has_a_name_that_may_be_kept_for_ever() -> None:
    names = json.loads((STATIC / MANIFEST).read_text(encoding="utf-8"))
    assert all(HASHED_NAME.match(name) for name in names.values())
    assert Manifest.load(STATIC).url("app.css") == f"/static/{names['app.css']}"


def test_the_styles_fit_into_the_first_round_trip() -> None:
    assert len(brotli.compress(stylesheet(STATIC_SOURCES / "src").encode(), quality=11)) <= CSS_BUDGET


def test_the_scripts_are_small() -> None:
    names = Manifest.load(STATIC).names
    sizes = [(STATIC / f"{names[name]}.br").stat().st_size for name in ("htmx.js", "site.js")]
    assert sum(sizes) <= SCRIPT_BUDGET


def test_htmx_is_the_vendored_release() -> None:
    assert sha256((STATIC_SOURCES / "vendor" / "htmx.min.js").read_bytes()).hexdigest() == HTMX_SHA256
    assert "Zero-Clause BSD" in (STATIC_SOURCES / "vendor" / "htmx-LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", sorted((STATIC_SOURCES / "src").glob("*.css")), ids=lambda path: path.name)
def test_layout_knows_no_left_and_right(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/|@media[^{]*", "", sheet.read_text(encoding="utf-8"), flags=re.S)
    assert PHYSICAL.findall(text) == []
