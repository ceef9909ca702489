"""Nothing of a town stands in code or templates: another town needs another pack and no change."""

import re
from pathlib import Path

from parentsite.foundation.resources import TEMPLATES
from parentsite.town.pack.parse import parse_pack
from parentsite.town.pack.shipped import PACKS

PACKAGE = PACKS.parent.parent


def test_no_word_of_a_town_in_code_or_templates() -> None:
    towns = [parse_pack(path.read_text(encoding="utf-8")) for path in sorted(PACKS.glob("*.toml"))]
    assert towns
    words = {town.name for town in towns}
    for district in (district for town in towns for district in town.districts):
        words |= {district.code, district.name, district.school}
    town_word = re.compile("|".join(map(re.escape, sorted(words))), re.IGNORECASE)
    files: list[Path] = [*PACKAGE.rglob("*.py"), *(path for path in TEMPLATES.rglob("*") if path.is_file())]
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if town_word.search(line)
    ]
    assert found == []
