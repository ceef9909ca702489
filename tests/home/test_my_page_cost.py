"""What "my page" costs the family that has most to be told: five children, and something of every journey."""

from datetime import date
from uuid import UUID

import brotli
import pytest

from parentsite.foundation.work import Work
from parentsite.groups.service.joining import join
from tests import builders
from tests.bench.inprocess import statements
from tests.bench.looks import PACKED_BYTES
from tests.groups import scene as groups
from tests.house_rules.contact_forms import letter_to_the_office
from tests.readiness import scene as readiness
from tests.sites import Site
from tests.visits.scene import visits_of

REACHED = 17
"""SQL statements. The goal is 12 (`MY_PAGE_STATEMENTS`): the answers about the description take four more than one,
letters one, visits one, the e-mail address one.
"""
BEFORE_AND_AFTER_THREE = {"Bo": date(2025, 9, 1), "Ida": date(2023, 9, 1), "Vera": date(2024, 9, 1)}


def full_house(now: Work) -> UUID:
    """A parent of a schoolchild to be, of a baby with visits and a group, and of three who stand in line."""
    of = readiness.scene(now)
    readiness.published(now, of)
    parent = of.holders[0]
    baby = visits_of(now, parent).child
    for name, born in BEFORE_AND_AFTER_THREE.items():
        child = builders.child(now, born=born, name=name, district="skovvejen")
        builders.lives_with(now, parent, child)
        builders.sent(now, builders.Pair(parent, child), confirmed=True)
    joined, _, _ = groups.two_members(now)
    join(builders.as_parent(now, parent), parent, baby, joined)
    groups.meeting(now, joined)
    letter_to_the_office(now, parent, baby)
    return parent


@pytest.mark.parametrize("language", ["da", "ar"])
def test_five_children_and_a_full_history(site: Site, language: str) -> None:
    with site.work() as now:
        person = full_house(now)
    parent = site.parent(person)
    parent.get(f"/mit/{language}/")
    with statements() as sent:
        page = parent.get(f"/mit/{language}/")
    assert len(page.all("//ol[contains(@class, 'way')]")) == 5
    assert len(sent) <= REACHED
    assert len(brotli.compress(page.response.data, quality=5)) <= PACKED_BYTES
