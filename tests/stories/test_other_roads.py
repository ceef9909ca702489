"""What else happens on the way to a place: a No, silence, a change of mind, a second thought, a child to come."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from parentsite.foundation.clock import local_date
from parentsite.foundation.i18n import DANISH
from parentsite.places.models import Application
from tests import builders
from tests.browser import Device
from tests.databases import MOMENT
from tests.stories.conftest import NewVisitor
from tests.stories.road import Clerk, Parent, words
from tests.stories.running import RunningSite

pytestmark = pytest.mark.browser

TODAY = local_date(MOMENT)


def test_no_removes_the_ticked_wish_and_nothing_else(town: RunningSite, new_visitor: NewVisitor) -> None:
    houses = ("lundegaarden", "troldebo", "ved-skoven")
    with town.work() as work:
        case = builders.sent(work, town.pair("signe-holm", "viggo-holm"), wishes=houses, confirmed=True)
        builders.offer(work, case, facility="lundegaarden")
    parent = Parent(new_visitor())
    page = parent.enter("signe-holm")
    parent.says("You have been offered a place")
    parent.visitor.press("#main .offer a.button")
    answer_no = page.locator("section", has=page.locator("#no-heading")).last
    promised = answer_no.locator("li").nth(1).inner_text().partition("\n")[0]
    answer_no.locator("summary").click()
    expect(answer_no.locator("input[name=remove]:checked")).to_have_count(0)
    answer_no.get_by_label("Troldebo").check()
    parent.visitor.press(answer_no.locator("button[value=no]"))
    parent.says("You said No")
    expect(parent.main).to_contain_text(promised)
    parent.visitor.press("main a.back")
    states = {
        name: page.locator(".card", has_text=name).locator(".tag").inner_text()
        for name in ("Lundegården", "Troldebo", "Ved Skoven")
    }
    waits, removed = words("da", "Waiting in line"), words("da", "Removed by the parents")
    assert states == {"Lundegården": waits, "Troldebo": removed, "Ved Skoven": waits}
    parent.visitor.calm()


def test_silence_lets_the_offer_expire_and_keeps_the_wishes(town: RunningSite, new_visitor: NewVisitor) -> None:
    with town.work() as work:
        case = builders.sent(work, town.pair("camilla-dahl", "alma-dahl"), wishes=("himmel-og-hav",), confirmed=True)
        offer = builders.offer(work, case, facility="himmel-og-hav")
    parent = Parent(new_visitor())
    page = parent.enter("camilla-dahl")
    answer_by = page.locator(".deadline time").get_attribute("datetime")
    assert answer_by
    town.later(date.fromisoformat(answer_by) - TODAY)
    parent.visitor.go(parent.home)
    parent.visitor.press("main a.button")
    parent.sign_in("camilla-dahl")
    parent.says("You have been offered a place")
    town.later(timedelta(days=1))
    town.post.wait_for_day(town.mail_of("camilla-dahl"), date.fromisoformat(answer_by) + timedelta(days=1))
    parent.visitor.go(f"{parent.home}plads/tilbud/{offer}")
    parent.visitor.press("main a.button")
    parent.sign_in("camilla-dahl")
    parent.says("Not answered in time")
    parent.says("Your wishes stay in line as before.")
    expect(page.locator("button[name=answer]")).to_have_count(0)
    parent.visitor.press("main a.back")
    parent.says("Waiting in line", ".card")
    parent.visitor.calm()


def test_withdrawing_says_first_what_it_costs(town: RunningSite, new_visitor: NewVisitor) -> None:
    with town.work() as work:
        case = builders.sent(
            work, town.pair("pia-brandt", "lukas-brandt"), wishes=("troldebo", "dagplejen"), confirmed=True
        )
    parent = Parent(new_visitor())
    page = parent.enter("pia-brandt")
    parent.visitor.go(f"{parent.home}plads/{case}")
    parent.visitor.press(f"main a[href$='{case}/traek-tilbage']")
    parent.says("This happens if you withdraw it")
    expect(parent.main).to_contain_text(
        DANISH.ngettext("Your wish leaves its line.", "All your %(count)s wishes leave their lines.", 2) % {"count": 2}
    )
    parent.says("You can apply again. Then you start with a new date in line.")
    parent.visitor.press("main form button.danger")
    parent.says(
        "You have withdrawn the application. You stand in no line, and no guarantee runs."
        " You can apply again at any time."
    )
    expect(page.locator(".queue")).to_have_count(0)
    town.post.wait_for(town.mail_of("pia-brandt"), 2)
    parent.visitor.calm()


def test_an_offer_out_of_order_demands_a_reason(town: RunningSite, new_visitor: NewVisitor) -> None:
    house, starts_on = "maaloev-by", TODAY + timedelta(days=150)
    with town.work() as work:
        for _ in range(2):
            builders.sent(work, builders.family(work), wishes=(house,), confirmed=True)
    clerk = Clerk(new_visitor())
    page = clerk.enter()
    clerk.open_vacancy(house, starts_on)
    assert clerk.offer_to(2, "") == 422
    clerk.says("Write why this child is offered the place before the first in line.", ".error-summary")
    page.locator(".error-summary a").click()
    assert page.locator("textarea:focus").count() == 1
    clerk.offer_to(2, "Søskende i samme bygning.")
    clerk.says("Offered, waits for an answer")
    clerk.visitor.press(page.locator("#line tbody tr").nth(1).get_by_role("link"))
    clerk.says("The place was offered out of order. The office wrote why:")
    expect(page.locator("blockquote")).to_have_text("Søskende i samme bygning.")
    clerk.visitor.calm(refusals=[422])


def test_a_child_to_come_is_declared_and_applied_for(town: RunningSite, new_visitor: NewVisitor) -> None:
    parent = Parent(new_visitor())
    page = parent.enter("ida-toft")
    parent.says("The people register (CPR) does not show any child of yours yet.")
    parent.visitor.press(f"main a[href='{parent.home}barn']")
    page.locator("input[name=kind][value=expected]").check()
    page.locator("input[name=day]").fill((TODAY + timedelta(weeks=10)).isoformat())
    page.locator("select[name=district]").select_option("baltorp")
    parent.go_on()
    parent.says("The child you are expecting", ".card h3")
    parent.visitor.press("main .card a.button[href*='/plads']")
    parent.visitor.press("main a[href*='/plads/ny']")
    page.locator("input[name=care][value=childminding]").check()
    parent.go_on()
    parent.want()
    parent.wish("dagplejen")
    parent.go_on()
    parent.tell_family(special_need=True)
    parent.go_on()
    parent.says("We have got your application")
    parent.says("The child you are expecting", ".receipt")
    parent.says("They call you, because you told us that your child needs special help.")
    parent.visitor.calm()


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_sends_one_application(town: RunningSite, new_visitor: NewVisitor, script: bool) -> None:
    key, child, care = (
        ("louise-vinge", "ellen-vinge", "nursery") if script else ("anna-kjaer", "freja-kjaer", "kindergarten")
    )
    parent = Parent(new_visitor(Device(script=script)))
    page = parent.enter(key)
    parent.begin(town.child(child), care)
    parent.want(TODAY + timedelta(days=120))
    parent.wish("valhalla-i-skoven")
    parent.go_on()
    parent.tell_family()
    page.locator("main form .button.primary").dblclick()
    page.wait_for_url("**/kvittering")
    parent.says("We have got your application")
    with town.look() as session:
        of_child = select(Application.state).where(Application.child_id == town.child(child))
        assert session.scalars(of_child).all() == ["sent"]
    town.post.wait_for(town.mail_of(key), 1)
    parent.visitor.go(f"{parent.home}plads")
    expect(page.locator("main article.card")).to_have_count(1)
    assert len(town.post.to(town.mail_of(key))) == 1
    parent.visitor.calm()


def test_answers_changed_in_another_window_are_shown_before_they_are_sent(
    town: RunningSite, new_visitor: NewVisitor
) -> None:
    parent = Parent(new_visitor())
    with town.work() as work:
        draft = builders.draft(work, town.pair("christian-friis", "liva-friis"), wishes=("valhalla-i-skoven",))
    parent.enter("christian-friis")
    page = parent.visitor.go(f"{parent.home}plads/{draft}/tjek")
    other = parent.visitor.watch.over(parent.visitor.context.new_page())
    other.goto(f"{parent.home}plads/{draft}/familien")
    other.locator("input[name=interpreter]").fill("polsk")
    with other.expect_navigation():
        other.locator("main form .button.primary").click()
    parent.go_on()
    assert parent.visitor.path.endswith("/tjek")
    parent.says("Your answers have changed")
    expect(page.locator("dl.summary")).to_contain_text("polsk")
    parent.go_on()
    parent.says("We have got your application")
    parent.visitor.calm(refusals=[422])
