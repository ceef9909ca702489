"""Which school and which after-school care (BFO) a child goes to next: the only ones that a consent can name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from parentsite.readiness.rules.vocabulary import ReceiverKind


@dataclass(frozen=True)
class Institution:
    """A school, of a district or of none; or an after-school care and the code of its school."""

    kind: ReceiverKind
    code: str
    district: str | None = None
    school: str | None = None


@dataclass(frozen=True)
class Receivers:
    """A child's receivers; `is_enrolled` when the register says so, and not the home district alone."""

    institutions: tuple[Institution, ...]
    is_enrolled: bool

    @property
    def unknown(self) -> frozenset[ReceiverKind]:
        """Of which kind nobody has told any: it is said to be unknown, and nothing can be allowed."""
        return frozenset(ReceiverKind) - {one.kind for one in self.institutions}

    def has(self, kind: ReceiverKind, code: str) -> bool:
        """Whether this one is among them."""
        return any((one.kind, one.code) == (kind, code) for one in self.institutions)


def receivers_of(known: Collection[Institution], stays: Collection[str], district: str | None) -> Receivers:
    """Of the institutions that the town knows, those of a child with these stays (codes, now or ahead).

    Where the register names no school it is that of the home district; a child that is enrolled elsewhere has left it.
    """
    enrolled = _of(known, ReceiverKind.SCHOOL, (one.code for one in known if one.code in stays))
    at_home = (one.code for one in known if district is not None and one.district == district)
    schools = enrolled or _of(known, ReceiverKind.SCHOOL, at_home)
    told = _of(known, ReceiverKind.AFTER_SCHOOL, stays)
    beside = (one.code for one in known if one.school in {school.code for school in schools})
    return Receivers(schools + (told or _of(known, ReceiverKind.AFTER_SCHOOL, beside)), bool(enrolled))


def _of(known: Iterable[Institution], kind: ReceiverKind, codes: Iterable[str]) -> tuple[Institution, ...]:
    wanted = frozenset(codes)
    return tuple(one for one in known if one.kind is kind and one.code in wanted)
