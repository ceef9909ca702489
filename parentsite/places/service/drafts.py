"""Drafting: each step is saved as it is left, and survives a closed browser; a draft has a date on which it is
deleted.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import columns, new_id
from parentsite.foundation.sealed import seal, unseal
from parentsite.foundation.work import Work
from parentsite.people.children import ChildView, child_for
from parentsite.people.merging import stays
from parentsite.people.visibility import sight_of
from parentsite.places.models import HOME_LANGUAGES, INTERPRETER, Application, Wish
from parentsite.places.rules.calendar import draft_delete_on
from parentsite.places.rules.states import APPLICATION
from parentsite.places.rules.vocabulary import ApplicationState, Care
from parentsite.places.service.errors import NotFound
from parentsite.town.history import last_name
from parentsite.town.service import current_town


@dataclass(frozen=True)
class DraftWish:
    """A wish while the parent still writes; `gone` is the last name of a facility that the town no longer offers."""

    id: UUID
    facility: str
    gone: str | None = None


@dataclass(frozen=True)
class Draft:
    """An application being written, as its own parent sees it; what is not answered yet is none."""

    id: UUID
    child: ChildView
    revision: int
    delete_on: date
    care: Care | None
    wanted: date | None
    hours: int | None
    sibling_facility: str | None
    special_need_told: bool
    family_told: bool
    home_languages: str | None
    interpreter: str | None
    wishes: tuple[DraftWish, ...]


@dataclass(frozen=True)
class Family:
    """What a parent tells of the family in the fourth step; `hours` a week."""

    sibling_facility: str | None
    special_need: bool
    hours: int | None
    home_languages: str | None
    interpreter: str | None


def start(work: Work, person: UUID, child_id: UUID, care: Care) -> UUID:
    """Begin a draft, or go on with the one this parent already has for the child. Raises `NotFound`."""
    if not stays(work, child_id):
        raise NotFound(child_id)
    _child_to_apply_for(work, person, child_id)
    session = work.session
    draft_id = _existing(work, person, child_id)
    if draft_id is None:
        draft_id = new_id()
        try:
            with session.begin_nested():
                session.execute(
                    insert(Application).values(
                        id=draft_id,
                        child_id=child_id,
                        applicant_id=person,
                        started_at=work.now,
                        touched_at=work.now,
                        delete_on=_delete_on(work),
                    )
                )
        except IntegrityError:
            draft_id = _existing(work, person, child_id) or draft_id
        else:
            audit.record(work, "application.started", [child_id], about=("application", draft_id))
    change_draft(work, person, draft_id, care=care.value)
    return draft_id


_DRAFT = select(
    Application.id,
    Application.child_id,
    Application.revision,
    Application.delete_on,
    Application.care,
    Application.wanted,
    Application.hours,
    Application.sibling_facility,
    Application.special_need_told,
    Application.family_told,
    Application.home_languages,
    Application.interpreter,
).where(
    Application.id == bindparam("draft"),
    Application.applicant_id == bindparam("person"),
    Application.state == ApplicationState.DRAFT.value,
)
_DRAFT_WISHES = (
    select(Wish.id, Wish.facility).where(Wish.application_id == bindparam("draft")).order_by(Wish.rank, Wish.id)
)


def read(work: Work, person: UUID, draft_id: UUID) -> Draft:
    """The draft, for the parent who writes it; raises `NotFound` for all others and for what is sent."""
    row = columns(work.session, _DRAFT, {"draft": draft_id, "person": person}).one_or_none()
    if row is None:
        raise NotFound(draft_id)
    child = _child_to_apply_for(work, person, row.child_id)
    wishes = columns(work.session, _DRAFT_WISHES, {"draft": draft_id})
    return Draft(
        id=row.id,
        child=child,
        revision=row.revision,
        delete_on=row.delete_on,
        care=Care(row.care) if row.care else None,
        wanted=row.wanted,
        hours=row.hours,
        sibling_facility=row.sibling_facility,
        special_need_told=row.special_need_told,
        family_told=row.family_told,
        home_languages=unseal(work.session, row.home_languages, HOME_LANGUAGES) if row.home_languages else None,
        interpreter=unseal(work.session, row.interpreter, INTERPRETER) if row.interpreter else None,
        wishes=tuple(DraftWish(wish.id, wish.facility, _gone(work, wish.facility)) for wish in wishes),
    )


def _gone(work: Work, facility: str) -> str | None:
    if current_town(work.session).facility(facility):
        return None
    return last_name(work.session, facility) or facility


def save_care(work: Work, person: UUID, draft_id: UUID, care: Care) -> None:
    """Step 1, changed later."""
    change_draft(work, person, draft_id, care=care.value)


def save_wanted(work: Work, person: UUID, draft_id: UUID, wanted: date) -> None:
    """Step 2: the day the parents need the place (behovsdato)."""
    change_draft(work, person, draft_id, wanted=wanted)


def save_family(work: Work, person: UUID, draft_id: UUID, family: Family) -> None:
    """Step 4."""
    session = work.session
    languages, interpreter = family.home_languages, family.interpreter
    change_draft(
        work,
        person,
        draft_id,
        family_told=True,
        sibling_facility=family.sibling_facility,
        special_need_told=family.special_need,
        hours=family.hours,
        home_languages=seal(session, languages, HOME_LANGUAGES) if languages else None,
        interpreter=seal(session, interpreter, INTERPRETER) if interpreter else None,
    )


def throw_away(work: Work, person: UUID, draft_id: UUID) -> bool:
    """Delete the draft. Whether it is gone by this person's own hand, now or before: a second press is no error, and
    an id of somebody else tells nothing. Raises `NotFound` for a parent who may no longer apply for the child.
    """
    gone = work.session.execute(
        delete(Application)
        .where(
            Application.id == draft_id,
            Application.applicant_id == person,
            Application.state == ApplicationState.DRAFT,
        )
        .returning(Application.child_id)
    ).scalar_one_or_none()
    if gone is None:
        return audit.has_done(work.session, person, "application.draft_deleted", ("application", draft_id))
    _child_to_apply_for(work, person, gone)
    audit.record(work, "application.draft_deleted", [gone], about=("application", draft_id))
    return True


def forget_old(work: Work, limit: int = 200) -> int:
    """Delete the drafts whose day has come, so many at most; the worker calls it. Returns how many."""
    old = (Application.state == ApplicationState.DRAFT, Application.delete_on <= work.today)
    gone = work.session.execute(
        delete(Application)
        .where(Application.id.in_(select(Application.id).where(*old).limit(limit)), *old)
        .returning(Application.id, Application.child_id)
    ).all()
    for draft_id, child_id in gone:
        audit.record(work, "application.draft_forgotten", [child_id], about=("application", draft_id))
    return len(gone)


def change_draft(work: Work, person: UUID, draft_id: UUID, **values: object) -> None:
    """Write to the draft and push its deletion out; on the row's lock, so that two tabs take turns.

    Raises `NotFound`, also when this parent no longer decides for the child.
    """
    changed = work.session.execute(
        update(Application)
        .where(Application.id == draft_id, Application.applicant_id == person, Application.state == APPLICATION.start)
        .values(revision=Application.revision + 1, touched_at=work.now, delete_on=_delete_on(work), **values)
        .returning(Application.child_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    sight = sight_of(work.session, person, changed, work.today) if changed else None
    if changed is None or sight is None or not sight.may_apply:
        raise NotFound(draft_id)
    audit.record(work, "application.draft_saved", [changed], about=("application", draft_id))


def _delete_on(work: Work) -> date:
    return draft_delete_on(work.today, current_town(work.session).settings.draft_keep_days.value)


def _child_to_apply_for(work: Work, person: UUID, child_id: UUID) -> ChildView:
    child = child_for(work.session, person, child_id, work.today)
    if child is None or not child.sight.may_apply:
        raise NotFound(child_id)
    return child


def _existing(work: Work, person: UUID, child_id: UUID) -> UUID | None:
    return work.session.scalars(
        select(Application.id).where(
            Application.child_id == child_id,
            Application.applicant_id == person,
            Application.state == ApplicationState.DRAFT,
        )
    ).one_or_none()
