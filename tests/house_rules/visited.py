"""A district with a health visitor, and groups, in every state that their desks can show."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from sqlalchemy import select

from parentsite.consent.rules import Answer
from parentsite.consent.service.recording import Signed
from parentsite.foundation.database import new_id
from parentsite.foundation.files import cleaned
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.groups.service import reaching, staffing
from parentsite.groups.service.joining import join
from parentsite.visits.models.team import VisitHours, VisitSlot
from parentsite.visits.rules.slots import Shift
from parentsite.visits.service import asking, contacts, papers, planning, start_talks, visiting
from parentsite.visits.service.reading import ROLE
from parentsite.visits.service.team import week_plan
from tests import builders
from tests.foundation.test_files import PDF
from tests.groups.scene import family, group, meeting

DISTRICT, LAST_DAYS = "baltorp", date(2026, 4, 1)


def home_visits(work: Work) -> Mapping[str, object]:
    """A visit that has begun, one ahead, one that must be moved, a request, days off, two newborn; ids by name."""
    before = replace(work, now=work.now - timedelta(days=2))
    visitor = builders.clerk(work, name="Hanne Sund")
    hours = [Shift(DISTRICT, day, time(8), time(13), date(2026, 1, 1), LAST_DAYS) for day in range(1, 6)]
    planning.save_hours(before, visitor, hours)
    families = [builders.family(work, born=work.today - timedelta(days=120), district=DISTRICT) for _ in range(3)]
    slots = _free(work, visitor)
    begun, ahead, displaced = (slots[number] for number in (0, -20, -1))
    made = [
        visiting.propose(when, one.child, one.parent, "2-maaneder", slot)
        for when, one, slot in zip((before, work, work), families, (begun, ahead, displaced), strict=True)
    ]
    planning.be_away(work, visitor, date(2026, 2, 24), date(2026, 2, 24))
    last = LAST_DAYS - timedelta(days=1)
    planning.be_away(work, visitor, last, last)
    silent, called = (builders.family(work, born=work.today - timedelta(days=20), district=DISTRICT) for _ in range(2))
    contacts.note(work, called.child, visitor)
    baby = families[1]
    asked = asking.ask_for_extra(work, baby.parent, baby.child, "Se notatet.")
    talk = start_talks.ask(work, baby.parent, baby.child, "globen")
    signed = Signed(baby.parent, "da", date(2026, 2, 9), {"house-globen": Answer.NO}, cleaned(PDF))
    papers.record(replace(work, actor=Actor(ActorKind.STAFF, visitor, frozenset({ROLE}))), new_id(), baby.child, signed)
    shift = work.session.scalars(select(VisitHours.id).where(VisitHours.visitor_id == visitor)).first()
    return {
        "visitor": visitor,
        "begun": made[0],
        "ahead": made[1],
        "displaced": made[2],
        "baby": baby.child,
        "host": baby.parent,
        "signed_about": baby.child,
        "signed_by": baby.parent,
        "silent": silent.child,
        "called": called.child,
        "request": asked,
        "talk": talk,
        "shift": shift,
        "absence": week_plan(work, visitor, visitor).absences[0].id,
        "free": _free(work, visitor)[8],
    }


def _free(work: Work, visitor: UUID) -> list[UUID]:
    open_ones = select(VisitSlot.id).where(VisitSlot.visitor_id == visitor, VisitSlot.state == "open")
    return list(work.session.scalars(open_ones.order_by(VisitSlot.starts_at)))


def groups_to_run(work: Work) -> Mapping[str, object]:
    """A full group with a meeting, a message, a line and a place that is offered; one that is empty, one that is
    closed; ids by name.
    """
    busy, empty, closed = group(work, capacity=1), group(work, district=None), group(work)
    families = [family(work, name) for name in ("Mette", "Sara", "Line")]
    members = [join(work, one.parent, one.child, busy).member_id for one in families]
    staffing.resize(work, busy, 2)
    family(work, "Nadia")
    staffing.close(work, closed)
    reaching.write_to_members(work, new_id(), busy, "Vi mødes i salen.")
    return {
        "busy": busy,
        "empty": empty,
        "closed": closed,
        "planned": meeting(work, busy),
        "seated": members[0],
        "first_parent": families[0].parent,
        "first_child": families[0].child,
        "parents": [one.parent for one in families],
        "children": [one.child for one in families],
        "once": new_id(),
    }
