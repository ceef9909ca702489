"""However many groups and children there are, a page asks the database as often as for one."""

from datetime import timedelta

from parentsite.groups.service.joining import join
from tests import builders
from tests.bench.inprocess import statements
from tests.builders import Pair
from tests.groups.pages import GROUPS, PUBLIC
from tests.groups.scene import BORN, DISTRICT, group, meeting
from tests.sites import Site
from tests.strict import Client


def asked(client: Client, *paths: str) -> list[int]:
    """How many statements each page takes, when it was asked for once before."""
    found = []
    for path in paths:
        client.get(path)
        with statements() as sent:
            client.get(path)
        found.append(len(sent))
    return found


def test_many_groups_and_children_cost_no_more_questions(site: Site, mette: Pair, parent: Client) -> None:
    with site.work() as now:
        of, own = group(now), group(now)
        meeting(now, of)
        place = join(now, mette.parent, mette.child, own).member_id
    pages = (GROUPS, f"{GROUPS}/{of}", f"{GROUPS}/plads/{place}", PUBLIC)
    one = asked(parent, *pages)
    with site.work() as now:
        for number in range(12):
            meeting(now, group(now), days=number + 1)
            meeting(now, own, days=number + 1)
            join(now, mette.parent, mette.child, group(now))
        for age in (0, 30, 400):
            child = builders.child(now, born=BORN - timedelta(days=age), name="Bo", district=DISTRICT)
            builders.lives_with(now, mette.parent, child)
    assert asked(parent, *pages) == one
