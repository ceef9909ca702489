"""More than can be taken: a page that says so, in the language of the page, in each of the three apps."""

from io import BytesIO

import pytest
from werkzeug.test import Client as Browser

from parentsite.foundation.files import LARGEST_FILE
from parentsite.foundation.web.application import LARGEST_WITH_FILE
from parentsite.foundation.web.errors import MOST_LET_PAST
from tests import builders
from tests.readiness.desks import at_desk
from tests.sites import Site
from tests.strict import Client

TOO_MUCH = LARGEST_WITH_FILE + 1
HEADING = {"da": "Det var for meget at sende", "ar": "ما أرسلته كبير جدًا"}
VISITORS = {
    "parents": ("/mit/ar/barn", "ar"),
    "counselling": ("/samtale/ar/", "ar"),
    "counselling, in Danish": ("/samtale/da/", "da"),
    "desk": ("/desk/log-ud", "da"),
}
"""Where something is sent in each app, and the language of the page."""


def visitor(site: Site, who: str) -> Client:
    """Somebody who may send something there."""
    if who == "desk":
        return at_desk(site)
    if who != "parents":
        return site.client()
    with site.work() as now:
        anne = builders.person(now)
    return site.parent(anne)


@pytest.mark.parametrize("who", VISITORS)
def test_a_page_says_what_to_do_and_that_nothing_was_kept(site: Site, who: str) -> None:
    path, language = VISITORS[who]
    page = visitor(site, who).post(path, {"text": "x" * TOO_MUCH}, status=413)
    assert page.h1 == HEADING[language]
    assert f"{LARGEST_FILE // 1_000_000} " in page.text
    assert page.all(f"/html[@lang='{language}']")


@pytest.mark.parametrize(("size", "is_taken"), [(TOO_MUCH, True), (MOST_LET_PAST + 9, False)])
def test_it_is_taken_in_before_the_answer_unless_it_is_beyond_all_measure(
    site: Site, size: int, is_taken: bool
) -> None:
    """A browser that is still sending shows no answer, only that the connection broke."""
    body = BytesIO(b"x" * size)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(size)}
    headers |= {"Origin": site.settings.base_url, "Sec-Fetch-Site": "same-origin"}
    answer = Browser(site.app).post("/samtale/da/", base_url=site.settings.base_url, input_stream=body, headers=headers)
    assert (answer.status_code, body.tell() == size) == (413, is_taken)
