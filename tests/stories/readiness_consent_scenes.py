"""The pages of consents at school start, on the site and on paper, with answers of every kind."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete

from parentsite.consent.rules import Answer
from parentsite.consent.service.recording import Signed
from parentsite.foundation.database import new_id
from parentsite.foundation.files import cleaned
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import Attendance, RelationKind
from parentsite.readiness.service import allowing
from parentsite.readiness.service.allowing import Switch
from parentsite.readiness.service.facts import Office
from parentsite.readiness.service.papers import record
from tests import builders
from tests.foundation.test_files import PDF
from tests.readiness.scene import BORN, DISTRICT, HOUSE, OTHER_SCHOOL, Scene, pedagogue, published
from tests.readiness.test_service_receiving import READING, TALKING, say
from tests.stories.kinds import LONG_NAME, SEND, desk, mit

CONSENTED, UNANSWERED = "skolestart/{consented}", "skolestart/{unanswered}"
PAPER = CONSENTED + "/papir"
CONSENTS = (
    mit("consents", "readiness.consents", f"{CONSENTED}/samtykke", "consenting"),
    mit("consents-new", "readiness.consents", f"{UNANSWERED}/samtykke", "consenting"),
    mit("consents-mine", "mine.front", "", "consenting"),
    mit("receipts", "readiness.receipts", f"{CONSENTED}/kvitteringer", "consenting"),
    mit("receipts-none", "readiness.receipts", f"{UNANSWERED}/kvitteringer", "consenting"),
)
CONSENTS_DESK = (
    desk("paper", "readiness_desk.paper", PAPER, "house"),
    desk("paper-of", "readiness_desk.paper_of", PAPER + "/{on_paper}", "house"),
    desk("paper-form", "readiness_desk.paper_form_to_sign", PAPER + "/{on_paper}/blanket/ar", "house"),
    desk("paper-of-refused", "readiness_desk.paper_of", PAPER + "/{on_paper}", "house", press=SEND, status=422),
)


def consenting(work: Work) -> tuple[Actor, Mapping[str, UUID]]:
    """A parent who has answered about one child, also about a former school, and not about another."""
    parent, other = builders.person(work), builders.person(work, given_name="Bo", family_name=LONG_NAME)
    staff = builders.clerk(work, name="Peter Stald")
    answered, unanswered = (builders.child(work, born=BORN, name=name, district=DISTRICT) for name in (LONG_NAME, "Bo"))
    builders.lives_with(work, parent, answered, unanswered)
    builders.relate(work, other, answered, RelationKind.CUSTODY)
    former = Switch(READING.kind, READING.allowed, Office(READING.office.kind, OTHER_SCHOOL))
    builders.attends(work, answered, OTHER_SCHOOL, since=work.today, until=None)
    of = Scene(answered, (parent, other), staff)
    say(work, of, parent, switch=former)
    _leaves(work, answered)
    for one in (answered, unanswered):
        builders.attends(work, one, HOUSE)
        published(work, Scene(one, (parent,), staff))
    for said in (Answer.YES, Answer.NO, Answer.YES):
        say(work, of, parent, said=said)
    say(work, of, parent, switch=TALKING, said=Answer.NO)
    mine = pedagogue(work, of)
    record(mine, new_id(), answered, Signed(other, "ar", work.today, {READING.key: Answer.YES}, cleaned(PDF)))
    assert allowing.sheet_of(replace(work, actor=mine.actor), parent, answered).elsewhere
    return Actor(ActorKind.PARENT, parent), {"consented": answered, "unanswered": unanswered, "on_paper": other}


def house(work: Work) -> tuple[Actor, Mapping[str, UUID]]:
    """Somebody of the daycare."""
    member = builders.clerk(work, name="Lone Hus")
    return Actor(ActorKind.STAFF, member, frozenset({"pedagogue"}), frozenset({HOUSE})), {}


def _leaves(work: Work, child: UUID) -> None:
    work.session.execute(delete(Attendance).where(Attendance.child_id == child))
