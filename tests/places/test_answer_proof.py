"""An offer is answered as the page said: what changed since is named, and what was ticked is still ticked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import update

from parentsite.places.models import Application, Offer, Wish
from parentsite.places.rules.answers import GuaranteeOutcome
from parentsite.places.rules.vocabulary import AgeGroup, Care
from parentsite.town.service import load_pack
from tests import builders
from tests.databases import shipped_pack
from tests.places.seen import row, wishes_of
from tests.sites import Site

CHANGED = "Your answer was not taken, because something has changed"
HOUSES = ["globen", "regnbuen", "birkegaarden"]


@dataclass(frozen=True)
class Offered:
    family: builders.Pair
    case: UUID
    offer: UUID

    @property
    def path(self) -> str:
        return f"/mit/en/plads/tilbud/{self.offer}"


@pytest.fixture
def offered(site: Site) -> Offered:
    with site.work() as now:
        family = builders.family(now)
        case = builders.sent(now, family, wanted=date(2026, 6, 12), wishes=HOUSES)
        return Offered(family, case, builders.offer(now, case, facility="globen", starts_on=date(2026, 6, 12)))


def wish(site: Site, offered: Offered, facility: str) -> UUID:
    with site.look() as now:
        found = now.session.query(Wish.id).filter_by(application_id=offered.case, facility=facility)
        return found.one()[0]


def test_a_wish_that_left_the_list_meanwhile_is_named_and_the_ticks_stay(site: Site, offered: Offered) -> None:
    parent = site.parent(offered.family.parent)
    page = parent.get(offered.path)
    gone, kept = wish(site, offered, "regnbuen"), wish(site, offered, "birkegaarden")
    with site.work() as now:
        now.session.execute(update(Wish).where(Wish.id == gone).values(state="removed"))
    asked = parent.submit(page, press="answer", value="no", remove=[str(gone), str(kept)], status=422)
    assert CHANGED in asked.text
    assert asked.texts("//*[@role='alert']//li") == ["Which of your wishes stand in line."]
    assert asked.all("//input[@name='remove'][@checked]/@value") == [str(kept)]
    with site.look() as now:
        assert row(now.session, Offer, offered.offer).state == "open"
    parent.submit(asked, press="answer", value="no")
    with site.look() as now:
        assert wishes_of(now.session, offered.case) == {
            "globen": "waiting",
            "regnbuen": "removed",
            "birkegaarden": "removed",
        }


def test_a_guarantee_that_moved_meanwhile_is_named(site: Site, offered: Offered) -> None:
    parent = site.parent(offered.family.parent)
    page = parent.get(offered.path)
    with site.work() as now:
        later = {"guaranteed_by": date(2026, 12, 1), "guarantee_outcome": GuaranteeOutcome.RESTARTS.value}
        now.session.execute(update(Application).where(Application.id == offered.case).values(later))
    asked = parent.submit(page, press="answer", value="yes", status=422)
    assert asked.texts("//*[@role='alert']//li") == ["What happens to your guarantee (pasningsgaranti)."]
    parent.submit(asked, press="answer", value="yes")


def test_a_place_that_the_child_got_meanwhile_is_named(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now, born=date(2023, 7, 1))
        young = builders.sent(now, family, wanted=date(2026, 3, 1), wishes=["globen"])
        old = builders.sent(now, family, care=Care.KINDERGARTEN, wanted=date(2026, 8, 1), wishes=["globen"])
        first = builders.offer(now, young, facility="globen", starts_on=date(2026, 3, 1))
        later = builders.offer(now, old, facility="globen", group=AgeGroup.KINDERGARTEN, starts_on=date(2026, 8, 1))
    parent = site.parent(family.parent)
    page = parent.get(f"/mit/en/plads/tilbud/{later}")
    with site.work() as now:
        builders.answered(now, family.parent, first, yes=True)
    asked = parent.submit(page, press="answer", value="yes", status=422)
    assert asked.texts("//*[@role='alert']//li") == ["Whether your child has another place."]
    assert "The place your child has now ends on the day this one begins." in asked.text


def test_a_rule_for_leaving_that_the_town_changed_is_named(site: Site, offered: Offered) -> None:
    parent = site.parent(offered.family.parent)
    page = parent.get(offered.path)
    old, new = "months = 1, to_days = [1, 15]", "months = 2, to_days = [1]"
    with site.work() as now:
        load_pack(now, shipped_pack().replace(old, new), lambda _, codes: frozenset())
    asked = parent.submit(page, press="answer", value="no", status=422)
    assert asked.texts("//*[@role='alert']//li") == ["How you leave the place again."]


@pytest.mark.parametrize("proof", ["", "x", "a.b.c.d", "." * 5000])
def test_a_form_that_no_page_gave_is_answered_with_the_page(site: Site, offered: Offered, proof: str) -> None:
    parent = site.parent(offered.family.parent)
    token = parent.get(offered.path).all("//main//input[@name='csrf_token']/@value")[0]
    asked = parent.post(offered.path, {"csrf_token": token, "answer": "yes", "shown": proof}, status=422)
    assert CHANGED in asked.text
    with site.look() as now:
        assert row(now.session, Offer, offered.offer).state == "open"


def test_the_same_answer_again_from_the_old_page_leads_to_what_was_answered(site: Site, offered: Offered) -> None:
    parent = site.parent(offered.family.parent)
    page = parent.get(offered.path)
    off = [str(wish(site, offered, "regnbuen"))]
    pressed = [parent.submit(page, press="answer", value="yes", remove=off).location for _ in range(2)]
    assert pressed == [offered.path] * 2
