"""Who is too late for a time: nobody else waits for the page with the next free times."""

from collections.abc import Callable

import pytest
from sqlalchemy import event

from parentsite.foundation.database import Database
from parentsite.foundation.web.zones import Zone
from parentsite.visits.service.times import hold
from tests.databases import Template
from tests.sites import Site, sign_in
from tests.strict import Client
from tests.visits.scene import OTHER, TWO_MONTHS, family, mornings, times, visitor

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
    assert told == ["times"], "who is plainly too late never begins to write"


def test_a_write_that_fails_is_over_before_the_next_free_times_are_read(
    new_site: Callable[..., Site], new_url: Callable[..., str]
) -> None:
    """A time of another part of town is there, but not for this family: only taking it tells."""
    site = new_site(url=new_url(Template.TOWN))
    with site.work() as now:
        visitor(now)
        visitor(now, *mornings(OTHER))
        here, there = family(now), family(now, district=OTHER)
        wanted = times(now, there, TWO_MONTHS)[0].slot_id
    app = site.app_of(Zone.MIT)
    browser = Client(app, site.settings)
    sign_in(site, browser, here.parent)
    page = browser.get(f"/mit/en/besog/{here.child}/{TWO_MONTHS}")
    token = page.all("//input[@name='csrf_token']/@value")[0]
    told = _listening(app.extensions["parentsite.database"])
    refused = browser.post(f"{page.path}/tid/{wanted}", {"csrf_token": token}, status=422)
    assert "gone to somebody else" in refused.text
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
