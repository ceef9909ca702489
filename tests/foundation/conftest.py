"""A mother and her browser: who fills in the forms."""

from uuid import UUID

import pytest

from tests import builders
from tests.sites import Site
from tests.strict import Client


@pytest.fixture
def mother(site: Site) -> UUID:
    with site.work() as work:
        return builders.person(work)


@pytest.fixture
def browser(site: Site, mother: UUID) -> Client:
    return site.parent(mother)
