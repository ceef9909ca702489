"""Compiles the catalogues when a wheel or an editable install is built; `make translations` runs it by hand."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Write each `messages.mo` beside its `messages.po`, when the source is newer. Returns those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text, target.open("wb") as compiled:
            write_mo(compiled, read_po(text, locale=source.parent.parent.name))
        written.append(target)
    return written


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:
    pass
else:

    class CatalogueHook(BuildHookInterface):  # type: ignore[misc]
        """Runs the compilation before the files are collected."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            compile_catalogues()
            if version == "editable":
                # A checkout is used where it lies: copies of its files would only grow old.
                build_data["force_include_editable"] = {str(FOLDER.parent / "README.md"): "parentsite-README.md"}


if __name__ == "__main__":
    for path in compile_catalogues():
        print(path)  # noqa: T201
