"""Which adult may open which letter: every read and every verb of a parent finds its letter here, or finds none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select

from parentsite.contact.models import Letter, LetterMark, LetterMessage
from parentsite.contact.rules.sight import Looking, View, view_of
from parentsite.contact.rules.states import LetterState, Side
from parentsite.contact.service.errors import NotFound
from parentsite.foundation.database import columns, lock
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView, children_of
from parentsite.people.models import RelationKind
from parentsite.people.visibility import Facet, Sight, sights_of

STANDS = Letter.state != LetterState.FORGOTTEN.value
_OWN_OR_SHARED = or_(
    and_(
        Letter.person_id == bindparam("person"),
        or_(Letter.child_id.is_(None), Letter.child_id.in_(bindparam("known", expanding=True))),
    ),
    and_(Letter.shared_at.is_not(None), Letter.child_id.in_(bindparam("shared", expanding=True))),
)
_IS_UNREAD = and_(
    LetterMessage.letter_id == Letter.id,
    func.coalesce(LetterMessage.person_id != bindparam("person"), LetterMessage.side == Side.TEAM.value),
    ~exists().where(LetterMark.message_id == LetterMessage.id, LetterMark.reader_id == bindparam("person")),
)
_UNREAD = select(func.count()).select_from(LetterMessage).where(_IS_UNREAD).scalar_subquery().label("unread")
_SEEN = select(*Letter.__table__.columns, _UNREAD).where(STANDS, _OWN_OR_SHARED)
_A_PAGE = _SEEN.order_by(Letter.changed_at.desc(), Letter.id).limit(bindparam("limit")).offset(bindparam("skip"))
_WITH_NEWS = (
    _SEEN.where(exists().select_from(LetterMessage).where(_IS_UNREAD))
    .order_by(Letter.changed_at.desc(), Letter.id)
    .limit(bindparam("limit"))
)
_ONE_SEEN = select(Letter.__table__).where(STANDS, _OWN_OR_SHARED, Letter.id == bindparam("letter"))
LOCKED = select(Letter.id).where(Letter.id == bindparam("letter")).with_for_update()


@dataclass(frozen=True)
class Seen:
    """A letter as one adult sees it: its row, the child that it is about, the facts that decide, and as what it is
    seen.
    """

    row: Any
    child: ChildView | None
    looking: Looking
    view: View


def looking_at(row: Any, person: UUID, sight: Sight | None) -> Looking:
    """The facts of one adult, with this sight of the child that the letter is about."""
    return replace(
        _knowing(sight),
        is_writer=row.person_id == person,
        is_about_child=row.child_id is not None,
        is_shared=row.shared_at is not None,
    )


def seen_page(work: Work, person: UUID, children: Sequence[ChildView], skip: int, limit: int) -> Sequence[Seen]:
    """Some of the letters that this adult sees, the one with the newest first; each row counts what is `unread`.
    `children` are all that the adult may know of. One statement.
    """
    return _as_seen(work, _A_PAGE, person, children, {"skip": skip, "limit": limit})


def with_news(work: Work, person: UUID, children: Sequence[ChildView], limit: int) -> Sequence[Seen]:
    """The same, of the letters in which something is unread. One statement."""
    return _as_seen(work, _WITH_NEWS, person, children, {"limit": limit})


def seen(work: Work, person: UUID, letter_id: UUID) -> Seen:
    """One letter, for an adult who sees it. Two statements. Raises `NotFound` for all others."""
    children = children_of(work.session, person, work.today)
    found = _as_seen(work, _ONE_SEEN, person, children, {"letter": letter_id})
    if not found:
        raise NotFound(letter_id)
    return found[0]


def seen_locked(work: Work, person: UUID, letter_id: UUID) -> Seen:
    """The same, while nobody else writes in it. Raises `NotFound`."""
    lock(work.session, LOCKED, {"letter": letter_id})
    return seen(work, person, letter_id)


def seen_by(work: Work, row: Any) -> Mapping[UUID, View]:
    """Every adult who sees a letter, and as what."""
    known = sights_of(work.session, row.child_id, work.today) if row.child_id else {}
    adults = {row.person_id, *known}
    found = {person: view_of(looking_at(row, person, known.get(person))) for person in sorted(adults)}
    return {person: view for person, view in found.items() if view is not None}


def _as_seen(
    work: Work, statement: Select[Any], person: UUID, children: Sequence[ChildView], asked: Mapping[str, object]
) -> Sequence[Seen]:
    """What the statement narrows down is decided by the rule alone."""
    known = {child.id: child for child in children}
    shared = [child.id for child in children if _is_told(child.sight)]
    rows = columns(work.session, statement, {"person": person, "known": list(known), "shared": shared, **asked})
    found = [(row, known.get(row.child_id)) for row in rows]
    looks = [(row, child, looking_at(row, person, child.sight if child else None)) for row, child in found]
    return [Seen(row, child, looking, view) for row, child, looking in looks if (view := view_of(looking)) is not None]


def _is_told(sight: Sight) -> bool:
    """Whether who has this sight of the child sees what others have shared about it."""
    return view_of(replace(_knowing(sight), is_about_child=True, is_shared=True)) is View.OTHER


def _knowing(sight: Sight | None) -> Looking:
    return Looking(
        knows_child=sight is not None,
        holds_custody=sight is not None and RelationKind.CUSTODY in sight.relations,
        sees_place_and_time=sight is not None and sight.sees(Facet.PLACE, Facet.TIME),
    )
