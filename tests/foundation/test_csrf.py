"""Proof that a form was ours: its own session's token, masked anew each time, from our own origin."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from hashlib import shake_128
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.people.models import Child
from tests import builders
from tests.sites import Site
from tests.strict import Client, Page

FORM = "/mit/da/barn"
GOOD = {"kind": "born", "day": "2026-01-20", "once": "0" * 32}
NewSite = Callable[..., Site]


def token(page: Page) -> str:
    return str(page.all("//main//input[@name='csrf_token']/@value")[0])


def test_a_token_looks_different_each_time_and_counts_each_time(browser: Client) -> None:
    tokens = [token(browser.get(FORM)) for _ in range(5)]
    assert len(set(tokens)) == 5
    assert len({urlsafe_b64decode(one)[:8] for one in tokens}) == 5
    for one in tokens:
        browser.post(FORM, {**GOOD, "csrf_token": one})


def test_a_page_with_two_forms_masks_each(browser: Client) -> None:
    tokens = browser.get(FORM).all("//input[@name='csrf_token']/@value")
    assert len(tokens) == len(set(tokens)) == 2


def children(site: Site) -> int:
    with site.look() as work:
        return work.session.scalar(select(func.count()).select_from(Child)) or 0


def test_another_sessions_token_carries_nothing_out(site: Site, browser: Client, mother: UUID) -> None:
    other = site.parent(mother)
    answer = browser.post(FORM, {**GOOD, "csrf_token": token(other.get(FORM))})
    assert (answer.location, children(site)) == (FORM, 0)


def test_another_persons_token_is_refused(site: Site, browser: Client) -> None:
    with site.work() as work:
        jonas = builders.person(work, given_name="Jonas")
    other = site.parent(jonas)
    browser.post(FORM, {**GOOD, "csrf_token": token(other.get(FORM))}, status=400)
    assert children(site) == 0


def test_no_part_of_a_token_can_be_put_together_with_a_part_of_another(site: Site, browser: Client) -> None:
    with site.work() as work:
        jonas = builders.person(work, given_name="Jonas")
    other = site.parent(jonas)
    mine, theirs = (uncovered(token(one.get(FORM))) for one in (browser, other))
    for mixed in (mine[:16] + theirs[16:], theirs[:16] + mine[16:32] + theirs[32:], mine[:16] + bytes(32)):
        browser.post(FORM, {**GOOD, "csrf_token": covered(mixed)}, status=400)
    assert children(site) == 0
    browser.post(FORM, {**GOOD, "csrf_token": covered(mine)})
    assert children(site) == 1


def uncovered(text: str) -> bytes:
    raw = urlsafe_b64decode(text)
    return bytes(one ^ other for one, other in zip(raw[16:], shake_128(raw[:16]).digest(48), strict=True))


def covered(content: bytes) -> str:
    cover = shake_128(bytes(16)).digest(48)
    return urlsafe_b64encode(bytes(16) + bytes(o ^ c for o, c in zip(content, cover, strict=True))).decode()


@pytest.mark.parametrize(
    "bent",
    [
        lambda good: "",
        lambda good: good[:-4],
        lambda good: "AAAA" + good,
        lambda good: "=" * 88,
        lambda good: "ø" * 88,
        lambda good: urlsafe_b64encode(bytes(64)).decode(),
        lambda good: urlsafe_b64encode(urlsafe_b64decode(good)[::-1]).decode(),
        lambda good: ("B" if good[0] != "B" else "C") + good[1:],
    ],
)
def test_a_bent_token_is_refused(browser: Client, bent: Callable[[str], str]) -> None:
    browser.post(FORM, {**GOOD, "csrf_token": bent(token(browser.get(FORM)))}, status=400)


def test_the_token_may_come_in_a_header(browser: Client) -> None:
    browser.post(FORM, GOOD, headers={"X-CSRF-Token": token(browser.get(FORM))})


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://byen.example"},
        {"Origin": "http://byen.example:8080"},
        {"Origin": "http://byen.example.evil.example"},
        {"Origin": "http://under.byen.example"},
    ],
)
def test_another_origin_is_refused_even_with_the_token(browser: Client, headers: dict[str, str]) -> None:
    browser.post(FORM, {**GOOD, "csrf_token": token(browser.get(FORM))}, status=400, headers=headers)


@pytest.mark.parametrize(
    ("fetch_site", "status"), [("same-origin", 303), ("none", 303), ("same-site", 400), ("cross-site", 400)]
)
def test_a_browser_that_sends_no_origin_is_asked_where_it_comes_from(
    site: Site, browser: Client, fetch_site: str, status: int
) -> None:
    raw = browser._client.post(
        FORM,
        data={**GOOD, "csrf_token": token(browser.get(FORM))},
        headers={"Sec-Fetch-Site": fetch_site},
        base_url=site.settings.base_url,
    )
    assert raw.status_code == status


def test_forms_work_over_https(new_site: NewSite) -> None:
    site = new_site(BASE_URL="https://byen.example")
    with site.work() as work:
        mother = builders.person(work)
    browser = site.parent(mother)
    browser.submit(browser.get(FORM), kind="born", day="2026-01-20")
    page = browser.get(FORM)
    browser.post(FORM, {**GOOD, "csrf_token": token(page)}, status=400, headers={"Origin": "http://byen.example"})


def test_the_desks_and_the_parents_tokens_are_not_each_others(site: Site, browser: Client) -> None:
    clerk = site.clerk()
    desk_token = clerk.get("/desk/").all("//input[@name='csrf_token']/@value")[0]
    browser.post(FORM, {**GOOD, "csrf_token": desk_token}, status=400)
