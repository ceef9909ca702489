"""A parent asks the daycare for the separate assessment (§ 29 a): it must be written when parents ask."""

from uuid import UUID

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, new_id
from parentsite.foundation.work import Work
from parentsite.people.attendance import children_at
from parentsite.readiness.models import AssessmentRequest
from parentsite.readiness.rules.vocabulary import REQUEST, RequestState
from parentsite.readiness.service.facts import PEDAGOGUE
from parentsite.readiness.service.reading import custody_holder


def ask(work: Work, person: UUID, child_id: UUID) -> UUID:
    """Ask for it; while this parent's request is open, that is the one. Raises `NotFound`."""
    custody_holder(work, person, child_id)
    made = new_id()
    row = {"id": made, "child_id": child_id, "person_id": person, "made_at": work.now, "changed_at": work.now}
    try:
        with work.session.begin_nested():
            work.session.execute(insert(AssessmentRequest).values(**row))
    except IntegrityError:
        return work.session.scalars(select(AssessmentRequest.id).where(*_own_open(person, child_id))).one()
    audit.record(work, "assessment.asked", [child_id, person], about=("assessment_request", made))
    return made


def is_asked(work: Work, person: UUID, child_id: UUID) -> bool:
    """Whether this parent has asked and waits; of the other parent nothing is told. Raises `NotFound`."""
    custody_holder(work, person, child_id)
    return work.session.scalars(select(AssessmentRequest.id).where(*_own_open(person, child_id))).first() is not None


def take_back(work: Work, person: UUID, child_id: UUID) -> bool:
    """This parent no longer asks; whether there was anything to take back. Raises `NotFound`."""
    custody_holder(work, person, child_id)
    back = update(AssessmentRequest).where(*_own_open(person, child_id))
    done = change(work.session, back.values(state=RequestState.TAKEN_BACK.value, changed_at=work.now)) > 0
    if done:
        audit.record(work, "assessment.taken_back", [child_id, person], about=("child", child_id))
    return done


def asked_at_house(work: Work) -> frozenset[UUID]:
    """The children of this pedagogue's houses for whom a parent waits for an assessment."""
    if PEDAGOGUE not in work.actor.roles:
        return frozenset()
    here = children_at(work.session, work.actor.institutions, work.today)
    waiting = AssessmentRequest.state == RequestState.OPEN.value
    asked = select(AssessmentRequest.child_id).where(waiting, AssessmentRequest.child_id.in_(here))
    return frozenset(work.session.scalars(asked))


def _own_open(person: UUID, child_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        AssessmentRequest.child_id == child_id,
        AssessmentRequest.person_id == person,
        AssessmentRequest.state.in_(REQUEST.origins(RequestState.TAKEN_BACK)),
    )
