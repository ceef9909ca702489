"""What helps a visit in one adult's home: told once, sealed, shown to that adult and to the health visitors alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypedDict
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns
from parentsite.foundation.sealed import seal, unseal
from parentsite.foundation.work import Work
from parentsite.visits.models.families import AT_HOME, DOOR_CODE, INTERPRETER, VisitHome


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


_HOMES = select(VisitHome.person_id, VisitHome.interpreter, VisitHome.door_code, VisitHome.at_home).where(
    VisitHome.person_id.in_(bindparam("persons", expanding=True))
)


def home_of(work: Work, person: UUID) -> Home:
    """What this adult has told of the own home; whoever asks for another's is the desk."""
    return homes_of(work, [person]).get(person, Home())


def homes_of(work: Work, persons: Collection[UUID]) -> Mapping[UUID, Home]:
    """The same of many adults; who has told nothing is not among them. One statement."""
    return {row.person_id: _unsealed(work, row) for row in columns(work.session, _HOMES, {"persons": list(persons)})}


def in_one_home(told: Sequence[Home]) -> Home:
    """What adults who live together have told of their home: to each question the first answer."""
    answers = ([getattr(one, field.name) for one in told] for field in fields(Home))
    return Home(*(next(filter(None, given), None) for given in answers))


def _unsealed(work: Work, row: Any) -> Home:
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
