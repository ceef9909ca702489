"""What is typed or pasted is kept as it is read: only what nobody can see goes, and no two words become one."""

import pytest
from sqlalchemy import select

from parentsite.foundation.web.forms import legible, stripped
from parentsite.people.models import Child
from tests import builders
from tests.sites import Site

FORM = "/mit/da/barn"
PERSIAN = "می\u200cخواهم"
FAMILY = "👩\u200d👩\u200d👧"
BIDI = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Anna\u00a0Sofie", "Anna Sofie"),
        ("Anna\u202fSofie", "Anna Sofie"),
        ("Anna\tSofie", "Anna Sofie"),
        ("\u00a0Anna\u3000", "Anna"),
        (PERSIAN, PERSIAN),
        (f"{FAMILY} {PERSIAN}", f"{FAMILY} {PERSIAN}"),
        ("\u200dAnna \u200c\u200d Sofie\u200c", "Anna  Sofie"),
        ("\u200d\u200c", ""),
        ("An\x00na\x1b\x7f", "Anna"),
        ("An\u00adna\ufeff\u200b", "Anna"),
        ("første\r\nanden", "første\nanden"),
    ],
)
def test_what_was_pasted_reads_as_it_did(pasted: str, kept: str) -> None:
    assert stripped(pasted) == kept


@pytest.mark.parametrize("sign", BIDI)
def test_nothing_typed_turns_the_rest_of_a_page_about(sign: int) -> None:
    assert legible(f"Anna{chr(sign)}Sofie") == "AnnaSofie"


def test_a_pasted_name_is_two_words_in_the_register_and_on_the_page(site: Site) -> None:
    with site.work() as now:
        mother = builders.person(now)
    browser = site.parent(mother)
    named = {"kind": "born", "name": f"Anna\u00a0{PERSIAN}"}
    again = browser.submit(browser.get(FORM), day="2050-01-01", status=422, **named)
    assert again.all("//input[@name='name']/@value") == [f"Anna {PERSIAN}"]
    browser.submit(again, day="2026-01-20")
    with site.look() as now:
        assert now.session.scalars(select(Child.given_name)).all() == [f"Anna {PERSIAN}"]
