"""Where the files beside the code lie: in the checkout, or inside the installed package."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_ROOT = _PACKAGE if (_PACKAGE / "templates").is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static" / "dist"
STATIC_SOURCES = _ROOT / "static"
PAPER = _ROOT / "static" / "pdf"
TRANSLATIONS = _ROOT / "translations"
MIGRATIONS = _PACKAGE / "migrations"
