"""How a parent can be reached, and in which language letters are written."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select, update

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns
from parentsite.foundation.work import Work
from parentsite.people.models import Person


@dataclass(frozen=True)
class Contact:
    """An adult's own contact details; `language` is a language code of the site."""

    email: str | None
    phone: str | None
    language: str


_CONTACT = select(Person.email, Person.phone, Person.language).where(Person.id == bindparam("person"))


def contact_of(work: Work, person: UUID) -> Contact:
    """The details that letters go by."""
    row = columns(work.session, _CONTACT, {"person": person}).one()
    return Contact(row.email, row.phone, row.language)


def save_contact(work: Work, person: UUID, contact: Contact) -> None:
    """Keep what the parent has written; the people register does not overwrite it."""
    values = {"email": contact.email, "phone": contact.phone, "language": contact.language}
    change(work.session, update(Person).where(Person.id == person).values(**values))
    audit.record(work, "person.contact_saved", [person], about=("person", person))
