"""Nothing typed is lost, nothing is shown to another: closed browsers, ended sessions, shared phones."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from parentsite.foundation.i18n import LANGUAGES
from tests.stories.conftest import NewVisitor
from tests.stories.road import Parent
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

TOO_LONG = timedelta(minutes=31)


def test_a_draft_outlives_the_browser(town: RunningSite, new_visitor: NewVisitor) -> None:
    at_home = Parent(new_visitor())
    at_home.enter("kasper-skov")
    at_home.begin(town.child("oscar-winther-skov"), "childminding")
    at_home.want()
    at_home.wish("dagplejen")
    at_home.visitor.context.close()

    at_work = Parent(new_visitor())
    page = at_work.enter("kasper-skov")
    at_work.says("You have begun an application", "#errands + article")
    at_work.visitor.press("#errands + article a.button")
    at_work.says("Before you can send it", ".error-summary")
    expect(page.locator("dl.summary")).to_contain_text("Dagplejen")
    at_work.visitor.press(".error-summary a")
    assert at_work.visitor.path.endswith("/familien")
    at_work.visitor.calm()


def test_text_typed_too_late_is_given_back_to_the_one_who_typed_it(town: RunningSite, new_visitor: NewVisitor) -> None:
    mette = Parent(new_visitor())
    page = mette.enter("hanne-oestergaard")
    draft = mette.begin(town.child("ditte-oestergaard"))
    mette.visitor.go(f"{mette.home}plads/{draft}/familien")
    page.locator("input[name=interpreter]").fill("Soomaali")
    page.locator("input[name=special_need][value=no]").check()
    town.later(TOO_LONG)
    mette.go_on()
    mette.says("You have been signed out", "h1")
    mette.visitor.press("main a.button")

    mette.sign_in("bjarke-oestergaard")
    assert "Soomaali" not in page.content()
    page.goto(mette.home)
    assert "Soomaali" not in page.content()
    mette.sign_out()
    mette.says("You are signed out", "h1")

    mette.visitor.go(mette.home)
    mette.sign_in("hanne-oestergaard")
    mette.visitor.go(f"{mette.home}plads/{draft}/familien")
    mette.says("We kept what you wrote")
    expect(page.locator("input[name=interpreter]")).to_have_value("Soomaali")
    mette.go_on()
    expect(page.locator("dl.summary")).to_contain_text("Soomaali")
    mette.visitor.calm(refusals=[404])


def test_a_page_asked_for_after_the_end_says_so_first(town: RunningSite, new_visitor: NewVisitor) -> None:
    parent = Parent(new_visitor())
    parent.enter("birthe-norup")
    town.later(TOO_LONG)
    parent.visitor.go(f"{parent.home}plads/ny")
    parent.says("You have been signed out", "h1")
    parent.visitor.press("main a.button")
    parent.sign_in("birthe-norup")
    assert parent.visitor.path == f"{parent.home}plads/ny"
    parent.visitor.calm()


def test_wishes_changed_after_the_end_lead_to_sign_in_and_not_into_the_page(
    town: RunningSite, new_visitor: NewVisitor
) -> None:
    parent = Parent(new_visitor())
    page = parent.enter("line-winther")
    draft = parent.begin(town.child("oscar-winther-skov"))
    parent.want()
    page.locator("select[name=facility]").select_option("troldebo")
    town.later(TOO_LONG)
    parent.visitor.press("button[name=add]")
    parent.says("You have been signed out", "h1")
    parent.visitor.press("main a.button")
    parent.sign_in("line-winther")
    assert parent.visitor.path == f"{parent.home}plads/{draft}/onsker"
    parent.says("We kept what you wrote")
    expect(page.locator("select[name=facility]")).to_have_value("troldebo")
    parent.visitor.calm(refusals=[401])


def test_going_back_after_signing_out_shows_nothing(town: RunningSite, new_visitor: NewVisitor) -> None:
    parent = Parent(new_visitor())
    page = parent.enter("anna-kjaer")
    expect(parent.main).to_contain_text("Freja")
    parent.visitor.press(f"main a[href='{parent.home}barn']")
    parent.sign_out()
    parent.says("You are signed out", "h1")
    for _ in range(3):
        page.go_back()
        assert not page.url.startswith(town.url) or "Freja" not in page.content()
        assert page.locator("main form[action*='/barn']").count() == 0
    parent.visitor.calm(refusals=[403])


def test_a_warning_comes_before_the_end_and_staying_is_one_press(town: RunningSite, new_visitor: NewVisitor) -> None:
    parent = Parent(new_visitor())
    page = parent.visitor.page
    page.clock.install()
    parent.enter("hanne-oestergaard")
    told = page.locator("dialog.told")
    page.clock.fast_forward("26:30")
    expect(told).to_be_hidden()
    town.later(timedelta(minutes=28))
    page.clock.fast_forward("01:30")
    expect(told).to_be_visible()
    parent.says("You will soon be signed out", "dialog h2")
    expect(told.locator("button")).to_be_focused()
    with page.expect_response(f"**{parent.home}") as answer:
        told.locator("button").click()
    assert answer.value.status == 200
    expect(told).to_be_hidden()
    town.later(timedelta(minutes=28))
    parent.visitor.go(f"{parent.home}barn")
    parent.says("Tell us about your child", "h1")
    parent.visitor.calm()


@pytest.mark.parametrize(
    "path", ["/da/plads?birth=2026-01-05", "/da/bornehuse?q=gaarden&district=", "/da/privatliv", "/samtale/da/"]
)
def test_another_language_keeps_the_page(town: RunningSite, new_visitor: NewVisitor, path: str) -> None:
    person = new_visitor()
    page = person.go(path)
    for code in ("ar", "en", "da"):
        page.locator("header .menu summary").first.click()
        person.press(f"header .menu a[lang={code}]")
        assert page.url == town.url + re.sub(r"/da(?=/)", f"/{code}", path, count=1)
        expect(page.locator("html")).to_have_attribute("dir", LANGUAGES[code].dir)
    assert page.context.cookies() == []
    person.calm()


def test_another_language_keeps_the_step(town: RunningSite, new_visitor: NewVisitor) -> None:
    parent = Parent(new_visitor())
    page = parent.enter("egon-lysgaard")
    parent.begin(town.child("emma-lysgaard"))
    parent.want()
    here = parent.visitor.path
    page.locator("header .bar .menu summary").click()
    parent.visitor.press("header .bar .menu a[lang=ar]")
    assert parent.visitor.path == here.replace("/da/", "/ar/")
    expect(page.locator("h1")).to_have_text(LANGUAGES["ar"].gettext("Your wishes"))
    parent.visitor.calm()
