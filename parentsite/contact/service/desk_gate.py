"""Which staff may open which letter: every read and every verb of a team finds its letter here, or finds none."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select

from parentsite.contact.models import Letter
from parentsite.contact.policy import scopes_of
from parentsite.contact.rules.reach import Scope
from parentsite.contact.service.errors import NotFound
from parentsite.contact.service.gate import LOCKED, STANDS
from parentsite.foundation.database import columns, lock
from parentsite.foundation.work import Work
from parentsite.town.service import current_town


def served(work: Work) -> ColumnElement[bool]:
    """The letters that this member of the staff reads, as a condition."""
    scopes = scopes_of(current_town(work.session), work.actor)
    return or_(false(), *(and_(Letter.team == team, _at(scope)) for team, scope in scopes.items()))


def at_desk(work: Work, letter_id: UUID) -> Any:
    """One letter, for those whose team it was written to, as columns. Raises `NotFound`."""
    wanted = select(Letter.__table__).where(STANDS, Letter.id == letter_id, served(work))
    row = columns(work.session, wanted).one_or_none()
    if row is None:
        raise NotFound(letter_id)
    return row


def at_desk_locked(work: Work, letter_id: UUID) -> Any:
    """The same, while nobody else writes in it. Raises `NotFound`."""
    lock(work.session, LOCKED, {"letter": letter_id})
    return at_desk(work, letter_id)


def _at(scope: Scope) -> ColumnElement[bool]:
    """As `Scope.has` decides of one place."""
    if scope.everywhere:
        return Letter.id.is_not(None)
    here = Letter.place.in_(sorted(scope.places))
    return or_(here, Letter.place.is_(None), Letter.place.not_in(sorted(scope.known))) if scope.known else here
