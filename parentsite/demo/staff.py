"""The demo's staff are known before they first sign in, so that there is somebody whose work can be shown."""

from uuid import UUID

from sqlalchemy import select

from parentsite.demo.accounts import subject_of
from parentsite.foundation.database import new_id
from parentsite.foundation.work import Work
from parentsite.people.models import StaffMember
from parentsite.people.register import Somebody


def known(work: Work, member: Somebody, issuer: str) -> UUID:
    """The id of a member of the staff, who is made known if need be."""
    subject, name = subject_of(member.key), f"{member.given_name} {member.family_name}"
    found = work.session.scalars(
        select(StaffMember.id).where(StaffMember.issuer == issuer, StaffMember.subject == subject)
    ).one_or_none()
    if found is None:
        found = new_id()
        work.session.add(StaffMember(id=found, issuer=issuer, subject=subject, name=name, seen_on=work.today))
        work.session.flush()
    return found
