"""The book that is kept while a pack is read: mistakes, codes, sources, and what was left unread."""

import re
from collections.abc import Collection

from parentsite.town.facts import DEMO, SITE, Source
from parentsite.town.pack.lines import Path, line_index, line_of
from parentsite.town.pack.problems import PackError, Problem

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Book:
    """One pack being read: its mistakes so far, its sources, and the keys that no reader has taken."""

    def __init__(self, languages: Collection[str]) -> None:
        self.languages = tuple(languages)
        self.sources: dict[str, Source] = {"site": SITE, "demo": DEMO}
        self.codes: dict[str, Path] = {}
        self.opened: list[tuple[Path, set[str]]] = []
        self.wrong: list[tuple[Path, str]] = []

    def claim(self, code: str, path: Path) -> None:
        """Keep a code for one thing in the whole pack: references and addresses name it by the code alone."""
        if not _CODE.fullmatch(code):
            self.wrong.append((path, f"the code {code!r} must be of a-z, 0-9 and single hyphens"))
        if code in self.codes:
            first = ".".join(map(str, self.codes[code]))
            self.wrong.append((path, f"the code {code!r} is taken by {first}"))
        self.codes.setdefault(code, path)

    def blank(self) -> "Book":
        """A book for reading what is absent: its mistakes go nowhere."""
        return Book(self.languages)

    def finish(self, document: str) -> None:
        """Raise `PackError` when anything was wrong or left unread."""
        for path, unread in self.opened:
            self.wrong.extend(((*path, key), "is not known here") for key in unread)
        if self.wrong:
            index = line_index(document)
            raise PackError(
                tuple(sorted(Problem(line_of(path, index), _dotted(path), said) for path, said in self.wrong))
            )


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))
