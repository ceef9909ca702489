"""Run by itself, in a process of its own: a document as JSON comes in, its PDF goes out. See `foundation/pdf.py`.

Nobody imports this module, and it imports nothing of the site. The folder with the page and the fonts is its one
argument. Nothing else is read, nothing is fetched, and what is kept in memory of a child's description ends with it.
"""

import json
import resource
import sys
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
import typst

MOST_MEMORY = 1 << 30
"""Bytes of address space. A description takes 60 MB of memory, the longest 170."""
MOST_SECONDS = 20
"""Of processor time. A description takes a fifth of one, the longest that `pdf.py` lets in three."""
FAILED = 3
LEAVES = ("/H1", "/H2", "/H3", "/P", "/LBody")
FROM_THE_RIGHT = ("R", "AL")
ISOLATES = dict.fromkeys(map(ord, "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"))

Part = tuple[str, str]
"""A language, and the words in it."""


def main(folder: Path) -> int:
    """Set the document on standard input; PDF/UA-1 or nothing."""
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    document = sys.stdin.buffer.read().decode()
    try:
        pdf = typeset(folder, document)
    except typst.TypstError:
        # Its message quotes what somebody typed.
        return FAILED
    leaves = list(leaves_of(json.loads(document)))
    is_plain = not any(runs_from_the_right(words) for leaf in leaves for _, words in leaf)
    sys.stdout.buffer.write(pdf if is_plain else said_in_order(pdf, leaves))
    return 0


def typeset(folder: Path, document: str) -> bytes:
    """Typst refuses whatever PDF/UA-1 does not allow, a sign without a shape among it."""
    return typst.compile(
        folder / "page.typ",
        root=folder,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder / "fonts"]),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"document": document},
        pdf_standards=["ua-1"],
    )


def leaves_of(document: dict[str, Any]) -> Iterator[list[Part]]:
    """The words of each heading, paragraph and item in their order, what is in one language together."""
    for block in document["blocks"]:
        for leaf in block["items"] or [block]:
            spoken = [(one["lang"], one["text"].replace("\n", " ").translate(ISOLATES)) for one in leaf["words"]]
            grouped = groupby((one for one in spoken if one[1]), key=lambda one: one[0])
            yield [(lang, "".join(words for _, words in parts)) for lang, parts in grouped]


def said_in_order(pdf: bytes, leaves: list[list[Part]]) -> bytes:
    """The PDF with the words of what runs from the right said in their own order.

    Typst marks letters as reversed, but puts the words of a line as they stand on the paper from the left. A reader
    takes `ActualText` instead (PDF 32000-1, 14.9.4).
    """
    with pikepdf.open(BytesIO(pdf)) as file:
        tree = file.Root.StructTreeRoot
        elements = [one for one in _elements(tree.K) if str(one.S) in LEAVES]
        languages = _languages(file)
        for element, parts in zip(elements, leaves, strict=True):
            if any(runs_from_the_right(words) for _, words in parts):
                _say(file, element, parts, languages)
        written = BytesIO()
        file.save(written, deterministic_id=True)
        return written.getvalue()


def runs_from_the_right(words: str) -> bool:
    return any(unicodedata.bidirectional(sign) in FROM_THE_RIGHT for sign in words)


def _say(file: pikepdf.Pdf, element: Any, parts: list[Part], languages: dict[tuple[int, int], str]) -> None:
    """Each language becomes a part of its own; where the parts cannot be told from each other, all is said as one."""
    marks = list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]
    if any(not isinstance(mark, int) for mark in marks):
        marks = []
    page = element.get("/Pg")
    grouped = [
        (lang, list(group))
        for lang, group in groupby(marks, key=lambda mark: languages.get((page.StructParents, int(mark)), ""))
    ]
    if len(parts) == 1 or len(parts) != len(grouped):
        element.ActualText = pikepdf.String("".join(words for _, words in parts))
        return
    parents = _parents(file, page.StructParents)
    spans = []
    for (lang, words), (_, own) in zip(parts, grouped, strict=True):
        span = file.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.StructElem, S=pikepdf.Name.Span, P=element, Pg=page, Lang=lang, K=pikepdf.Array(own)
            )
        )
        span.ActualText = pikepdf.String(words)
        spans.append(span)
        for mark in own:
            parents[int(mark)] = span
    element.K = pikepdf.Array(spans)


def _parents(file: pikepdf.Pdf, page: int) -> Any:
    """To which element each mark of a page belongs."""
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    return next(numbers[at + 1] for at in range(0, len(numbers), 2) if int(numbers[at]) == page)


def _languages(file: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """In which language each mark of a page is, where it is not that of what is around it."""
    found = {}
    for page in file.pages:
        for begun in pikepdf.parse_content_stream(page, "BDC"):
            marked: Any = begun.operands[1]
            if "/MCID" in marked:
                found[int(page.StructParents), int(marked.MCID)] = str(marked.get("/Lang", ""))
    return found


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _elements(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from _elements(node.get("/K", pikepdf.Array()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
