"""What helps a visit in one adult's home: told once, sealed, shown to that adult and to the health visitors alone."""

from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns
from parentsite.foundation.sealed import seal, unseal
from parentsite.foundation.work import Work
from parentsite.visits.models import AT_HOME, DOOR_CODE, INTERPRETER, VisitHome


@dataclass(frozen=True)
class Home:
    """`interpreter` is the language one is needed in; what was not told is none."""

    interpreter: str | None = None
    door_code: str | None = None
    at_home: str | None = None


class _Sealed(TypedDict):
    interpreter: bytes | None
    door_code: bytes | None
    at_home: bytes | None


_HOME = select(VisitHome.interpreter, VisitHome.door_code, VisitHome.at_home).where(
    VisitHome.person_id == bindparam("person")
)


def home_of(work: Work, person: UUID) -> Home:
    """What this adult has told of the own home; whoever asks for another's is the desk."""
    row = columns(work.session, _HOME, {"person": person}).one_or_none()
    if row is None:
        return Home()
    told = ((row.interpreter, INTERPRETER), (row.door_code, DOOR_CODE), (row.at_home, AT_HOME))
    return Home(*(unseal(work.session, blob, context) if blob else None for blob, context in told))


def save_home(work: Work, person: UUID, home: Home) -> None:
    """Keep it in place of what was told before; an empty answer takes the old one away."""
    sealed = _Sealed(
        interpreter=_seal(work, home.interpreter, INTERPRETER),
        door_code=_seal(work, home.door_code, DOOR_CODE),
        at_home=_seal(work, home.at_home, AT_HOME),
    )
    replace = update(VisitHome).where(VisitHome.person_id == person).values(**sealed, told_on=work.today)
    if not change(work.session, replace):
        try:
            with work.session.begin_nested():
                work.session.execute(insert(VisitHome).values(person_id=person, **sealed, told_on=work.today))
        except IntegrityError:
            change(work.session, replace)
    audit.record(work, "visit.home_told", [person], about=("person", person))


def _seal(work: Work, told: str | None, context: str) -> bytes | None:
    return seal(work.session, told.strip(), context) if told and told.strip() else None
