"""Who may open which letter: every read and every verb finds its letter here, or finds none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, select

from parentsite.contact.models import Letter
from parentsite.contact.policy import scopes_of
from parentsite.contact.rules.reach import Scope
from parentsite.contact.rules.sight import Looking, View, view_of
from parentsite.contact.rules.states import LetterState
from parentsite.contact.service.errors import NotFound
from parentsite.foundation.database import columns, lock
from parentsite.foundation.work import Work
from parentsite.people.models import RelationKind
from parentsite.people.visibility import Facet, Sight, sights, sights_of
from parentsite.town.service import current_town

_STANDS = Letter.state != LetterState.FORGOTTEN.value
_OWN_OR_SHARED = or_(
    Letter.person_id == bindparam("person"),
    and_(Letter.shared_at.is_not(None), Letter.child_id.in_(bindparam("children", expanding=True))),
)
_SEEN = select(Letter.__table__).where(_STANDS, _OWN_OR_SHARED).order_by(Letter.changed_at.desc(), Letter.id)
_ONE_SEEN = _SEEN.where(Letter.id == bindparam("letter"))
_LOCKED = select(Letter.id).where(Letter.id == bindparam("letter")).with_for_update()


@dataclass(frozen=True)
class Seen:
    """A letter as one adult sees it: its row, the facts that decide, and as what it is seen."""

    row: Any
    looking: Looking
    view: View


def looking_at(row: Any, person: UUID, sight: Sight | None) -> Looking:
    """The facts of one adult, with this sight of the child that the letter is about."""
    return Looking(
        is_writer=row.person_id == person,
        is_about_child=row.child_id is not None,
        is_shared=row.shared_at is not None,
        knows_child=sight is not None,
        holds_custody=sight is not None and RelationKind.CUSTODY in sight.relations,
        sees_place_and_time=sight is not None and sight.sees(Facet.PLACE, Facet.TIME),
    )


def seen_all(work: Work, person: UUID) -> Sequence[Seen]:
    """Every letter that this adult sees, the one with the newest first. Two statements."""
    known = sights(work.session, person, work.today)
    rows = columns(work.session, _SEEN, {"person": person, "children": list(known)})
    found = ((row, looking_at(row, person, known.get(row.child_id))) for row in rows)
    return [Seen(row, looking, view) for row, looking in found if (view := view_of(looking)) is not None]


def seen(work: Work, person: UUID, letter_id: UUID) -> Seen:
    """One letter, for an adult who sees it. Raises `NotFound` for all others."""
    known = sights(work.session, person, work.today)
    asked = {"person": person, "children": list(known), "letter": letter_id}
    row = columns(work.session, _ONE_SEEN, asked).one_or_none()
    looking = looking_at(row, person, known.get(row.child_id)) if row else None
    view = view_of(looking) if looking else None
    if row is None or looking is None or view is None:
        raise NotFound(letter_id)
    return Seen(row, looking, view)


def seen_locked(work: Work, person: UUID, letter_id: UUID) -> Seen:
    """The same, while nobody else writes in it. Raises `NotFound`."""
    lock(work.session, _LOCKED, {"letter": letter_id})
    return seen(work, person, letter_id)


def seen_by(work: Work, row: Any) -> Mapping[UUID, View]:
    """Every adult who sees a letter, and as what."""
    known = sights_of(work.session, row.child_id, work.today) if row.child_id else {}
    adults = {row.person_id, *known}
    found = {person: view_of(looking_at(row, person, known.get(person))) for person in sorted(adults)}
    return {person: view for person, view in found.items() if view is not None}


def served(work: Work) -> ColumnElement[bool]:
    """The letters that this member of the staff reads, as a condition."""
    scopes = scopes_of(current_town(work.session), work.actor)
    return or_(false(), *(and_(Letter.team == team, _at(scope)) for team, scope in scopes.items()))


def at_desk(work: Work, letter_id: UUID) -> Any:
    """One letter, for those whose team it was written to, as columns. Raises `NotFound`."""
    wanted = select(Letter.__table__).where(_STANDS, Letter.id == letter_id, served(work))
    row = columns(work.session, wanted).one_or_none()
    if row is None:
        raise NotFound(letter_id)
    return row


def at_desk_locked(work: Work, letter_id: UUID) -> Any:
    """The same, while nobody else writes in it. Raises `NotFound`."""
    lock(work.session, _LOCKED, {"letter": letter_id})
    return at_desk(work, letter_id)


def _at(scope: Scope) -> ColumnElement[bool]:
    """As `Scope.has` decides of one place."""
    if scope.everywhere:
        return Letter.id.is_not(None)
    here = Letter.place.in_(sorted(scope.places))
    return or_(here, Letter.place.is_(None), Letter.place.not_in(sorted(scope.known))) if scope.known else here
