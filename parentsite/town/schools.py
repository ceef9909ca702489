"""Who receives a child after daycare: schools, and the after-school care (BFO) that belongs to them."""

from dataclasses import dataclass
from enum import StrEnum

from parentsite.town.facts import Fact


class ReceiverKind(StrEnum):
    """What a receiver is to the child."""

    SCHOOL = "school"
    AFTER_SCHOOL = "after_school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver(Fact):
    """A school or an after-school care.

    `district` is that of which it is the school, `school` the code of the school that an after-school care belongs to.
    """

    code: str
    kind: ReceiverKind
    name: str
    district: str | None = None
    school: str | None = None
