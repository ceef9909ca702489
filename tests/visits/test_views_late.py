"""Who is too late for a time: the write is over before the page with the next free times is made."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from parentsite.foundation.database import Database
from parentsite.foundation.web.zones import Zone
from parentsite.visits.service.times import hold
from tests.databases import Template
from tests.sites import Site, sign_in
from tests.strict import Client
from tests.visits.scene import TWO_MONTHS, family, times, visitor

THE_TIMES = "row_number()"
"""What only the list of free times is asked with."""


@pytest.mark.parametrize("way", ["press", "confirm"])
def test_nobody_waits_for_the_page_of_who_is_too_late(
    new_site: Callable[..., Site], new_url: Callable[..., str], way: str
) -> None:
    site = new_site(url=new_url(Template.TOWN))
    with site.work() as now:
        visitor(now)
        first, late = family(now), family(now)
        wanted = times(now, late, TWO_MONTHS)[0].slot_id
    app = site.app_of(Zone.MIT)
    browser = Client(app, site.settings)
    sign_in(site, browser, late.parent)
    picker = f"/mit/en/besog/{late.child}/{TWO_MONTHS}"
    page = browser.get(picker if way == "press" else f"{picker}/tid/{wanted}")
    with site.work() as now:
        hold(now, first.parent, first.child, TWO_MONTHS, wanted)
    told = _listening(app.extensions["parentsite.database"])
    pressed = {"press": "slot", "value": str(wanted)} if way == "press" else {}
    refused = browser.submit(page, **pressed, status=422)
    assert "gone to somebody else" in refused.text
    assert str(wanted) not in refused.all("//button[@name='slot']/@value")
    assert told == ["given up", "times"]


def _listening(database: Database) -> list[str]:
    """In their order: a write that is rolled back, and the question for the free times."""
    told: list[str] = []
    event.listen(database.engine, "rollback", lambda connection: told.append("given up"))
    # Of PostgreSQL's one engine both kinds of session hear the same listeners.
    reader = database.reading if database.is_sqlite else database.engine
    event.listen(
        reader, "before_cursor_execute", lambda *asked: told.append("times") if THE_TIMES in asked[2] else None
    )
    return told
