"""The parents' pages at school start, and a parent of children about whom every kind of thing is written."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import update

from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import Child, RelationKind
from parentsite.readiness.rules.vocabulary import DocumentKind, Readiness
from parentsite.readiness.service import asking, commenting, correcting, drafting, publishing
from parentsite.readiness.service.reading import sealed_version
from tests import builders
from tests.readiness.scene import ASSESSMENT, BORN, DESCRIPTION, HOUSE, Scene, pedagogue
from tests.stories.kinds import LONG_NAME, SEND, mit, public

CHILD, QUIET = "skolestart/{starter}", "skolestart/{quiet}"
WORDS = f"{CHILD}/beskrivelse"
READINESS = (
    public("readiness", "readiness_public.guide", "/{lang}/skolestart"),
    mit("mine-readiness", "mine.front", "", "starting"),
    mit("readiness", "readiness.front", "skolestart", "starting"),
    mit("readiness-empty", "readiness.front", "skolestart", "nobody"),
    mit("readiness-child", "readiness.child", CHILD, "starting"),
    mit("readiness-child-quiet", "readiness.child", QUIET, "starting"),
    mit("readiness-document", "readiness.document", WORDS, "starting"),
    mit("readiness-assessment", "readiness.document", f"{CHILD}/vurdering", "starting"),
    mit("readiness-version", "readiness.version", f"{WORDS}/1", "starting"),
    mit("readiness-comment", "readiness.comment", f"{WORDS}/kommentar", "starting"),
    mit(
        "readiness-comment-refused",
        "readiness.comment",
        f"{CHILD}/vurdering/kommentar",
        "starting",
        press=SEND,
        status=422,
    ),
    mit("readiness-comment-delete", "readiness.delete_comment", f"{WORDS}/kommentar/slet", "starting"),
    mit("readiness-correction", "readiness.correction", f"{WORDS}/2/rettelse", "starting"),
    mit(
        "readiness-correction-refused",
        "readiness.correction",
        f"{WORDS}/2/rettelse",
        "starting",
        press=SEND,
        status=422,
    ),
)
BEFORE = "Hun klatrer gerne og løber stærkt.\n\nHun tegner mest, når der er ro omkring hende."
AFTER = "Hun klatrer meget gerne og løber stærkt.\n\nHun tegner og maler, når der er ro omkring hende."


def starting(work: Work) -> tuple[Actor, Mapping[str, UUID]]:
    """A parent with a child about whom both documents are published, one about whom nothing is, and one kept apart."""
    parent, staff = builders.person(work), builders.clerk(work, name="Peter Stald")
    names = (LONG_NAME, "Bo", "Ida")
    children = [builders.child(work, born=BORN, name=name, district="hedegaarden") for name in names]
    builders.lives_with(work, parent, *children[:2])
    builders.relate(work, parent, children[2], RelationKind.CUSTODY)
    work.session.execute(update(Child).where(Child.id == children[2]).values(address_protected=True))
    for child in children:
        builders.attends(work, child, HOUSE)
    of, quiet = (Scene(child, (parent,), staff) for child in children[:2])
    publish(work, of, BEFORE, Readiness.READY)
    request = correcting.ask(work, parent, of.child, DESCRIPTION, 1, "Hun maler også.", language="da")
    publish(work, of, AFTER, Readiness.IN_DOUBT)
    publish(work, of, AFTER, Readiness.NOT_READY, ASSESSMENT)
    after = sealed_version(work, of.child, DESCRIPTION, 2)
    correcting.correct(pedagogue(work, of), request, after.id)
    again = correcting.ask(work, parent, of.child, DESCRIPTION, 1, "هي تحب الرسم أكثر.", language="ar")
    correcting.keep(pedagogue(work, of), again, "Det har vi skrevet i version 2.")
    commenting.comment(work, parent, of.child, DESCRIPTION, "هي خجولة في البداية، أعطوها وقتًا.", language="ar")
    asking.ask(work, parent, quiet.child)
    return Actor(ActorKind.PARENT, parent), {"starter": of.child, "quiet": quiet.child}


def publish(work: Work, of: Scene, words: str, readiness: Readiness, kind: DocumentKind = DESCRIPTION) -> int:
    """The next version: some areas as they were, the first two with these words."""
    mine = pedagogue(work, of)
    draft = drafting.begin(mine, of.child, kind)
    for number, (area, before) in enumerate(drafting.read(mine, draft).areas.items()):
        if number < 2 or not before.text:
            drafting.save_area(mine, draft, area, words if number < 2 else BEFORE, before.revision)
    drafting.save_readiness(mine, draft, readiness)
    return publishing.publish(mine, draft, drafting.read(mine, draft).revision)
