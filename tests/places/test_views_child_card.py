""" "My page": a child's card leads to what there is, and to a new application only where one can be made."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from parentsite.people.models import RelationKind
from parentsite.places.rules.vocabulary import Care
from parentsite.places.service import cases, withdrawing
from tests import builders
from tests.builders import Pair
from tests.sites import Site

MINE = "/mit/da/"
TODDLER, GROWN = date(2025, 8, 28), date(2019, 5, 1)


@dataclass(frozen=True)
class Card:
    """What stands in a child's card: its links, and the words of them."""

    links: tuple[str, ...]
    words: str


def card(site: Site, who: UUID, child: UUID) -> Card:
    page = site.parent(who).get(MINE)
    here = f"//*[@id='child-{child}']"
    return Card(tuple(str(link) for link in page.all(f"{here}//a/@href")), " ".join(page.all(f"{here}//a/text()")))


def new_for(child: UUID) -> str:
    return f"{MINE}plads?barn={child}#apply"


def test_a_child_without_anything_can_be_applied_for_and_is_chosen_on_the_way(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now, born=TODDLER)
        builders.lives_with(now, family.parent, builders.child(now, name="Bo"))
    assert card(site, family.parent, family.child).links == (new_for(family.child),)
    browser = site.parent(family.parent)
    begin = next(link for link in browser.get(new_for(family.child)).links() if "/plads/ny" in link)
    assert browser.get(begin).all("//input[@name='child'][@checked]/@value") == [str(family.child)]


def test_a_draft_is_gone_on_with_and_nothing_new_is_begun(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now, born=TODDLER)
        draft = builders.draft(now, family)
    assert card(site, family.parent, family.child).links == (f"{MINE}plads/{draft}/tjek",)


def test_a_case_is_seen_and_only_the_other_group_can_still_be_applied_for(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now, born=TODDLER)
        case = builders.sent(now, family, wishes=["globen"])
    found = card(site, family.parent, family.child)
    assert found.links == (f"{MINE}plads/{case}", new_for(family.child))
    assert "Børnehave" in found.words
    with site.work() as now:
        older = builders.sent(now, family, wishes=["globen"], care=Care.KINDERGARTEN, wanted=date(2028, 9, 1))
    assert set(card(site, family.parent, family.child).links) == {f"{MINE}plads/{case}", f"{MINE}plads/{older}"}


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_the_place_leads_what_still_waits_follows_and_withdrawing_leaves_the_place(
    site: Site, is_withdrawn: bool
) -> None:
    with site.work() as now:
        family = builders.family(now, born=TODDLER)
        case = builders.sent(now, family, wishes=["globen", "regnbuen"], confirmed=True)
        builders.answered(now, family.parent, builders.offer(now, case, facility="globen"), yes=True)
        if is_withdrawn:
            own = builders.as_parent(now, family.parent)
            withdrawing.withdraw(own, family.parent, case, cases.case_for(own, family.parent, case).revision)
    browser = site.parent(family.parent)
    ongoing = browser.get(MINE)
    tags = [tag.text for tag in ongoing.all(f"//*[@id='ongoing-{case}']//*[contains(@class, 'tag ')]")]
    assert tags == (["Plads aftalt"] if is_withdrawn else ["Plads aftalt", "Andre ønsker venter stadig"])
    assert "Globen" in "".join(ongoing.all(f"//*[@id='ongoing-{case}']")[0].itertext())
    shown = browser.get(f"{MINE}plads/{case}").text
    assert ("er stadig din" in shown) is is_withdrawn
    assert ("Andre ønsker venter stadig" in shown) is not is_withdrawn
    assert card(site, family.parent, family.child).links[0] == f"{MINE}plads/{case}"


def test_a_school_child_has_nothing_to_apply_for(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now, born=TODDLER)
        grown = builders.child(now, name="Ida", born=GROWN)
        builders.lives_with(now, family.parent, grown)
    assert card(site, family.parent, grown).links == ()


def test_a_parent_elsewhere_sees_the_case_and_applies_for_nothing(site: Site) -> None:
    with site.work() as now:
        home = Pair(
            builders.person(now, address_protected=True),
            builders.child(now, born=TODDLER, address_protected=True),
        )
        builders.lives_with(now, home.parent, home.child)
        apart = builders.person(now)
        builders.relate(now, apart, home.child, RelationKind.CUSTODY)
        case = builders.sent(now, home, wishes=["globen"], confirmed=True)
        builders.answered(now, home.parent, builders.offer(now, case, facility="globen"), yes=True)
    assert card(site, apart, home.child).links == (f"{MINE}plads/{case}",)
    page = site.parent(apart).get(MINE).text
    assert "Globen" not in page
    assert "Plads aftalt" not in page
