"""A blocked adult never learns of the other's group, also by comparing what the site tells others."""

from parentsite.groups.service.joining import join
from tests import builders
from tests.groups.pages import GROUPS, PUBLIC, plain
from tests.groups.scene import family, group
from tests.sites import Site


def test_what_anybody_may_read_is_the_same_before_and_after_somebody_joins(site: Site) -> None:
    """To a blocked adult the other's group looks full: a public page with free places would give her away."""
    nobody = site.client()
    with site.work() as now:
        of, mother, his = group(now, capacity=3), family(now), family(now, "Bo")
        builders.block(now, his.parent, mother.child)
    before = plain(nobody.get(PUBLIC))
    assert "1 January 2026" in before
    with site.work() as now:
        join(now, mother.parent, mother.child, of)
    assert plain(nobody.get(PUBLIC)) == before
    page = site.parent(his.parent).get(f"{GROUPS}/{of}")
    assert "The group is full. You will be number 1 in line." in page.text
