"""How the journey takes part: parents' letters, the teams' queue, what waits for whom, and what the worker closes."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from parentsite.contact import letters
from parentsite.contact.desk import answering
from parentsite.contact.desk.blueprint import desk
from parentsite.contact.desk.queue import queue
from parentsite.contact.service import acts, chores, own, references
from parentsite.contact.service.readings import OFFICES, READINGS
from parentsite.contact.views import beginning, reading
from parentsite.contact.views.blueprint import mit
from parentsite.foundation.i18n import N_
from parentsite.foundation.journey import Errand, Journey, Spot, Way
from parentsite.foundation.work import Work

PAGES = (reading, beginning, answering)
"""Named, because each hangs its views on the blueprint when it is imported."""

WAYS = {
    Spot.MY_MENU: [Way("contact.front", N_("Letters (beskeder)"))],
    Spot.DESK_MENU: [Way("contact_desk.letters", N_("Letters from parents"), role=role) for role in OFFICES],
}


def errands(work: Work, person: UUID, children: Sequence[Any]) -> list[Errand]:
    """Each letter with something that this parent has not read."""
    return [Errand("contact/_errand_news.html", {"letter": one}) for one in own.news_for(work, person, children)]


JOURNEY = Journey(
    name="contact",
    blueprints={"mit": [mit], "desk": [desk]},
    ways=WAYS,
    letters=letters.LETTERS,
    errands=errands,
    queue=queue,
    readings=READINGS,
    acts=acts.ACTS,
    chores={"close quiet letters": chores.close_quiet, "forget old letters": chores.forget_old},
    in_use=references.codes_in_use,
)
