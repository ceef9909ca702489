"""What those who run groups read of members, and who is told of it. Each read leaves one entry: ids, never words.

A place in a group is the parent's own: nobody else is told that it was read, not even the child's other parent.
"""

from enum import StrEnum

from parentsite.foundation.i18n import N_
from parentsite.foundation.reading import Reading, Whose
from parentsite.people.visibility import Facet

ROLE = "group_organiser"
"""Gruppeansvarlig."""


class Purpose(StrEnum):
    """Why members are read of."""

    GROUPS = "groups"


_FACETS = frozenset({Facet.PLACE, Facet.TIME})
_OFFICES = {ROLE: N_("Those who run the groups for parents")}
_PURPOSES = {Purpose.GROUPS: N_("To run the groups for parents")}

MEMBERS = Reading(
    "group.members_read", N_("Opened your group, with all who are in it."), _FACETS, Whose.OWN, _OFFICES, _PURPOSES
)
MEMBER = Reading("group.member_read", N_("Opened your place in a group."), _FACETS, Whose.OWN, _OFFICES, _PURPOSES)
READINGS = (MEMBERS, MEMBER)
