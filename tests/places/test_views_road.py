"""The straight road, form by form: applied, sent, read, offered, answered. Every page on the way is read strictly."""

import re
from datetime import date

from parentsite.people.children import children_of
from parentsite.places.service import cases, drafts, overview
from tests import builders
from tests.sites import Site
from tests.strict import Client, Page

BASE = "/mit/da/plads"
NUMBER = re.compile(r"PL-2026-[0-9A-Z]{5}")


def go_on(browser: Client, page: Page, **fields: str) -> Page:
    """Fill in the step's form and follow where it leads."""
    return browser.follow(browser.submit(page, **fields))


def test_from_the_first_step_to_the_first_day(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now, born=date(2025, 10, 1), district="hedegaarden")
    parent, clerk = site.parent(family.parent), site.clerk()

    wanted = go_on(parent, parent.get(f"{BASE}/ny"), care="nursery")
    wishes = go_on(parent, wanted, wanted="2026-06-12")
    for house in ("regnbuen", "globen", "dagplejen"):
        wishes = go_on(parent, wishes, press="add", facility=house)
    moved = wishes.all("//button[@name='up']/@value")[1]
    wishes = go_on(parent, wishes, press="up", value=moved)
    wishes = go_on(parent, wishes, press="remove", value=wishes.all("//button[@name='remove']/@value")[2])
    about = go_on(parent, wishes, press="next")
    check = go_on(parent, about, special_need="no", hours="37", home_languages="Somali", interpreter="Somali")
    assert check.texts("//ol/li") == ["Globen", "Regnbuen"]
    for told in ("12. juni 2026", "37", "Somali"):
        assert told in check.text

    receipt = go_on(parent, check)
    (number,) = set(NUMBER.findall(receipt.text))
    application = parent.get(BASE).all("//h2/a/@href")[0]
    assert number in parent.get(application).text
    assert f"{application}/kvittering" == receipt.path

    listed = clerk.get("/desk/plads")
    assert number in listed.text
    case = clerk.get(next(link for link in listed.links() if "/sag/" in link))
    clerk.submit(case, press=None)
    line = clerk.get("/desk/plads/huse/globen/0-2")
    line = clerk.follow(clerk.submit(line, starts_on="2026-07-01"))
    vacancy = clerk.get(next(link for link in line.links() if "/ledig/" in link))
    line = clerk.follow(clerk.submit(vacancy, action=vacancy.path))

    mine = parent.get("/mit/da/")
    offer = parent.get(next(link for link in mine.links() if "/tilbud/" in link))
    assert "1. juli 2026" in offer.text
    answered = parent.follow(parent.submit(offer, press="answer", value="yes"))
    assert answered.path == offer.path
    assert not answered.all("//main//form")
    with site.look() as now:
        (found,) = overview.cases_of(now, family.parent, children_of(now.session, family.parent, now.today))
        placed = cases.case_for(now, family.parent, found.id)
    assert [(place.facility, place.starts_on) for place in placed.placements] == [("globen", date(2026, 7, 1))]
    assert "1. juli 2026" in parent.get(application).text


def test_a_draft_waits_on_my_page_and_goes_on_where_it_was(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
    browser = site.parent(family.parent)
    go_on(browser, browser.get(f"{BASE}/ny"), care="childminding")
    another = site.parent(family.parent)
    errand = next(link for link in another.get("/mit/da/").links() if link.endswith("/tjek"))
    unfinished = another.get(errand)
    assert len(unfinished.errors) == 3
    assert [link.rsplit("/", 1)[1] for link in unfinished.all("//*[@class='error-summary']//a/@href")] == [
        "dato",
        "onsker",
        "familien",
    ]
    first = another.get(errand.replace("tjek", "barn"))
    assert first.all("//input[@name='care'][@checked]/@value") == ["childminding"]


def test_only_one_child_is_chosen_beforehand_and_a_link_may_name_it(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        sibling = builders.child(now, name="Bo")
        builders.lives_with(now, family.parent, sibling)
        grown = builders.child(now, name="Ida", born=date(2019, 5, 1))
        builders.lives_with(now, family.parent, grown)
    browser = site.parent(family.parent)
    assert browser.get(f"{BASE}/ny").all("//input[@name='child'][@checked]") == []
    named = browser.get(f"{BASE}/ny?barn={sibling}")
    assert named.all("//input[@name='child'][@checked]/@value") == [str(sibling)]
    assert str(grown) not in named.all("//input[@name='child']/@value")
    for unknown in ("x", str(grown), "%00"):
        assert browser.get(f"{BASE}/ny?barn={unknown}").all("//input[@name='child'][@checked]") == []


def test_the_buttons_of_the_wishes_answer_htmx_with_the_fragment_alone(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family, wishes=["globen"])
    browser = site.parent(family.parent)
    page = browser.get(f"{BASE}/{draft}/onsker")
    fragment = browser.submit(page, press="add", facility="regnbuen", htmx=True)
    assert not fragment.sheet.is_page
    assert fragment.all("//body/*/@id") == ["_wishes"]
    assert fragment.all("//@data-say")
    refused = browser.submit(page, press="add", facility="", htmx=True, status=422)
    assert refused.errors
    last = browser.get(f"{BASE}/{draft}/onsker").all("//button[@name='up']/@value")[1]
    up = browser.submit(fragment, press="up", value=last, htmx=True)
    assert [name.split()[0] for name in up.texts("//ol[@class='wishes']/li/span[1]")] == ["Regnbuen", "Globen"]
    with site.look() as now:
        assert [wish.facility for wish in drafts.read(now, family.parent, draft).wishes] == ["regnbuen", "globen"]


def test_a_draft_is_deleted_by_a_form_that_says_so_first(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family)
    browser = site.parent(family.parent)
    asked = browser.get(f"{BASE}/{draft}/slet")
    gone = browser.submit(asked)
    assert gone.location == BASE
    again = browser.submit(asked)
    assert again.location == BASE
    browser.get(f"{BASE}/{draft}/tjek", status=404)


def test_under_shared_residence_the_box_must_be_ticked(site: Site) -> None:
    with site.work() as now:
        child, one, other = builders.child(now), builders.person(now), builders.person(now)
        for adult in (one, other):
            builders.relate(now, adult, child, builders.RelationKind.CUSTODY)
            builders.relate(now, adult, child, builders.RelationKind.RESIDENCE, shared=True)
        draft = builders.draft(now, builders.Pair(one, child))
    browser = site.parent(one)
    check = browser.get(f"{BASE}/{draft}/tjek")
    refused = browser.submit(check, status=422)
    assert refused.all("//*[contains(@class, 'error-summary')]//a/@href") == ["#agrees"]
    assert browser.submit(refused, agrees="y").location == f"{BASE}/{draft}/kvittering"


def test_withdrawing_says_first_what_follows(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        application = builders.sent(now, family, wishes=["globen", "regnbuen"])
        builders.offer(now, application, facility="globen")
    browser = site.parent(family.parent)
    asked = browser.get(f"{BASE}/{application}/traek-tilbage")
    assert "Globen" in asked.text
    done = browser.follow(browser.submit(asked))
    assert done.path == f"{BASE}/{application}"
    assert not [link for link in done.links() if "traek-tilbage" in link]
