"""A telephone number is taken as people write it, and is one that can be rung up."""

import pytest

from parentsite.home.phone import possible_number
from parentsite.people.contact import contact_of
from tests import builders
from tests.sites import Site

PAGE = "/mit/ar/kontakt"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12345678", "12 34 56 78"),
        ("12 34 56 78", "12 34 56 78"),
        ("+45 12-34-56-78", "12 34 56 78"),
        ("0045 12.34.56.78", "12 34 56 78"),
        ("١٢٣٤٥٦٧٨", "12 34 56 78"),
        ("۱۲۳۴۵۶۷۸", "12 34 56 78"),
        ("+46 (0)70-123 45 67", "+46701234567"),
        ("00971 50 123 4567", "+971501234567"),
        ("+٩٧١ ٥٠ ١٢٣ ٤٥٦٧", "+971501234567"),
    ],
)
def test_a_number_that_can_be_rung_up(typed: str, number: str) -> None:
    assert possible_number(typed) == number
    assert possible_number(number) == number, "what stands in the form can be sent again"


@pytest.mark.parametrize(
    "typed",
    [
        "1              2",
        "1234567",
        "123456789",
        "02345678",
        "+45 1234567",
        "+45 123456789",
        "+0 12345678",
        "+1234567890123456",
        "+ 45 + 12345678",
        "12 34 56 78 lokal 9",
        "²²²²²²²²",
        "",
    ],
)
def test_what_can_be_no_number(typed: str) -> None:
    assert possible_number(typed) is None


def test_a_slip_of_the_hand_is_an_error_at_the_field_and_stays_as_typed(site: Site) -> None:
    with site.work() as now:
        mother = builders.family(now).parent
    browser = site.parent(mother)
    refused = browser.submit(browser.get(PAGE), phone="١٢٣ ٤٥", status=422)
    assert len(refused.errors) == 1
    assert refused.all("//input[@name='phone']/@value") == ["١٢٣ ٤٥"]
    browser.submit(refused, phone="٢٠٣٠ ٤٠٥٠")
    with site.look() as now:
        assert contact_of(now, mother).phone == "20 30 40 50"
    browser.submit(browser.get(PAGE), phone=None)
    with site.look() as now:
        assert contact_of(now, mother).phone is None, "a number may be left out"
