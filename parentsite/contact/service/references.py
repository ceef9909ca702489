"""Which codes of the town pack letters refer to: what a new pack may not drop."""

from sqlalchemy import select

from parentsite.contact.models import Letter, LetterHandover, LetterMessage
from parentsite.foundation.work import Work


def codes_in_use(work: Work, codes: frozenset[str]) -> frozenset[str]:
    """The teams among `codes` that a letter is, or was, with."""
    referring = (Letter.team, LetterMessage.team, LetterHandover.from_team, LetterHandover.to_team)
    asked = [select(column).where(column.in_(codes)).distinct() for column in referring]
    return frozenset(code for one in asked for code in work.session.scalars(one))
