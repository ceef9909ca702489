"""A house that the town no longer offers: drafts go on and say so, what is sent keeps it from being dropped."""

from collections.abc import Callable

import pytest

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.places.service import drafts, sending
from parentsite.places.service.errors import Incomplete, Problem
from parentsite.places.service.references import codes_in_use
from parentsite.town.service import WouldOrphan, load_pack
from tests import builders
from tests.databases import MOMENT, Template
from tests.sites import Site

AAHUSET = '[houses.aahuset]\nname = "Åhuset"\ndistrict = "syd"\nsource = "rules"\nreplaced = ["Café Müller"]\n'
GONE = "This house is no longer offered."


def load(database: Database, pack: str) -> None:
    with database.write() as session:
        load_pack(Work(session, MOMENT, SYSTEM), pack, codes_in_use)


@pytest.fixture
def without(lilleby: str) -> str:
    assert AAHUSET in lilleby
    return lilleby.replace(AAHUSET, "")


def test_a_draft_goes_on_without_the_house_and_says_so(
    new_site: Callable[..., Site], lilleby: str, without: str
) -> None:
    site = new_site(Template.EMPTY)
    load(site.database, lilleby)
    with site.work() as now:
        family = builders.family(now)
        draft = builders.draft(now, family, wishes=["aahuset", "aeblehaven"])
    load(site.database, without)
    parent = site.parent(family.parent)
    check = parent.get(f"/mit/en/plads/{draft}/tjek")
    assert f"Åhuset {GONE}" in check.text
    assert check.all("//button[contains(., 'Send')]") == []
    wishes = parent.get(f"/mit/en/plads/{draft}/onsker")
    assert f"Åhuset {GONE}" in wishes.text
    (remove,) = wishes.all("//button[contains(@aria-label, 'Remove Åhuset') or contains(., 'Remove Åhuset')]/@value")
    parent.submit(wishes, press="remove", value=remove)
    sent = parent.submit(parent.get(f"/mit/en/plads/{draft}/tjek"))
    assert sent.location.endswith("/kvittering")


def test_what_is_sent_keeps_its_house(empty_database: Database, lilleby: str, without: str) -> None:
    load(empty_database, lilleby)
    with empty_database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        builders.sent(now, builders.family(now), wishes=["aahuset"])
    with pytest.raises(WouldOrphan, match="aahuset"):
        load(empty_database, without)


def test_a_house_dropped_while_the_draft_is_sent_is_not_sent(
    empty_database: Database, lilleby: str, without: str
) -> None:
    load(empty_database, lilleby)
    with empty_database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        family = builders.family(now)
        draft = builders.draft(now, family, wishes=["aahuset"])
    with empty_database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        shown = drafts.read(now, family.parent, draft).revision
        assert sending.problems_of(now, drafts.read(now, family.parent, draft)) == ()
        known = session.info["town"]
        load_pack(now, without, codes_in_use)
        session.info["town"] = known  # The sender's own view of the town is a moment old.
        with pytest.raises(Incomplete) as refused:
            sending.send(now, family.parent, draft, shown)
        assert refused.value.problems == (Problem.WISH_NOT_OPEN,)
