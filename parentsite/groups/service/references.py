"""Which codes of the town pack groups refer to: what a new pack may not drop."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from parentsite.groups.models import ParentGroup
from parentsite.groups.rules.membership import GroupState


def codes_in_use(session: Session, codes: frozenset[str]) -> frozenset[str]:
    """The kinds of group and the districts among `codes` of which there is a group."""
    live = select(ParentGroup.kind, ParentGroup.district).where(
        ParentGroup.state != GroupState.CANCELLED.value,
        or_(ParentGroup.kind.in_(codes), ParentGroup.district.in_(codes)),
    )
    return codes & {code for row in session.execute(live) for code in row}
