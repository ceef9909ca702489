"""What may be handed in as a file: told from its bytes, never from its name, and rid of what pictures tell besides.

A picture is drawn anew: where and when it was taken, and by which telephone, is gone, and so is anything hidden behind
it. A PDF is kept as it is, and never opened here.
"""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 10_000_000
"""Bytes."""
MOST_PIXELS = 100_000_000
LONGEST_SIDE = 4000
"""Pixels; a page of A4 is 340 to the inch then."""
_QUALITY = 88


class FileKind(StrEnum):
    """The kinds that are taken; the value is the ending of such a file's name."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """As it is called in a header."""
        return {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}[self.value]


_SIGNS = {b"%PDF-": FileKind.PDF, b"\xff\xd8\xff": FileKind.JPEG, b"\x89PNG\r\n\x1a\n": FileKind.PNG}


class TooLargeFile(Exception):
    """More bytes, or a picture of more pixels, than are taken."""


class UnknownKind(Exception):
    """None of the kinds that are taken."""


class Unreadable(Exception):
    """It begins like a picture and is none."""


@dataclass(frozen=True)
class CleanFile:
    """What may be kept."""

    kind: FileKind
    content: bytes


def cleaned(content: bytes) -> CleanFile:
    """The file as it may be kept. Raises `TooLargeFile`, `UnknownKind`, `Unreadable`."""
    if len(content) > LARGEST_FILE:
        raise TooLargeFile(len(content))
    kind = next((kind for sign, kind in _SIGNS.items() if content.startswith(sign)), None)
    if kind is None:
        raise UnknownKind
    return CleanFile(kind, content if kind is FileKind.PDF else _redrawn(content, kind))


def _redrawn(content: bytes, kind: FileKind) -> bytes:
    """The picture the right way up, no larger than it need be, and nothing else that the file held."""
    name = "JPEG" if kind is FileKind.JPEG else "PNG"
    try:
        with Image.open(BytesIO(content), formats=(name,)) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise TooLargeFile(sent.size)
            sent.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(sent).convert("RGBA" if sent.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable from error
    # A picture of its own: what Pillow writes of an opened one may hold what came with it.
    drawn = Image.new(upright.mode, upright.size)
    drawn.paste(upright)
    written = BytesIO()
    drawn.save(written, name, quality=_QUALITY)
    if written.tell() > LARGEST_FILE:
        raise TooLargeFile(written.tell())
    return written.getvalue()
