"""How the journey takes part: its blueprints, what waits for a parent's answer, the office's queue, chores and
letters.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

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
    Unit,
    Way,
)
from parentsite.foundation.work import Work
from parentsite.places import stops
from parentsite.places.desk import desk
from parentsite.places.letters import LETTERS
from parentsite.places.public import public
from parentsite.places.rules.vocabulary import ApplicationState, Purpose
from parentsite.places.service import (
    acts,
    answers,
    birth,
    drafts,
    figures,
    lists,
    overview,
    placements,
    reading,
    references,
    searching,
)
from parentsite.places.views import case, offer, steps, wishes
from parentsite.places.views.blueprint import mit

PAGES = (steps, wishes, case, offer)
"""Named, because each hangs its views on the blueprint when it is imported."""


NEW = "places/desk/_new_applications.html"
WAYS = {
    Spot.MENU: [
        Way("places_public.guide", N_("Daycare place")),
        Way("places_public.houses", N_("Houses")),
    ],
    Spot.MY_MENU: [Way("places.front", N_("My applications"))],
    Spot.DESK_MENU: [
        Way("places_desk.applications", N_("Applications"), role=reading.ROLE),
        Way("places_desk.houses", N_("Houses and lists"), role=reading.ROLE),
    ],
    Spot.HERO: [Way("places.front", N_("Apply for a place in daycare"))],
    Spot.FRONT: [
        Way(
            "places_public.guide",
            N_("See when your child has a right to a place"),
            N_("Type a birth date and get the dates."),
        ),
        Way(
            "places_public.houses",
            N_("Find a children's house"),
            N_("See where they are and what we know about them."),
        ),
    ],
}


def errands(work: Work, person: UUID, children: Sequence[Any]) -> list[Errand | Stop]:
    """Offers to answer and applications begun but not sent; those that stand in line or led to a place; and beside each
    child the way to what there is, and on its own way to school what has come of its cases.
    """
    lines = overview.cases_of(work, person, children)
    found: list[Errand | Stop] = []
    for one in lines:
        if one.open_offer_id is not None:
            found.append(Errand("places/_errand_offer.html", {"case": one}, one.answer_by))
        elif one.state is ApplicationState.DRAFT:
            found.append(Errand("places/_errand_draft.html", {"case": one}, one.delete_on))
        elif one.matters:
            found.append(Errand("places/_ongoing.html", {"case": one}, waits=False))
    for child in children:
        of_child = [one for one in lines if one.child is child]
        found += [_beside(work, child, of_child), *stops.happened(work, child, of_child)]
    return found


def _beside(work: Work, child: Any, of_child: Sequence[overview.CaseLine]) -> Errand:
    """A child's own ways: to its draft and its cases, and to a new application for what it does not stand for yet."""
    groups = overview.groups_open(work, child, of_child)
    shown = [one for one in of_child if one.state is ApplicationState.DRAFT or one.matters]
    return Errand("places/_child.html", {"child": child, "cases": shown, "groups": groups}, child=child.id)


def queue(work: Work) -> list[QueueItem]:
    """New applications that the office has not read."""
    waiting = lists.counts(work)[ApplicationState.SENT]
    return [QueueItem(reading.ROLE, NEW, "places_desk.applications", {"count": waiting})] if waiting else []


def find(work: Work, words: str) -> list[Hit]:
    """The office's cases of this number, name or personal number."""
    page, found = "places_desk.case", searching.cases_like(work, words)
    own = {one.id: ((one.child_id, one.child_id),) for one in found}
    return [Hit("places/desk/_hit.html", {"case": one}, page, {"application": one.id}, own[one.id]) for one in found]


def count(work: Work) -> list[Figures]:
    """How the office's work stands."""
    now = figures.standing(work)
    rows = [
        Figure(N_("Applications that nobody has read"), now.unread),
        Figure(N_("Applications that wait"), now.waiting),
        Figure(N_("Offers without an answer"), now.unanswered),
        Figure(N_("Half have waited so long, or less"), now.median_days, Unit.DAYS),
        Figure(N_("Nine of ten have waited so long, or less"), now.most_days, Unit.DAYS),
    ]
    return [Figures(reading.ROLE, N_("Places"), rows)]


JOURNEY = Journey(
    name="places",
    blueprints={"public": [public], "mit": [mit], "desk": [desk]},
    ways=WAYS,
    letters=LETTERS,
    errands=errands,
    stops=stops.by_rule,
    queue=queue,
    figures=count,
    counting=frozenset({reading.ROLE}),
    searches=[Search(reading.ROLE, reading.FOUND, Purpose.CASEWORK, find)],
    readings=reading.READINGS,
    acts=acts.ACTS,
    chores={
        "expire offers": answers.expire_due,
        "begin and end places": placements.run_due,
        "forget old drafts": drafts.forget_old,
    },
    in_use=references.codes_in_use,
    town_changed=birth.count_anew,
)
