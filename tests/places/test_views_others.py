"""What is not mine is not there; what was sent is not sent again; what was shown and has changed is said."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from parentsite.foundation.database import new_id
from parentsite.people.models import RelationKind
from parentsite.places.models import Application, Offer
from parentsite.places.service import answers, cases, drafts
from tests import builders
from tests.places.seen import acts_on, letters, row, wishes_of
from tests.sites import Site
from tests.strict import Client, Page

BASE = "/mit/da/plads"
STEPS = ("barn", "dato", "onsker", "familien", "tjek", "slet")
OF_A_CASE = ("", "/kvittering", "/traek-tilbage")


@dataclass(frozen=True)
class Own:
    """A family with a draft for one child, and a sent application with an open offer for another."""

    parent: UUID
    child: UUID
    draft: UUID
    application: UUID
    offer: UUID


def own(site: Site) -> Own:
    with site.work() as now:
        parent, child, sibling = builders.person(now), builders.child(now), builders.child(now, name="Bo")
        builders.lives_with(now, parent, child, sibling)
        application = builders.sent(now, builders.Pair(parent, child), wishes=["globen", "regnbuen"])
        offer = builders.offer(now, application, facility="globen")
        return Own(parent, child, builders.draft(now, builders.Pair(parent, sibling)), application, offer)


def token(browser: Client) -> dict[str, str]:
    """A token of this browser's own, as any page with a form gives it."""
    page = browser.get(f"{BASE}/ny")
    found = page.all("//input[@name='csrf_token']/@value")
    return {"csrf_token": found[0]}


def paths(of: Own) -> list[str]:
    steps = [f"{BASE}/{of.draft}/{step}" for step in STEPS]
    return [*steps, *(f"{BASE}/{of.application}{rest}" for rest in OF_A_CASE), f"{BASE}/tilbud/{of.offer}"]


FORMS = (
    "care=nursery",
    "wanted=2026-08-01",
    "add=&facility=regnbuen",
    "special_need=no",
    "revision=4",
    "answer=yes",
)


def test_every_page_of_another_family_is_a_404_to_read_and_to_write(site: Site) -> None:
    theirs = own(site)
    with site.work() as now:
        me = builders.family(now)
    browser = site.parent(me.parent)
    with site.look() as now:
        before = acts_on(now.session, theirs.draft), acts_on(now.session, theirs.application), letters(now.session)
    for path in paths(theirs):
        browser.get(path, status=404)
        if path.endswith(("/kvittering", str(theirs.application))):
            continue
        for form in FORMS:
            data = token(browser) | dict(pair.split("=") for pair in form.split("&"))
            browser.post(path, data, status=404)
    with site.look() as now:
        assert row(now.session, Offer, theirs.offer).state == "open"
        assert (acts_on(now.session, theirs.draft), acts_on(now.session, theirs.application), letters(now.session)) == (
            before
        )


def test_what_nobody_has_is_a_404(site: Site) -> None:
    mine = own(site)
    browser = site.parent(mine.parent)
    nobody = Own(mine.parent, mine.child, new_id(), new_id(), new_id())
    for path in [*paths(nobody), f"{BASE}/1", f"{BASE}/{mine.draft}/nothing", f"{BASE}/tilbud/x"]:
        browser.get(path, status=404)


def test_a_draft_is_no_case_and_a_case_no_draft(site: Site) -> None:
    mine = own(site)
    browser = site.parent(mine.parent)
    for rest in OF_A_CASE:
        browser.get(f"{BASE}/{mine.draft}{rest}", status=404)
    for step in STEPS:
        page = browser.get(f"{BASE}/{mine.application}/{step}", status=303)
        assert page.location == f"{BASE}/{mine.application}"


def test_a_custody_holder_elsewhere_reads_the_case_and_finds_no_button(site: Site) -> None:
    mine = own(site)
    with site.work() as now:
        elsewhere = builders.person(now)
        builders.relate(now, elsewhere, mine.child, RelationKind.CUSTODY)
    browser = site.parent(elsewhere)
    page = browser.get(f"{BASE}/{mine.application}")
    assert page.all("//main//form") == []
    assert not [link for link in page.links() if "/tilbud/" in link or "traek" in link]
    for path in (f"{BASE}/{mine.application}/traek-tilbage", f"{BASE}/tilbud/{mine.offer}"):
        browser.get(path, status=404)
    listed = browser.get(BASE)
    assert not [link for link in listed.links() if "/tilbud/" in link]
    assert not [link for link in browser.get("/mit/da/").links() if "/tilbud/" in link]


def test_sending_pressed_again_gives_the_same_receipt(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
    browser = site.parent(family.parent)
    check = browser.get(f"{BASE}/{draft}/tjek")
    receipts = {browser.submit(check).location for _ in range(3)}
    assert receipts == {f"{BASE}/{draft}/kvittering"}
    with site.look() as now:
        assert acts_on(now.session, draft)["application.sent"] == 1
        assert len(letters(now.session)) == 1


def test_a_step_left_open_in_another_window_leads_to_the_sent_case(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
    browser = site.parent(family.parent)
    open_pages = {step: browser.get(f"{BASE}/{draft}/{step}") for step in ("barn", "dato", "familien", "slet")}
    browser.submit(browser.get(f"{BASE}/{draft}/tjek"))
    fields = {"dato": {"wanted": "2026-09-01"}, "familien": {"hours": "20"}}
    for step, page in open_pages.items():
        assert browser.submit(page, **fields.get(step, {})).location == f"{BASE}/{draft}", step
    with site.look() as now:
        assert row(now.session, Application, draft).hours is None


def test_withdrawing_pressed_again_changes_nothing(site: Site) -> None:
    mine = own(site)
    browser = site.parent(mine.parent)
    page = browser.get(f"{BASE}/{mine.application}/traek-tilbage")
    for _ in range(3):
        assert browser.submit(page).location == f"{BASE}/{mine.application}"
    with site.look() as now:
        assert acts_on(now.session, mine.application)["application.withdrawn"] == 1
    assert browser.get(f"{BASE}/{mine.application}/traek-tilbage", status=303).location == f"{BASE}/{mine.application}"


def test_withdrawing_from_an_old_page_shows_what_has_changed(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        application = builders.sent(now, family, wishes=["globen", "regnbuen"])
    browser = site.parent(family.parent)
    old = browser.get(f"{BASE}/{application}/traek-tilbage")
    with site.work() as now:
        builders.offer(now, application, facility="globen")
    assert "Globen" not in old.text
    refused = browser.submit(old, status=422)
    assert "Globen" in refused.text
    browser.submit(refused)
    with site.look() as now:
        assert row(now.session, Application, application).state == "withdrawn"


@pytest.mark.parametrize("revision", ["", "9" * 5000, "-3", "0"])
def test_withdrawing_with_a_page_that_nobody_was_shown(site: Site, revision: str) -> None:
    mine = own(site)
    browser = site.parent(mine.parent)
    page = browser.get(f"{BASE}/{mine.application}/traek-tilbage")
    browser.submit(page, status=422, revision=revision)


def test_two_parents_one_child_the_second_is_told_before_sending(site: Site) -> None:
    with site.work() as now:
        one = builders.family(now)
        other = builders.Pair(builders.person(now), one.child)
        builders.lives_with(now, other.parent, other.child)
        mine, theirs = builders.draft(now, one), builders.draft(now, other)
    browser = site.parent(other.parent)
    check = browser.get(f"{BASE}/{theirs}/tjek")
    first = site.parent(one.parent)
    first.submit(first.get(f"{BASE}/{mine}/tjek"))
    refused: Page = browser.submit(check, status=422)
    assert [link.rsplit("/", 1)[1] for link in refused.all("//*[@class='error-summary']//a/@href")] == ["barn"]
    assert refused.all("//main//form") == []
    with site.look() as now:
        assert drafts.read(now, other.parent, theirs).wishes
        assert cases.case_for(now, other.parent, mine).is_live


def test_an_offer_answered_on_another_phone_says_so(site: Site) -> None:
    mine = own(site)
    browser = site.parent(mine.parent)
    page = browser.get(f"{BASE}/tilbud/{mine.offer}")
    with site.work() as now:
        builders.answered(now, mine.parent, mine.offer, yes=False)
    again = browser.submit(page, press="answer", value="no")
    assert again.location == page.path
    refused = browser.submit(page, press="answer", value="yes", status=422)
    assert refused.all("//main//form") == []
    with site.look() as now:
        assert row(now.session, Offer, mine.offer).state == "declined"
        assert wishes_of(now.session, mine.application) == {"globen": "waiting", "regnbuen": "waiting"}
        assert answers.offer_for(now, mine.parent, mine.offer).state.value == "declined"


def test_who_has_no_child_here_is_led_to_telling_of_one(site: Site) -> None:
    with site.work() as now:
        parent = builders.person(now)
    browser = site.parent(parent)
    (way,) = browser.get("/mit/ar/plads/ny").all("//main//a[contains(@class, 'button')]/@href")
    browser.submit(browser.get(way), kind="expected", day="2026-06-01")
    assert browser.get("/mit/ar/plads/ny").all("//input[@name='child']")
