"""The power goes in the middle of a verb: the database holds nothing of it or all of it, and it can be done again."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from parentsite.foundation.audit import AuditEntry
from parentsite.foundation.database import Database
from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.work import SYSTEM, Work
from parentsite.places.rules.vocabulary import AgeGroup
from parentsite.places.service import answers, cases, drafts
from parentsite.places.service.errors import VacancyGone
from parentsite.places.service.line import line_of
from tests import builders
from tests.databases import MOMENT
from tests.dying import killed_until_it_is_done, rows_of
from tests.places.dying import VERBS, do
from tests.places.racing import sound

LEAVES = {
    "send": ({"application.sent"}, {"places/application_received"}),
    "offer": ({"offer.made"}, {"places/offer_made"}),
    "say yes": ({"offer.accepted"}, {"places/offer_accepted"}),
    "say no": ({"offer.declined"}, {"places/offer_declined"}),
    "withdraw": ({"application.withdrawn", "offer.declined"}, {"places/application_withdrawn"}),
}
"""By verb: what the audit then tells, and which letters wait."""
FEWEST_MOMENTS = 12


@pytest.mark.parametrize("verb", VERBS)
def test_killed_at_any_moment_it_is_nothing_or_all(database: Database, verb: str) -> None:
    with database.write() as session:
        arguments = prepare(Work(session, MOMENT, SYSTEM), verb)
    moment, before, after = killed_until_it_is_done(database, do, verb, *arguments)
    assert moment >= FEWEST_MOMENTS
    sound(database)
    assert _added(before, after, AuditEntry, "action") == Counter(LEAVES[verb][0])
    assert _added(before, after, OutboxLetter, "name") == Counter(LEAVES[verb][1])
    _press_again(database, verb, arguments)
    assert rows_of(database) == after


def prepare(work: Work, verb: str) -> tuple[UUID, UUID, Any]:
    """A case in which the verb comes next; the arguments it needs."""
    family = builders.family(work)
    houses = builders.houses(work)[:3]
    if verb == "send":
        draft = builders.draft(work, family, wishes=houses)
        return family.parent, draft, drafts.read(work, family.parent, draft).revision
    application = builders.sent(work, family, wishes=houses)
    if verb == "offer":
        wish = line_of(work.session, houses[0], AgeGroup.NURSERY)[0].wish_id
        return family.parent, builders.vacancy(work, houses[0]), wish
    offer = builders.offer(work, application)
    if verb == "withdraw":
        return family.parent, application, cases.case_for(work, family.parent, application).revision
    return family.parent, offer, answers.offer_for(work, family.parent, offer).wishes[0][0]


def _press_again(database: Database, verb: str, arguments: tuple[UUID, UUID, Any]) -> None:
    """Who saw no answer presses again: it is the same, or they are told that it is done."""
    if verb == "offer":
        with pytest.raises(VacancyGone):
            do(database, verb, *arguments)
    else:
        do(database, verb, *arguments)


def _added(before: dict[str, Any], after: dict[str, Any], model: Any, column: str) -> Counter[str]:
    name, index = model.__tablename__, list(model.__table__.columns.keys()).index(column)
    return Counter(row[index] for row in after[name] if row not in before[name])
