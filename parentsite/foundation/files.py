"""What may be handed in as a file: told from its bytes, never from its name, and rid of what pictures tell besides.

A picture is drawn anew: where and when it was taken, and by which telephone, is gone, and so is anything hidden behind
it. A PDF is kept as it is, and never opened here.
"""

from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from PIL import ExifTags, Image

LARGEST_FILE = 10_000_000
"""Bytes."""
LONGEST_SENT = 30_000
"""Pixels along one side."""
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


MOST_DRAWN = 40_000_000
"""Pixels of a PNG: all of them are held at once, at four bytes. A page of A4 at 600 to the inch has 35 million."""
MOST_PIXELS = {FileKind.JPEG: 100_000_000, FileKind.PNG: MOST_DRAWN}
"""A JPEG is made smaller while it is read; telephones make them of that size."""
_SIGNS = {b"%PDF-": FileKind.PDF, b"\xff\xd8\xff": FileKind.JPEG, b"\x89PNG\r\n\x1a\n": FileKind.PNG}
_T = Image.Transpose
_TURNS = {
    2: _T.FLIP_LEFT_RIGHT,
    3: _T.ROTATE_180,
    4: _T.FLIP_TOP_BOTTOM,
    5: _T.TRANSPOSE,
    6: _T.ROTATE_270,
    7: _T.TRANSVERSE,
    8: _T.ROTATE_90,
}
"""What is done to a picture that is to be turned, by the number that says so (EXIF 2.3, tag 274)."""


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
            if max(sent.size) > LONGEST_SENT or sent.width * sent.height > MOST_PIXELS[kind]:
                raise TooLargeFile(sent.size)
            upright = _upright(sent)
    except TooLargeFile:
        raise
    except Exception as error:
        # What reads foreign bytes fails in any way it likes: what a telephone tells of itself need not be well-formed.
        raise Unreadable from error
    # A picture of its own: what Pillow writes of an opened one may hold what came with it.
    drawn = Image.new(upright.mode, upright.size)
    drawn.paste(upright)
    written = BytesIO()
    drawn.save(written, name, quality=_QUALITY)
    if written.tell() > LARGEST_FILE:
        raise TooLargeFile(written.tell())
    return written.getvalue()


def _upright(sent: Image.Image) -> Image.Image:
    """As it is looked at, and made smaller. Of all that it tells besides only how it must be turned is read."""
    turn = _TURNS.get(sent.getexif().get(ExifTags.Base.Orientation, 1))
    shades: Image.Image = sent
    if sent.mode.startswith("I"):
        shades = sent.point(lambda shade: shade / 256).convert("L")
    elif sent.mode in ("1", "P"):
        # Made smaller as they are, they would lose every second stroke of a pen.
        shades = sent.convert("RGBA" if sent.has_transparency_data else "RGB" if sent.mode == "P" else "L")
    shades.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    seen = shades.convert("RGBA" if shades.has_transparency_data else "RGB")
    return seen if turn is None else seen.transpose(turn)
