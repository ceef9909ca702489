"""The yardstick is worth what it says: a page of as many bytes as asked for, made anew for each answer."""

import pytest
from werkzeug.test import Client

from tests.bench.bare import ROWS, bare

ONE_ROW = 200


@pytest.mark.parametrize("size", [2_000, 12_000, 75_000])
def test_it_weighs_what_it_is_held_against(size: int) -> None:
    page = Client(bare()).get(f"/side/{size}")
    assert page.status_code == 200
    assert 0 <= len(page.data) - size < ONE_ROW


def test_nothing_of_it_is_kept_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be a string, and a far shorter yardstick."""
    client = Client(bare())
    client.get("/side/12000")
    monkeypatch.setitem(ROWS[0], "name", "Et andet hus")
    assert "Et andet hus" in client.get("/side/12000").text
