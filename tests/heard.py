"""What a screen reader hears of a tagged PDF: the tree of its structure in order, each part's words and language.

Read with pikepdf, which knows nothing of how the PDF was made: the marked pieces of each page are decoded by their
fonts' own tables (`ToUnicode`), turned round where they are marked as reversed, and put where the tree names them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import groupby
from typing import Any

import pikepdf

INLINE = ("/Span", "/Strong")
"""Parts of a block, not blocks."""
_PAIRS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCKS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(frozen=True)
class Heard:
    """One element of the structure: its kind, the language it is read in, and its own words."""

    tag: str
    lang: str
    text: str


class Paper:
    """A PDF, read as a stranger reads it."""

    def __init__(self, pdf: bytes) -> None:
        self.file = pikepdf.open(BytesIO(pdf))

    @property
    def root(self) -> Any:
        return self.file.Root

    @cached_property
    def metadata(self) -> str:
        return bytes(self.root.Metadata.read_bytes()).decode()

    @property
    def fonts(self) -> dict[str, Any]:
        """The fonts of all pages, by the name they have in the file."""
        return {str(font.BaseFont): font for page in self.file.pages for font in page.Resources.Font.values()}

    def heard(self) -> list[Heard]:
        """Every block in the order of the structure; a part in another language is a part of its own."""
        spoken = self._walk(self.root.StructTreeRoot.K, Heard("", str(self.root.Lang), ""), None, 0)
        parts = groupby(spoken, key=lambda one: (one[0], one[1].tag, one[1].lang))
        found = [Heard(tag, lang, "".join(one.text for _, one in part)) for (_, tag, lang), part in parts]
        return [one for one in found if one.text.strip()]

    def text(self) -> str:
        """All of it, as it is read out."""
        return "\n".join(one.text for one in self.heard())

    def _walk(self, node: Any, outer: Heard, page: Any, block: int) -> Iterator[tuple[int, Heard]]:
        """Every piece below a node, with the number of the block that it belongs to."""
        if isinstance(node, pikepdf.Array):
            for each in node:
                yield from self._walk(each, outer, page, block)
        elif isinstance(node, int):
            yield block, self._marked(page, int(node), outer)
        elif node.get("/Type") == "/MCR":
            yield block, self._marked(node.get("/Pg", page), int(node.MCID), outer)
        elif "/S" in node:
            is_inline = str(node.S) in INLINE
            tag, lang = outer.tag if is_inline else str(node.S)[1:], str(node.get("/Lang", outer.lang))
            own = block if is_inline else node.objgen[0]
            if "/ActualText" in node:
                yield own, Heard(tag, lang, str(node.ActualText))
            else:
                inside = node.get("/K", pikepdf.Array())
                yield from self._walk(inside, Heard(tag, lang, ""), node.get("/Pg", page), own)

    def _marked(self, page: Any, number: int, outer: Heard) -> Heard:
        own, words = self._pages[page.objgen].get(number, ("", ""))
        return Heard(outer.tag, own or outer.lang, words)

    @cached_property
    def _pages(self) -> dict[tuple[int, int], dict[int, tuple[str, str]]]:
        return {page.obj.objgen: _words_of(page) for page in self.file.pages}


def _words_of(page: Any) -> dict[int, tuple[str, str]]:
    """Language (where it has one of its own) and words of each marked piece of a page, by its number."""
    tables = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}
    found: dict[int, tuple[str, str]] = {}
    inside: list[tuple[str, Any]] = []
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                inside.append((str(operands[0]), operands[1] if len(operands) > 1 else {}))
            case "EMC":
                inside.pop()
            case "Tf":
                font = str(operands[0])
            case "Tj" | "TJ":
                strings = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                codes = b"".join(bytes(one) for one in strings if isinstance(one, pikepdf.String))
                letters = [tables[font].get(codes[at : at + 2], "\0") for at in range(0, len(codes), 2)]
                is_reversed = any(name == "/ReversedChars" for name, _ in inside)
                words = "".join(reversed(letters) if is_reversed else letters)
                marked = next((one for _, one in reversed(inside) if "/MCID" in one), None)
                if marked is not None:
                    before = found.get(int(marked.MCID), ("", ""))[1]
                    found[int(marked.MCID)] = (str(marked.get("/Lang", "")), before + words)
    return found


def _to_unicode(font: Any) -> dict[bytes, str]:
    """What each two-byte code of a font stands for."""
    table = bytes(font.ToUnicode.read_bytes())
    found = {
        bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be")
        for block in _BLOCKS.findall(table)
        for code, text in _PAIRS.findall(block)
    }
    for block in _RANGES.findall(table):
        for first, last, text in _RANGE.findall(block):
            start = int(text, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[(int(first, 16) + step).to_bytes(2, "big")] = chr(start + step)
    return found
