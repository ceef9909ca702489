"""Where the packs lie that come with the site."""

from pathlib import Path

PACKS = Path(__file__).resolve().parent.parent / "packs"
