"""What is written, attached, answered and given back in letters leaves no word in the database or in the log."""

import logging
from collections.abc import Callable
from io import BytesIO

import pytest

from tests.contact.scene import home
from tests.contact.test_views import DESK, LETTERS
from tests.databases import Template
from tests.foundation.test_files import PDF
from tests.kept_bytes import bytes_of
from tests.sites import Site, sign_in

LETTER, FILE, ANSWER, LATE = "Brevordet", "Bilagsordet", "Svarordet", "Efterladtordet"
SECRETS = (LETTER, FILE, ANSWER, LATE)


def test_no_word_of_a_letter_or_its_file_stands_in_the_bytes(
    new_site: Callable[..., Site], new_url: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    site = new_site(url=new_url(Template.TOWN))
    with site.work() as now:
        of = home(now)
    parent, desk = site.parent(of.mother), site.clerk("placement")
    begin = parent.get(f"{LETTERS}/ny/pladsanvisning/{of.child}")
    kept = {name: begin.all(f"//main//input[@name='{name}']/@value")[0] for name in ("csrf_token", "once")}
    written = (BytesIO(PDF.replace(b"Anne", FILE.encode())), f"{FILE}.pdf")
    form = {**kept, "text": LETTER, "shared": "no", "file": written}
    page = parent.follow(parent.post(begin.path, form))
    assert LETTER in page.text
    (file,) = [one for one in page.links() if "/fil/" in one]
    assert FILE.encode() in parent.get(file).response.data
    letter = page.path.rpartition("/")[2]
    desk.follow(desk.submit(desk.get(f"{DESK}/{letter}"), action=f"{DESK}/{letter}/tag"))
    desk.follow(desk.submit(desk.get(f"{DESK}/{letter}"), danish=ANSWER, action=f"{DESK}/{letter}"))
    late = parent.get(page.path)
    assert ANSWER in late.text
    site.clock.move(minutes=31)
    parent.submit(late, text=LATE)
    sign_in(site, parent, of.mother)
    assert LATE in parent.get(page.path).text
    found = b"\0".join(bytes_of(site))
    assert b"letter.read" in found
    assert [word for word in SECRETS if word.encode() in found] == []
    assert [word for word in SECRETS if word in caplog.text] == []
