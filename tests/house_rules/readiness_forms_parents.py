"""The forms of parents at school start, and a child with what they can be sent about."""

from collections.abc import Mapping
from uuid import UUID

from parentsite.foundation.work import Work
from parentsite.people.models import RelationKind
from parentsite.readiness.service import asking, commenting
from tests import builders
from tests.house_rules.form import Form
from tests.readiness.scene import ASSESSMENT, BORN, DESCRIPTION, HOUSE, Scene, published

CHILD, ASKED = "/mit/da/skolestart/{schoolchild}", "/mit/da/skolestart/{assessed}"
READINESS = {
    "readiness.comment": Form(
        f"{CHILD}/beskrivelse/kommentar",
        {"text": "Hun er glad for tal."},
        frozenset({"text"}),
        roomy=frozenset({"text"}),
    ),
    "readiness.delete_comment": Form(f"{ASKED}/beskrivelse/kommentar/slet"),
    "readiness.correction": Form(
        f"{CHILD}/beskrivelse/1/rettelse",
        {"text": "Hun er fem, ikke fire."},
        frozenset({"text"}),
        roomy=frozenset({"text"}),
    ),
    "readiness.ask_assessment": Form(f"{CHILD}/bed-om-vurdering", at=CHILD),
    "readiness.take_back_assessment": Form(f"{ASKED}/bed-om-vurdering/tilbage", at=ASKED),
}


def on_the_way(work: Work, parent: UUID) -> Mapping[str, UUID]:
    """Two of the parent's children: about one a description is published; about the other both documents, and the
    parent has written own words and asked for the assessment once more.
    """
    pedagogue = builders.clerk(work, name="Peter Stald")
    children = [builders.child(work, born=BORN, name=name, district="hedegaarden") for name in ("Ella", "Frida")]
    builders.lives_with(work, parent, *children)
    for child in children:
        builders.relate(work, builders.person(work, given_name="Bo"), child, RelationKind.CUSTODY)
        builders.attends(work, child, HOUSE)
    first, second = (Scene(child, (parent,), pedagogue) for child in children)
    published(work, first)
    for kind, words in (
        (DESCRIPTION, "Frida tegner."),
        (ASSESSMENT, "Frida er i tvivl."),
        (DESCRIPTION, "Frida maler."),
    ):
        published(work, second, kind, words)
    commenting.comment(work, parent, second.child, DESCRIPTION, "Hun sover godt.", language="da")
    asking.ask(work, parent, second.child)
    return {"schoolchild": first.child, "assessed": second.child}
