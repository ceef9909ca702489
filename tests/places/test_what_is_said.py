"""What a page or letter says is so: how many wishes leave, that no guarantee runs, where a letter leads."""

from datetime import UTC, date, datetime

from sqlalchemy import update

from parentsite.foundation.database import new_id
from parentsite.people.models import Relation, RelationKind
from parentsite.places.letters import about_offer
from parentsite.places.models import Offer
from parentsite.places.rules.vocabulary import Care
from tests import builders
from tests.places.seen import row
from tests.sites import Site

BASE = "/mit/en/plads"


def test_only_wishes_that_stand_in_line_leave_it(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        case = builders.sent(now, family, wishes=["globen", "regnbuen", "birkegaarden"])
        builders.answered(now, family.parent, builders.offer(now, case, facility="globen"), yes=True)
    asked = site.parent(family.parent).get(f"{BASE}/{case}/traek-tilbage")
    assert "All your 2 wishes leave their lines." in asked.text


def test_a_case_with_no_wish_in_line_says_nothing_of_wishes_leaving(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        case = builders.sent(now, family, wishes=["globen"])
        late = builders.offer(now, case, facility="globen", starts_on=date(2026, 12, 1))
        builders.answered(now, family.parent, late, yes=True)
    asked = site.parent(family.parent).get(f"{BASE}/{case}/traek-tilbage")
    assert "This happens if you withdraw it" in asked.text
    assert "leave" not in " ".join(asked.texts("//main//li"))


def test_a_receipt_without_a_guarantee_says_so(site: Site) -> None:
    site.clock.moment = datetime(2026, 7, 1, 9, tzinfo=UTC)
    with site.work() as now:
        family = builders.family(now, born=date(2020, 5, 1))
        case = builders.sent(now, family, care=Care.KINDERGARTEN, wanted=date(2026, 7, 25), wishes=["globen"])
    receipt = site.parent(family.parent).get(f"{BASE}/{case}/kvittering")
    assert "No guarantee runs, because school begins first." in receipt.text


def test_a_letter_leads_who_decides_no_more_to_the_case(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        case = builders.sent(now, family, wishes=["globen"])
        offer = builders.offer(now, case, facility="globen")
        assert about_offer(now, family.parent, offer=str(offer)) == {"path": f"plads/tilbud/{offer}"}
        lived = (Relation.person_id == family.parent) & (Relation.kind == RelationKind.RESIDENCE)
        now.session.execute(update(Relation).where(lived).values(until=now.today))
        assert about_offer(now, family.parent, offer=str(offer)) == {"path": f"plads/{case}"}
        assert about_offer(now, builders.person(now), offer=str(offer)) is None
        assert about_offer(now, family.parent, offer=str(new_id())) is None
        assert row(now.session, Offer, offer).state == "open"
    assert site.parent(family.parent).get(f"{BASE}/{case}").text


def test_a_special_offer_whose_house_is_in_doubt_is_said_to_be(site: Site) -> None:
    page = site.client().get("/en/bornehuse/soendergaarden-og-junibakken")
    doubts = page.texts("//*[contains(@class, 'notice')]//p")
    assert any("Our sources do not agree." in told for told in doubts)
