"""Which codes of the town pack letters refer to: what a new pack may not drop."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.contact.models import Letter, LetterHandover, LetterMessage


def codes_in_use(session: Session, codes: frozenset[str]) -> frozenset[str]:
    """The teams among `codes` that a letter is, or was, with."""
    referring = (Letter.team, LetterMessage.team, LetterHandover.from_team, LetterHandover.to_team)
    asked = [select(column).where(column.in_(codes)).distinct() for column in referring]
    return frozenset(code for one in asked for code in session.scalars(one))
