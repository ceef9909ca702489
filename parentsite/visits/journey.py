"""How the journey takes part: pages of parents and of the health visitors, what waits for whom, chores, letters."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from parentsite.foundation.calendar import CalendarEntry
from parentsite.foundation.clock import local_date
from parentsite.foundation.i18n import N_
from parentsite.foundation.journey import (
    Errand,
    Figure,
    Figures,
    Hit,
    Journey,
    QueueItem,
    Search,
    Spot,
    Stop,
    Way,
)
from parentsite.foundation.web.language import gettext
from parentsite.foundation.work import Work
from parentsite.people.finding import children_like
from parentsite.people.visibility import Facet
from parentsite.visits import letters, stops
from parentsite.visits.desk import days, families, papers, start_talks, team
from parentsite.visits.desk import letters as desk_letters
from parentsite.visits.desk.blueprint import desk
from parentsite.visits.public import public
from parentsite.visits.rules.appointments import VisitState
from parentsite.visits.rules.requests import is_at_school
from parentsite.visits.service import acts, contacts, entry, keeping, planning, references, talk_list, waiting
from parentsite.visits.service.plans import Appointment, Plan, plans_of
from parentsite.visits.service.reading import FOUND, READINGS, ROLE, Purpose
from parentsite.visits.views import appointment, asking, plan, receipts, start_talk, times
from parentsite.visits.views.blueprint import mit

PAGES = (plan, times, appointment, asking, start_talk, receipts, days, families, start_talks, papers, team)
"""Named, because each hangs its views on the blueprint when it is imported."""

MOVING, WAITING, TALKS = (f"visits/desk/_{name}.html" for name in ("moving", "waiting", "talks_waiting"))
WAYS = {
    Spot.MENU: [Way("visits_public.guide", N_("Health visitor"))],
    Spot.MY_MENU: [Way("visits.front", N_("Home visits"))],
    Spot.FRONT: [
        Way(
            "visits_public.guide",
            N_("See when the health visitor (sundhedsplejersken) comes"),
            N_("Six visits in your home, and what each is for."),
        )
    ],
    Spot.DESK_MENU: [
        Way("visits_desk.day", N_("Your visits"), role=ROLE),
        Way("visits_desk.families", N_("Families who wait"), role=ROLE),
        Way("visits_desk.start_talks", N_("Start talks"), role=ROLE),
        Way("visits_desk.colleagues", N_("Working hours"), role=ROLE),
    ],
}


def errands(work: Work, person: UUID, children: Sequence[Any]) -> list[Errand | Stop]:
    """Times to say yes to, to move or to choose; what is agreed; beside each child the way to its visits, and on its
    own way to school what has come of them.
    """
    seen = [child for child in children if child.sight.sees(Facet.TIME)]
    young = [child for child in seen if not is_at_school(child.birth_date, work.today)]
    found: list[Errand | Stop] = []
    for each in plans_of(work, person, seen) if seen else ():
        live = [one for one in _appointments(each) if one.is_live and one.starts_at > work.now]
        found += [_errand(each, one) for one in live]
        found += [
            Errand("visits/_errand_offer.html", {"child": each.child, "offer": offer}, offer.window.last)
            for offer in each.visits
            if each.child.sight.may_apply and offer.appointment is None and offer.window.is_open(work.today)
        ]
        found += stops.happened(work, each)
    return found + [Errand("visits/_child.html", {"child": child.id}, child=child.id) for child in young]


def calendar(work: Work, person: UUID, children: Sequence[Any]) -> list[CalendarEntry]:
    """The parent's appointments, each as its own file has it."""
    return entry.entries_of(work, person, children, gettext("Appointment"), gettext("In your home"))


def _appointments(plan: Plan) -> list[Appointment]:
    found = [*(offer.appointment for offer in plan.visits), plan.extra]
    return [one for one in found if one is not None]


def _errand(plan: Plan, one: Appointment) -> Errand:
    waits = one.may_act and (one.must_move or one.state is VisitState.PROPOSED)
    facts = {"child": plan.child, "one": one}
    return Errand("visits/_errand_visit.html", facts, local_date(one.starts_at), waits=waits)


def queue(work: Work) -> list[QueueItem]:
    """Families to be moved or answered, each until its day, and start talks to be arranged."""
    waits = (
        (MOVING, "visits_desk.families", waiting.to_be_moved(work)),
        (WAITING, "visits_desk.families", waiting.to_be_answered(work)),
        (TALKS, "visits_desk.start_talks", waiting.Waits(talk_list.how_many_asked(work), None)),
    )
    return [
        QueueItem(ROLE, template, page, {"count": one.count}, one.first) for template, page, one in waits if one.count
    ]


def find(work: Work, words: str) -> list[Hit]:
    """The families whose child is called so, until it goes to school."""
    young = [one for one in children_like(work.session, words) if not is_at_school(one.born, work.today)]
    return [
        Hit("visits/desk/_hit.html", {"child": one}, "visits_desk.family", {"child": one.id}, ((one.id, one.id),))
        for one in young
    ]


def count(work: Work) -> list[Figures]:
    """How the health visitors' work stands."""
    rows = [
        Figure(N_("Families nobody has been in touch with"), contacts.how_many_not_contacted(work)),
        Figure(N_("Families who wait for an answer"), waiting.to_be_answered(work).count),
        Figure(N_("Home visits that must be moved"), waiting.to_be_moved(work).count),
        Figure(N_("Start talks to be arranged"), talk_list.how_many_asked(work)),
    ]
    return [Figures(ROLE, N_("Home visits"), rows)]


JOURNEY = Journey(
    name="visits",
    blueprints={"public": [public], "mit": [mit], "desk": [desk]},
    ways=WAYS,
    letters={**letters.LETTERS, **desk_letters.LETTERS},
    errands=errands,
    stops=stops.by_rule,
    calendar=calendar,
    queue=queue,
    figures=count,
    counting=frozenset({ROLE}),
    searches=[Search(ROLE, FOUND, Purpose.VISITS, find)],
    readings=READINGS,
    acts=acts.ACTS,
    chores={
        "lay times ahead": planning.lay_all,
        "remind of tomorrow": keeping.remind,
        "forget what is old": keeping.forget_old,
    },
    in_use=references.codes_in_use,
)
