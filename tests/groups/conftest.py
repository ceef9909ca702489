"""A parent with a small child, and her browser."""

import pytest

from tests.builders import Pair
from tests.groups.scene import family
from tests.sites import Site
from tests.strict import Client


@pytest.fixture
def mette(site: Site) -> Pair:
    with site.work() as now:
        return family(now)


@pytest.fixture
def parent(site: Site, mette: Pair) -> Client:
    return site.parent(mette.parent)
