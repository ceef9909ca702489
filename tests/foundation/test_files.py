"""Files that are handed in: told from their bytes, rid of what pictures tell besides, sealed and never changed."""

from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import files
from parentsite.foundation.attached import AttachedFile, Untrue, attach, attached
from parentsite.foundation.database import Database
from parentsite.foundation.files import CleanFile, FileKind, TooLargeFile, UnknownKind, Unreadable, cleaned
from parentsite.foundation.resealing import reseal
from parentsite.foundation.sealed import KEY_BYTES, Keyring
from tests.conftest import Working
from tests.databases import KEYRING

PDF = b"%PDF-1.7\nAnne siger ja.\n%%EOF\n"
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
TURNED = 6
LATITUDE = 2
HERE = (55.0, 43.0, 52.0)


def picture(name: str, size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    """A picture that tells where it was taken, by which telephone, and that it must be turned."""
    about = Image.Exif()
    about[MAKE], about[ORIENTATION] = "Telefon", TURNED
    about.get_ifd(GPS)[LATITUDE] = HERE
    written = BytesIO()
    Image.new(mode, size).save(written, name, exif=about, comment="Skolevej 1") if name == "JPEG" else Image.new(
        mode, size
    ).save(written, name, exif=about)
    return written.getvalue()


@pytest.mark.parametrize(("name", "kind"), [("JPEG", FileKind.JPEG), ("PNG", FileKind.PNG)])
def test_a_picture_tells_nothing_but_what_is_seen_on_it(name: str, kind: FileKind) -> None:
    sent = picture(name)
    with Image.open(BytesIO(sent)) as before:
        assert before.getexif().get_ifd(GPS)[LATITUDE] == HERE
    found = cleaned(sent)
    assert found.kind is kind
    assert b"Telefon" in sent
    assert b"Telefon" not in found.content
    assert b"Skolevej" not in found.content
    with Image.open(BytesIO(found.content)) as after:
        assert not after.getexif()
        assert after.size == (20, 40), "it stands upright without being told to"


def test_what_hides_behind_a_picture_is_gone() -> None:
    assert b"<script>" not in cleaned(picture("PNG") + b"<script>alert(1)</script>").content


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "LA"])
def test_pictures_of_every_sort_are_taken(mode: str) -> None:
    assert cleaned(picture("PNG", mode=mode)).kind is FileKind.PNG


@pytest.mark.parametrize("mode", ["I;16", "1", "L"])
def test_a_scanned_paper_keeps_its_ink_whatever_shades_the_scanner_tells_apart(mode: str) -> None:
    white, ink = {"I;16": (60_000, 0x0808), "1": (1, 0), "L": (240, 8)}[mode]
    paper, written = Image.new(mode, (8000, 40), white), BytesIO()
    paper.paste(ink, (0, 0, 8000, 20))
    # A stroke one pixel wide does not fall between the pixels that are kept.
    paper.paste(ink, (4001, 20, 4002, 40))
    paper.save(written, "PNG")
    with Image.open(BytesIO(cleaned(written.getvalue()).content)) as drawn:
        shades, width = drawn.convert("L").tobytes(), drawn.width
    assert shades[4 * width + 9] < 60
    assert shades[16 * width + 9] > 190
    assert min(shades[16 * width + 1990 : 16 * width + 2010]) < 180


@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_what_a_picture_tells_in_a_broken_way_is_left_out_or_refused_in_words(name: str) -> None:
    sent, here = picture(name), picture(name).index(b"Telefon")
    for at in range(max(8, here - 130), here + 130):
        for sign in (0, 1, 7, 255):
            with suppress(Unreadable, TooLargeFile):
                assert b"Telefon" not in cleaned(sent[:at] + bytes([sign]) + sent[at + 1 :]).content


def test_few_bytes_do_not_become_more_pixels_than_a_page_has() -> None:
    for size in ((files.MOST_DRAWN // 4000 + 1, 4000), (4_000_000, 1)):
        written = BytesIO()
        Image.new("1", size).save(written, "PNG")
        with pytest.raises(TooLargeFile):
            cleaned(written.getvalue())


def test_a_large_picture_is_made_smaller() -> None:
    with Image.open(BytesIO(cleaned(picture("JPEG", (5000, 10))).content)) as drawn:
        assert max(drawn.size) == files.LONGEST_SIDE


@pytest.mark.parametrize("content", [b"", b"<html>", b"GIF89a", b"PK\x03\x04", b"MZ", b" %PDF-1.7"])
def test_nothing_else_is_taken_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(UnknownKind):
        cleaned(content)


@pytest.mark.parametrize("content", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", picture("PNG")[:60], picture("JPEG")[:200]])
def test_half_a_picture_is_none(content: bytes) -> None:
    with pytest.raises(Unreadable):
        cleaned(content)


def test_too_much_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cleaned(PDF.ljust(files.LARGEST_FILE)).kind is FileKind.PDF
    with pytest.raises(TooLargeFile):
        cleaned(PDF.ljust(files.LARGEST_FILE + 1))
    monkeypatch.setitem(files.MOST_PIXELS, FileKind.JPEG, 799)
    with pytest.raises(TooLargeFile):
        cleaned(picture("JPEG"))


def test_a_file_is_kept_sealed_and_never_changed(work: Working) -> None:
    with work() as now:
        one = attach(now, cleaned(PDF))
        assert attached(now, one) == CleanFile(FileKind.PDF, PDF)
        row = now.session.scalars(select(AttachedFile)).one()
        assert b"Anne" not in row.content
        assert row.size == len(PDF)
    for forbidden in (update(AttachedFile).values(kind="png"), delete(AttachedFile)):
        with pytest.raises(IntegrityError), work() as now:
            now.session.connection().execute(forbidden)


def test_a_file_that_was_exchanged_for_another_does_not_open(work: Working) -> None:
    with work() as now:
        one, other = attach(now, cleaned(PDF)), attach(now, cleaned(PDF + b"Nej."))
        blob = now.session.scalars(select(AttachedFile.content).where(AttachedFile.id == other)).one()
        now.session.connection().execute(update(AttachedFile).where(AttachedFile.id == one).values(content=blob))
        with pytest.raises(Untrue):
            attached(now, one)


def test_a_file_opens_after_a_rotation_of_keys(database: Database, work: Working) -> None:
    jpeg = cleaned(picture("JPEG"))
    with work() as now:
        kept = [attach(now, jpeg) for _ in range(7)]
    old = database.keyring
    assert old
    database.keyring = Keyring((bytes([7]) * KEY_BYTES, *old.keys), KEYRING.index_key)
    assert reseal(database) == len(kept)
    assert reseal(database) == 0
    database.keyring = Keyring(database.keyring.keys[:1], KEYRING.index_key)
    with work() as now:
        assert [attached(now, one) for one in kept] == [jpeg] * len(kept)
