"""The HTML of a page for paper, read into blocks that the typesetter lays out: headings, paragraphs, lists, languages.

Only what stands here is understood; anything else is a mistake in a template and raises. There is nothing that could
name a file or an address, so that what is typed can fetch nothing.

`<header>` and `<footer>` are repeated on each page, where `{page}` and `{pages}` become numbers. What stands in
`<aside hidden>` is shown only if a sign had to be left out, because no font of ours has it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

from parentsite.foundation.signs import MISSING, printable

HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
LISTS = ("ul", "ol")
BLOCKS = (*HEADINGS, "p", "li")
INLINE = ("span", "strong", "bdi", "time")
FRAMES = ("html", "body", "main", "header", "footer", "section", "aside")
SILENT = ("head", "meta")

ISOLATE, END_OF_ISOLATE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True)
class Piece:
    """Words in one language."""

    text: str
    lang: str
    strong: bool = False


@dataclass
class Block:
    """A heading, a paragraph, a list or one of its items."""

    kind: str
    lang: str
    dir: str
    level: int = 0
    ordered: bool = False
    words: list[Piece] = field(default_factory=list)
    items: list["Block"] = field(default_factory=list)


@dataclass
class Document:
    """A whole PDF as the typesetter takes it."""

    title: str = ""
    lang: str = ""
    dir: str = "ltr"
    header: Sequence[Piece] = ()
    footer: Sequence[Piece] = ()
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class _Place:
    """Where the reader stands: inside which element, with what it inherits."""

    tag: str
    lang: str
    dir: str
    strong: bool = False
    region: str = ""


def read_markup(html: str) -> Document:
    """The document that the HTML describes. Raises `ValueError` for what no PDF of ours has."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    document = reader.document
    if reader.was_missing:
        document.blocks += reader.notes
    if not (document.title and document.lang):
        raise ValueError("a PDF needs a title and a language")
    return document


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.document = Document()
        self.notes: list[Block] = []
        self.was_missing = False
        self._places = [_Place("", "", "ltr")]
        self._block: Block | None = None
        self._list: Block | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            return
        if tag == "br":
            self._add("\n")
            return
        given, outer = dict(attrs), self._places[-1]
        place = replace(
            outer,
            tag=tag,
            lang=given.get("lang") or outer.lang,
            dir=given.get("dir") or outer.dir,
            strong=outer.strong or tag == "strong",
            region=_region(tag, given) or outer.region,
        )
        self._places.append(place)
        self._open(place)

    def handle_endtag(self, tag: str) -> None:
        place = self._places.pop()
        if place.tag != tag:
            raise ValueError(f"</{tag}> ends <{place.tag}>")
        if tag == "bdi":
            self._add(END_OF_ISOLATE)
        elif tag in BLOCKS:
            self._end_block(place)
        elif tag in LISTS and self._list:
            self._keep(self._list, place)
            self._list = None

    def handle_data(self, data: str) -> None:
        if self._places[-1].tag == "title":
            self.document.title = self._printable(_SPACE.sub(" ", data).strip())
        elif self._block is not None:
            self._add(_SPACE.sub(" ", data))
        elif data.strip():
            raise ValueError("words outside of a block")

    def _open(self, place: _Place) -> None:
        if place.tag == "html":
            self.document.lang, self.document.dir = place.lang, place.dir
        elif place.tag in BLOCKS:
            if self._block is not None:
                raise ValueError(f"<{place.tag}> inside of another block")
            kind = "heading" if place.tag in HEADINGS else "paragraph"
            self._block = Block(kind, place.lang, place.dir, HEADINGS.get(place.tag, 0))
        elif place.tag in LISTS:
            self._list = Block("list", place.lang, place.dir, ordered=place.tag == "ol")
        elif place.tag == "bdi":
            self._add(ISOLATE)
        elif place.tag not in (*INLINE, *FRAMES, *SILENT, "title"):
            raise ValueError(f"no PDF of ours has <{place.tag}>")

    def _end_block(self, place: _Place) -> None:
        block, self._block = self._block, None
        assert block
        block.words = _trimmed(block.words)
        if block.dir == "auto":
            block.dir = _direction("".join(piece.text for piece in block.words), self.document.dir)
        if not block.words:
            return
        if place.tag == "li" and self._list:
            self._list.items.append(block)
        else:
            self._keep(block, place)

    def _keep(self, block: Block, place: _Place) -> None:
        if place.region == "header":
            self.document.header = block.words
        elif place.region == "footer":
            self.document.footer = block.words
        else:
            (self.notes if place.region == "hidden" else self.document.blocks).append(block)

    def _add(self, text: str) -> None:
        place = self._places[-1]
        if self._block is not None and text:
            words = text if text == "\n" else self._printable(text)
            self._block.words.append(Piece(words, place.lang, place.strong))

    def _printable(self, text: str) -> str:
        printed = printable(text)
        self.was_missing |= MISSING in printed
        return printed


def _region(tag: str, given: dict[str, Any]) -> str:
    return "hidden" if "hidden" in given else tag if tag in ("header", "footer") else ""


def _trimmed(words: list[Piece]) -> list[Piece]:
    """Without space at the ends and beside a break."""
    kept: list[Piece] = []
    for piece in words:
        if piece.text == "\n" and kept:
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        starts = not kept or kept[-1].text in ("\n", "")
        text = piece.text.lstrip(" ") if starts else piece.text
        if text:
            kept.append(replace(piece, text=text))
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return [piece for piece in kept if piece.text]


def _direction(text: str, otherwise: str) -> str:
    """That of the first letter which has one, as a browser finds it for `dir="auto"`."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return otherwise
