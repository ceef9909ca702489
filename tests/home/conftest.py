"""A family whose health visitor comes."""

import pytest

from tests.builders import Pair
from tests.sites import Site
from tests.visits.scene import family, visitor


@pytest.fixture
def home(site: Site) -> Pair:
    """A family whose health visitor comes."""
    with site.work() as now:
        visitor(now)
        return family(now)
