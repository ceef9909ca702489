"""On which line each value of a TOML document stands: the standard parser does not tell.

Works on documents that the standard parser has accepted; needed only when one of their values is refused.
"""

import re
import tomllib
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and array positions from the root of the document."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' r"|'''.*?'''(?:'{0,2})" r'|"(?:\\.|[^"\\])*"' r"|'[^']*'", re.DOTALL
)
_PLAIN_VALUE = re.compile(r"[^,\]}\n#]*")


def line_index(document: str) -> dict[Path, int]:
    """The line (from 1) on which each table, array element and key begins."""
    return _Scanner(document).scan()


def line_of(path: Path, index: dict[Path, int]) -> int:
    """The line of a value, or of the nearest table around a value that is not there."""
    while path and path not in index:
        path = path[:-1]
    return index.get(path, 1)


class _Scanner:
    def __init__(self, document: str) -> None:
        self.text = document
        self.at = 0
        self.index: dict[Path, int] = {}
        self.last: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self._skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()
        return self.index

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1

    def _skip(self) -> None:
        self._take(_BLANK)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None, f"no valid TOML at line {self._line()}"
        self.at = match.end()
        return match.group()

    def _header(self) -> Path:
        line = self._line()
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        keys = self._keys()
        self.at += brackets
        path: Path = ()
        for key in keys[:-1]:
            path = self._newest((*path, key))
            self.index.setdefault(path, line)
        path = (*path, keys[-1])
        if brackets == 2:
            self.index.setdefault(path, line)
            self.last[path] = self.last.get(path, -1) + 1
            path = self._newest(path)
        self.index[path] = line
        return path

    def _newest(self, path: Path) -> Path:
        return (*path, self.last[path]) if path in self.last else path

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip()
            keys.append(self._key())
            self._skip()
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def _key(self) -> str:
        if self.text[self.at] not in "\"'":
            return self._take(_BARE_KEY)
        key = tomllib.loads(f"key = {self._take(_STRING)}")["key"]
        assert isinstance(key, str)
        return key

    def _pair(self, path: Path) -> None:
        line = self._line()
        for key in self._keys():
            path = (*path, key)
            self.index.setdefault(path, line)
        self.at += 1
        self._skip()
        self._value(path)

    def _value(self, path: Path) -> None:
        first = self.text[self.at]
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        elif first in "\"'":
            self._take(_STRING)
        else:
            self._take(_PLAIN_VALUE)

    def _array(self, path: Path) -> None:
        position = 0
        while self._goes_on("]"):
            self.index[(*path, position)] = self._line()
            self._value((*path, position))
            position += 1

    def _inline_table(self, path: Path) -> None:
        while self._goes_on("}"):
            self._pair(path)

    def _goes_on(self, end: str) -> bool:
        """Step over the opening bracket or a comma; at the closing one, step over that and say no."""
        self._skip()
        if self.text[self.at] in "[{,":
            self.at += 1
            self._skip()
        if self.text[self.at] != end:
            return True
        self.at += 1
        return False
