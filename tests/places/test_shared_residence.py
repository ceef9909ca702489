"""Shared residence (delt bopæl): what one parent decides, the other agrees to, and is told of."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from parentsite.foundation.work import Work
from parentsite.people.models import RelationKind
from parentsite.places.models import Application, Offer
from parentsite.places.service import drafts, sending
from tests import builders
from tests.places.seen import entries, letters, row
from tests.sites import Site

HOUSE = "globen"
AGREE = "Tick that the other parent agrees. You decide this together."


@dataclass(frozen=True)
class Home:
    """A child that lives with two parents, the application that one of them has sent, and an open offer."""

    one: UUID
    other: UUID
    case: UUID
    offer: UUID


@pytest.fixture
def home(site: Site) -> Home:
    with site.work() as now:
        one, other, child = builders.person(now), builders.person(now, given_name="Omar"), builders.child(now)
        for adult in (one, other):
            builders.relate(now, adult, child, RelationKind.CUSTODY)
            builders.relate(now, adult, child, RelationKind.RESIDENCE, shared=True)
        case = builders.draft(now, builders.Pair(one, child), wishes=[HOUSE, "regnbuen"])
        sending.send(now, one, case, drafts.read(now, one, case).revision, other_parent_agrees=True)
        return Home(one, other, case, builders.offer(now, case, facility=HOUSE))


def told(now: Work, letter: str) -> set[UUID]:
    return {receiver for name, receiver in letters(now.session) if name == f"places/{letter}"}


@pytest.mark.parametrize(("answer", "state"), [("yes", "accepted"), ("no", "declined")])
def test_an_answer_waits_for_the_word_that_both_agree_and_tells_the_other(
    site: Site, home: Home, answer: str, state: str
) -> None:
    parent = site.parent(home.one)
    offer = parent.get(f"/mit/en/plads/tilbud/{home.offer}")
    (kept,) = offer.all("(//input[@name='remove'])[last()]/@value")
    refused = parent.submit(offer, press="answer", value=answer, status=422, remove=[kept])
    assert refused.errors == [AGREE]
    assert refused.all("//*[contains(@class, 'error-summary')]//a/@href") == [f"#{answer}-agrees"]
    assert refused.all("//input[@name='remove'][@checked]/@id") == [f"{answer}-{kept}"], "what was ticked is kept"
    with site.look() as now:
        assert row(now.session, Offer, home.offer).state == "open"
    parent.submit(refused, press="answer", value=answer, agrees="y")
    with site.look() as now:
        assert row(now.session, Offer, home.offer).state == state
        assert told(now, f"offer_{state}") == {home.one, home.other}
        (entry,) = entries(now.session, f"offer.{state}")
        assert entry.purpose == "together"


def test_withdrawing_waits_for_the_word_that_both_agree_and_tells_the_other(site: Site, home: Home) -> None:
    parent = site.parent(home.other)
    page = parent.get(f"/mit/en/plads/{home.case}/traek-tilbage")
    refused = parent.submit(page, status=422)
    assert refused.errors == [AGREE]
    with site.look() as now:
        assert row(now.session, Application, home.case).state == "waiting"
        assert told(now, "application_withdrawn") == set()
    parent.submit(refused, agrees="y")
    with site.look() as now:
        assert row(now.session, Application, home.case).state == "withdrawn"
        assert told(now, "application_withdrawn") == {home.one, home.other}


def test_who_decides_alone_is_asked_nothing_of_the_kind(site: Site) -> None:
    with site.work() as now:
        family = builders.family(now)
        case = builders.sent(now, family, wishes=[HOUSE])
        offer = builders.offer(now, case, facility=HOUSE)
    parent = site.parent(family.parent)
    pages = [parent.get(path) for path in (f"/mit/en/plads/tilbud/{offer}", f"/mit/en/plads/{case}/traek-tilbage")]
    assert not [page.path for page in pages if page.all("//input[@name='agrees']")]
    parent.submit(pages[0], press="answer", value="no")
