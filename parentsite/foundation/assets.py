"""What the browser gets beside the page: built from `static/src` and `static/vendor`, named by content, compressed
once.

The built files are committed: a checkout serves them as they are, and a name never stands for two contents, so they
may be
kept for ever. Nothing here runs while a page is shown except `Manifest.url`.
"""

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import brotli
from rcssmin import cssmin

LAYERS = ("reset", "base", "layout", "part", "util", "print")
"""Cascade layers, the weakest first; `part-form.css` belongs to the layer `part`."""

FILES = {
    "again.js": "src/again.js",
    "favicon.svg": "src/favicon.svg",
    "htmx.js": "vendor/htmx.min.js",
    "leave.js": "src/leave.js",
    "site.js": "src/site.js",
}
"""What is served unchanged: name → file below the source folder."""

HASHED_NAME = re.compile(r"^.+\.[0-9a-f]{12}\.[a-z0-9]+$")
"""A file name whose content never changes."""

PREFIX = "/static/"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """The names pages use (`app.css`) and the names of the built files (`app.<hash>.css`)."""

    names: Mapping[str, str]

    @classmethod
    def load(cls, folder: Path) -> "Manifest":
        """Read what `build` wrote; raises `FileNotFoundError` where nothing has been built."""
        return cls(json.loads((folder / MANIFEST).read_text(encoding="utf-8")))

    def url(self, name: str) -> str:
        """Where the browser finds `name`; raises `KeyError` for an unknown one."""
        return PREFIX + self.names[name]


def build(source_dir: Path, out_dir: Path) -> Manifest:
    """Build all assets of `source_dir` into `out_dir`, and remove what an earlier build left there."""
    contents = {"app.css": stylesheet(source_dir / "src").encode()}
    contents |= {name: (source_dir / path).read_bytes() for name, path in FILES.items()}
    names = {name: _hashed(name, content) for name, content in sorted(contents.items())}
    written = {MANIFEST: (json.dumps(names, indent=2) + "\n").encode()}
    for name, content in contents.items():
        written[names[name]] = content
        written[names[name] + ".br"] = brotli.compress(content, quality=11)
        written[names[name] + ".gz"] = gzip.compress(content, compresslevel=9, mtime=0)
    _replace(out_dir, written)
    return Manifest(names)


def stylesheet(folder: Path) -> str:
    """All style sheets of `folder` as one, each in the cascade layer that its name begins with."""
    parts = [f"@layer {','.join(LAYERS)};"]
    for layer in LAYERS:
        sheets = [folder / f"{layer}.css", *sorted(folder.glob(f"{layer}-*.css"))]
        rules = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
        parts.append(f"@layer {layer}{{{cssmin(rules)}}}")
    return "\n".join(parts) + "\n"


def _hashed(name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:12]}.{suffix}"


def _replace(folder: Path, written: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in written.items():
        (folder / name).write_bytes(content)
    for path in folder.iterdir():
        if path.name not in written and HASHED_NAME.match(path.name.removesuffix(".br").removesuffix(".gz")):
            path.unlink()
