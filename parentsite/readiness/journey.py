"""How the journey takes part: pages of parents, of the daycare and of those who receive; what waits for whom."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from parentsite.consent.service.forgetting import forget_over
from parentsite.foundation.i18n import N_
from parentsite.foundation.journey import Errand, Hit, Journey, Search, Spot, Stop, Way
from parentsite.foundation.work import Work
from parentsite.people.attendance import children_at
from parentsite.people.finding import children_like
from parentsite.readiness import letters, stops
from parentsite.readiness.desk import answering, paper, publishing, pupils, received, received_pdf, writing
from parentsite.readiness.desk.blueprint import desk
from parentsite.readiness.desk.queue import queue
from parentsite.readiness.public import public
from parentsite.readiness.rules.vocabulary import DocumentKind
from parentsite.readiness.service import acts, forgetting, lapsing, newcomers, references, reminding
from parentsite.readiness.service.facts import PEDAGOGUE, ROLES
from parentsite.readiness.service.overview import Reach, is_asked_about, near_school, newest_of, reach_of
from parentsite.readiness.service.readings import FOUND, READINGS, Purpose
from parentsite.readiness.views import child, consents, document, own_words, pdf, receipts
from parentsite.readiness.views.blueprint import mit

PARENTS = (child, document, own_words, pdf, consents, receipts)
STAFF = (pupils, writing, publishing, answering, paper, received, received_pdf)
"""Named, because each hangs its views on the blueprint when it is imported."""

NEWS = timedelta(days=60)
"""So long a version stands on "my page" as something new: nobody is asked whether it has been read."""

WAYS = {
    Spot.MENU: [Way("readiness_public.guide", N_("School start"))],
    Spot.MY_MENU: [Way("readiness.front", N_("School start"))],
    Spot.FRONT: [
        Way(
            "readiness_public.guide",
            N_("Before school"),
            N_("What the daycare writes about your child, and who may read it."),
        )
    ],
    Spot.DESK_MENU: [
        Way("readiness_desk.pupils", N_("School start"), role=PEDAGOGUE),
        *(Way("readiness_desk.received", N_("Documents you may read"), role=role) for role in ROLES),
    ],
}


def errands(work: Work, person: UUID, children: Sequence[Any]) -> list[Errand | Stop]:
    """What was published lately; until school has begun well, the questions without an answer; beside each child near
    school the way to its page, and on its own way there that the description is written.
    """
    near = {one.id: one for one in near_school(work, children) if reach_of(one.sight) is Reach.READS}
    newest = newest_of(work, near)
    found: list[Errand | Stop] = [
        Errand("readiness/_errand_document.html", {"child": near[of], "published": one}, waits=False)
        for of, documents in newest.items()
        for one in documents.values()
        if work.now < one.published_at + NEWS
    ]
    asked = [(of, kind) for of, each in newest.items() if is_asked_about(work, near[of]) for kind in each]
    waiting = reminding.unanswered_among(work, person, asked)
    found += [Errand("readiness/_errand_consent.html", {"child": near[of]}) for of in sorted({of for of, _ in waiting})]
    found += [
        stops.happened(work, near[of], documents[DocumentKind.DESCRIPTION])
        for of, documents in newest.items()
        if DocumentKind.DESCRIPTION in documents
    ]
    return found + [Errand("readiness/_child.html", {"child": one}, child=one.id) for one in near.values()]


def find(work: Work, words: str) -> list[Hit]:
    """The children of this name who go to the pedagogue's own houses today."""
    here = children_at(work.session, work.actor.institutions, work.today)
    found = children_like(work.session, words, among=here)
    return [
        Hit("readiness/desk/_hit.html", {"child": one}, "readiness_desk.pupil", {"child": one.id}, ((one.id, one.id),))
        for one in found
    ]


JOURNEY = Journey(
    name="readiness",
    blueprints={"public": [public], "mit": [mit], "desk": [desk]},
    ways=WAYS,
    letters=letters.LETTERS,
    errands=errands,
    stops=stops.by_rule,
    queue=queue,
    searches=[Search(PEDAGOGUE, FOUND, Purpose.SCHOOL_START, find)],
    readings=READINGS,
    acts=acts.ACTS,
    chores={
        "remind of consents": reminding.remind,
        "ask new custody holders": newcomers.ask,
        "close what nobody can answer": lapsing.lapse,
        "forget documents": forgetting.forget_documents,
        "forget requests": forgetting.forget_requests,
        "forget what proves no consent any more": forget_over,
    },
    in_use=references.codes_in_use,
)
