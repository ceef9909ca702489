"""Who a provider's answer is: the parent of the register, a newcomer, or a member of the staff."""

from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from parentsite.foundation import audit
from parentsite.foundation.database import change, new_id
from parentsite.foundation.i18n import DANISH, LANGUAGES
from parentsite.foundation.sealed import seal
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.loading import cpr_hash
from parentsite.people.models import CPR, Identity, Person, StaffMember
from parentsite.people.signin import adapter


def parent_for(work: Work, who: adapter.Identity) -> Actor:
    """The signed-in parent: found by CPR first (a broker may change its own ids), else by the id, else a newcomer.

    A newcomer has no children until the register knows them or they are declared.
    """
    session = work.session
    hashed = cpr_hash(session, who.cpr) if who.cpr else None
    found = _known(session, who, hashed) or _newcomer(work, who, hashed)
    _remember(work, who, found, hashed)
    actor = Actor(ActorKind.PARENT, found)
    audit.record(Work(session, work.now, actor), "parent.signed_in", [found])
    return actor


def staff_for(work: Work, who: adapter.Identity) -> Actor:
    """The signed-in member of staff, with the roles that the town's login gives today."""
    session = work.session
    found = _colleague(session, who) or _new_colleague(work, who)
    found.name = f"{who.given_name} {who.family_name}".strip()
    found.email = who.email
    found.seen_on = work.today
    session.flush()
    actor = Actor(ActorKind.STAFF, found.id, who.roles, who.scopes.get("institution", frozenset()))
    audit.record(Work(session, work.now, actor), "staff.signed_in", [])
    return actor


def _known(session: Session, who: adapter.Identity, hashed: str | None) -> UUID | None:
    """The person of this number; else of this id, unless that one has another number: then the id is somebody else's
    by now.
    """
    if hashed is not None:
        found = session.scalars(select(Person.id).where(Person.cpr_hash == hashed)).one_or_none()
        if found is not None:
            return found
    by_id = select(Identity.person_id).where(Identity.issuer == who.issuer, Identity.subject == who.subject)
    if hashed is not None:
        by_id = by_id.join(Person, Person.id == Identity.person_id).where(Person.cpr_hash.is_(None))
    return session.scalars(by_id).one_or_none()


def _newcomer(work: Work, who: adapter.Identity, hashed: str | None) -> UUID:
    """A new person; or the one whom the same newcomer's other sign-in makes at this moment: two tabs, one person."""
    made = new_id()
    try:
        with work.session.begin_nested():
            row = {"id": made, "language": _language_of(who.return_to), "cpr_hash": hashed}
            names = {"given_name": who.given_name, "family_name": who.family_name}
            number = {"cpr": seal(work.session, who.cpr, CPR) if who.cpr else None}
            work.session.execute(insert(Person).values(**row, **names, **number))
            if hashed is None:
                identity = {"issuer": who.issuer, "subject": who.subject, "person_id": made}
                work.session.execute(insert(Identity).values(**identity))
    except IntegrityError:
        found = _known(work.session, who, hashed)
        if found is None:
            raise
        return found
    return made


def _colleague(session: Session, who: adapter.Identity) -> StaffMember | None:
    asked = select(StaffMember).where(StaffMember.issuer == who.issuer, StaffMember.subject == who.subject)
    return session.scalars(asked).one_or_none()


def _new_colleague(work: Work, who: adapter.Identity) -> StaffMember:
    """As with newcomers: two sign-ins at once are one colleague."""
    made = StaffMember(id=new_id(), issuer=who.issuer, subject=who.subject, name="", seen_on=work.today)
    try:
        with work.session.begin_nested():
            work.session.add(made)
    except IntegrityError:
        found = _colleague(work.session, who)
        if found is None:
            raise
        return found
    return made


def _language_of(path: str | None) -> str:
    """The language of the page that a newcomer was on the way to: letters are written in it."""
    parts = (path or "").split("/")
    return next((part for part in parts[1:3] if part in LANGUAGES), DANISH.code)


def _remember(work: Work, who: adapter.Identity, person: UUID, hashed: str | None) -> None:
    """By the id, and by the number once it is told."""
    if who.cpr:
        number = {"cpr_hash": hashed, "cpr": seal(work.session, who.cpr, CPR)}
        change(work.session, update(Person).where(Person.id == person, Person.cpr_hash.is_(None)).values(number))
    upsert = (sqlite if work.session.get_bind().dialect.name == "sqlite" else postgresql).insert
    statement = upsert(Identity).values(issuer=who.issuer, subject=who.subject, person_id=person)
    work.session.execute(
        statement.on_conflict_do_update(index_elements=["issuer", "subject"], set_={"person_id": person})
    )
