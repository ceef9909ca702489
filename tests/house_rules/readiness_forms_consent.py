"""The forms of consents at school start, on the site and on paper, and a child about whom they can be sent."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import update

from parentsite.consent.rules import Answer
from parentsite.consent.service.recording import Signed
from parentsite.foundation.database import new_id
from parentsite.foundation.files import cleaned
from parentsite.foundation.work import Work
from parentsite.people.models import Child, RelationKind
from parentsite.readiness.service.papers import record
from tests import builders
from tests.foundation.test_files import PDF
from tests.house_rules.form import Form
from tests.readiness.scene import BORN, DISTRICT, HOUSE, Scene, pedagogue, published, scene
from tests.readiness.test_service_receiving import READING, TALKING, say

SIGNED_ON = date(2026, 2, 10)
CONSENTS = "/mit/da/skolestart/{consented}/samtykke"
READINESS_CONSENTS = {
    "readiness.consents": Form(CONSENTS, {"switch": TALKING.key, "answer": "yes"}, frozenset({"switch", "answer"})),
    "readiness.take_back": Form(f"{CONSENTS}/tilbage", {"switch": READING.key}, refusals={"switch": 303}, at=CONSENTS),
    "readiness.take_all_back": Form("/mit/da/skolestart/{kept}/tilbage", at="/mit/da/skolestart"),
    "readiness_desk.paper_of": Form(
        "/desk/skolestart/{consented}/papir/{on_paper}",
        {"once": "{once}", "signed_on": f"{SIGNED_ON}", "language": "ar", READING.key: "yes"},
        frozenset({"once", "signed_on"}),
        {"once": 400},
        files={"document": PDF},
    ),
}


def asked_for_consent(work: Work, parent: UUID) -> Mapping[str, UUID]:
    """One more child of the parent, who has said yes to reading; the other who holds custody answers on paper."""
    other = builders.person(work, given_name="Bo")
    child = builders.child(work, born=BORN, name="Gry", district=DISTRICT)
    builders.lives_with(work, parent, child)
    builders.relate(work, other, child, RelationKind.CUSTODY)
    builders.attends(work, child, HOUSE)
    of = Scene(child, (parent, other), builders.clerk(work, name="Peter Stald"))
    published(work, of)
    say(work, of, parent)
    say(work, of, parent, switch=TALKING, said=Answer.NO)
    paper = Signed(other, "ar", SIGNED_ON, {TALKING.key: Answer.NO}, cleaned(PDF))
    record(pedagogue(work, of), new_id(), child, paper)
    return {"consented": child, "on_paper": other, "kept": _kept_from(work, parent)}


def _kept_from(work: Work, parent: UUID) -> UUID:
    """A child about whom the parent has said yes, and whose place is kept from the parent since."""
    of = scene(work, holders=1)
    builders.relate(work, parent, of.child, RelationKind.CUSTODY)
    say(work, of, parent)
    work.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))
    return of.child
