"""Which codes of the town pack groups refer to: what a new pack may not drop."""

from sqlalchemy import or_, select

from parentsite.foundation.work import Work
from parentsite.groups.models import ParentGroup
from parentsite.groups.rules.membership import GroupState


def codes_in_use(work: Work, codes: frozenset[str]) -> frozenset[str]:
    """The kinds of group and the districts among `codes` of which there is a group."""
    live = select(ParentGroup.kind, ParentGroup.district).where(
        ParentGroup.state != GroupState.CANCELLED.value,
        or_(ParentGroup.kind.in_(codes), ParentGroup.district.in_(codes)),
    )
    return codes & {code for row in work.session.execute(live) for code in row}
