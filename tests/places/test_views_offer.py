"""The offer's page: what each answer does is said before it is given, and one press gives it."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from parentsite.places.models import Application, Offer, Wish
from parentsite.places.service import answers
from tests import builders
from tests.places.seen import row, wishes_of
from tests.sites import Site
from tests.strict import Client

BASE = "/mit/da/plads"


@pytest.fixture
def offered(site: Site) -> tuple[builders.Pair, UUID, str]:
    with site.work() as now:
        family = builders.family(now)
        application = builders.sent(now, family, wanted=date(2026, 6, 12), wishes=["globen", "regnbuen"])
        offer = builders.offer(now, application, facility="globen", starts_on=date(2026, 6, 12))
    return family, application, f"{BASE}/tilbud/{offer}"


@pytest.fixture
def browser(site: Site, offered: tuple[builders.Pair, UUID, str]) -> Client:
    return site.parent(offered[0].parent)


def test_the_consequences_stand_before_the_buttons(browser: Client, offered: tuple[builders.Pair, UUID, str]) -> None:
    page = browser.get(offered[2])
    assert "20. februar 2026" in page.text
    assert page.text.count("12. september 2026") == 2
    order = [node.tag for node in page.all("//main//section[.//button[@name='answer']]//*[self::ul or self::button]")]
    assert order.index("ul") < order.index("button")
    assert [button.get("value") for button in page.all("//button[@name='answer']")] == ["yes", "no"]


def test_no_wish_is_ticked_beforehand(browser: Client, offered: tuple[builders.Pair, UUID, str]) -> None:
    page = browser.get(offered[2])
    assert page.all("//input[@name='remove'][@checked]") == []
    assert len(page.all("//input[@name='remove']")) == 3


def test_only_the_ticked_wish_leaves_the_list(
    site: Site, browser: Client, offered: tuple[builders.Pair, UUID, str]
) -> None:
    page = browser.get(offered[2])
    own = page.all("//input[starts-with(@id, 'no-')]/@value")[0]
    browser.submit(page, press="answer", value="no", remove=[own])
    with site.look() as now:
        assert wishes_of(now.session, offered[1]) == {"globen": "removed", "regnbuen": "waiting"}


@pytest.mark.parametrize("answer", [None, "", "maybe", "silence", "taken_back"])
def test_an_answer_that_is_none_is_refused(
    site: Site, browser: Client, offered: tuple[builders.Pair, UUID, str], answer: str | None
) -> None:
    page = browser.get(offered[2])
    token = page.all("//main//input[@name='csrf_token']/@value")[0]
    data = {"csrf_token": token} | ({} if answer is None else {"answer": answer})
    refused = browser.post(offered[2], data, status=422)
    assert refused.errors
    assert [button.get("value") for button in refused.all("//button[@name='answer']")] == ["yes", "no"]
    with site.look() as now:
        assert row(now.session, Application, offered[1]).state == "waiting"


def test_a_wish_of_another_family_among_the_ticks_stays_theirs(
    site: Site, browser: Client, offered: tuple[builders.Pair, UUID, str]
) -> None:
    with site.work() as now:
        theirs = builders.sent(now, builders.family(now), wishes=["globen"])
        wish = now.session.query(Wish.id).filter_by(application_id=theirs).scalar()
    page = browser.get(offered[2])
    own = page.all("//input[starts-with(@id, 'no-')]/@value")[0]
    browser.submit(page, press="answer", value="no", remove=[own], forged={"remove": str(wish)})
    with site.look() as now:
        assert wishes_of(now.session, theirs) == {"globen": "waiting"}
        assert wishes_of(now.session, offered[1]) == {"globen": "removed", "regnbuen": "waiting"}


def test_after_the_last_day_the_page_says_so_and_takes_no_answer(
    site: Site, browser: Client, offered: tuple[builders.Pair, UUID, str]
) -> None:
    site.clock.move(minutes=20)
    page = browser.get(offered[2])
    site.clock.moment += timedelta(days=9)
    browser = site.parent(offered[0].parent)
    token = browser.get(f"{BASE}/ny").all("//input[@name='csrf_token']/@value")[0]
    refused = browser.post(page.path, {"csrf_token": token, "answer": "yes"}, status=422)
    assert refused.all("//main//form") == []
    with site.work() as now:
        assert answers.expire_due(now) == 1
    after = browser.get(offered[2])
    assert after.all("//main//form") == []
    assert "12. september 2026" in after.text


@pytest.mark.parametrize(("value", "state"), [("yes", "accepted"), ("no", "declined")])
def test_an_answer_pressed_twice_is_one_answer(
    site: Site, browser: Client, offered: tuple[builders.Pair, UUID, str], value: str, state: str
) -> None:
    page = browser.get(offered[2])
    for _ in range(2):
        assert browser.submit(page, press="answer", value=value).location == offered[2]
    with site.look() as now:
        assert row(now.session, Offer, UUID(offered[2].rsplit("/", 1)[1])).state == state


def test_the_offer_is_read_in_arabic_from_right_to_left(
    browser: Client, offered: tuple[builders.Pair, UUID, str]
) -> None:
    page = browser.get(offered[2].replace("/da/", "/ar/"))
    assert page.sheet.root.get("dir") == "rtl"
    assert page.all("//bdi[text()='Globen']")
