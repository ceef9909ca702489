"""The one thing that members of a group allow: that the others see the own phone number."""

from collections.abc import Collection
from uuid import UUID

from parentsite.consent.rules import Matter, Subject
from parentsite.consent.service.effect import in_force
from parentsite.foundation.work import Work


def phone_matter(person: UUID, group: UUID) -> Matter:
    """This adult's number, shown to the members of this group."""
    return Matter(Subject.PERSON, person, "groups.phone", "parent_group", str(group))


def who_shares(work: Work, group: UUID, persons: Collection[UUID]) -> frozenset[UUID]:
    """Who of these adults lets the members of this group see the own number now. One statement."""
    return frozenset(one.about for one in in_force(work, [phone_matter(person, group) for person in persons]))
