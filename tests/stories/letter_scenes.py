"""The pages of letters, of a parent and of the teams: waiting, answered, handed over, closed, shared with both."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from parentsite.contact.service import answering, writing
from parentsite.foundation.files import cleaned
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import RelationKind
from tests import builders
from tests.contact.scene import FAMILY, NURSES, OFFICE, SOCIAL, as_parent, said
from tests.foundation.test_files import PDF
from tests.stories.kinds import LONG_NAME, SEND, desk, mit
from tests.visits.scene import DISTRICT

PARENT, TEAM = "letter_writer", "letter_reader"
ONE, AT_DESK = "beskeder/{letter}", "beskeder/{letter}"
LETTERS = (
    mit("letters", "contact.front", "beskeder", PARENT),
    mit("letters-none", "contact.front", "beskeder", "nobody"),
    mit("letters-no-page", "contact.front", "beskeder?page=7", PARENT),
    mit("letter-choose", "contact.choose", "beskeder/ny", PARENT),
    mit("letter-begin", "contact.begin", "beskeder/ny/pladsanvisning/{letter_child}", PARENT),
    mit("letter-begin-nurses", "contact.begin", "beskeder/ny/sundhedspleje", PARENT),
    mit(
        "letter-begin-refused",
        "contact.begin",
        "beskeder/ny/pladsanvisning/{letter_child}",
        PARENT,
        press=SEND,
        status=422,
    ),
    mit("letter-waiting", "contact.letter", ONE, PARENT),
    mit("letter-refused", "contact.letter", ONE, PARENT, press=SEND, status=422),
    mit("letter-answered", "contact.letter", "beskeder/{letter_answered}", PARENT),
    mit("letter-handed-over", "contact.letter", "beskeder/{letter_handed}", PARENT),
    mit("letter-shared", "contact.letter", "beskeder/{letter_shared}", PARENT),
    mit("letter-closed", "contact.letter", "beskeder/{letter_closed}", PARENT),
    mit("letter-share", "contact.share", ONE + "/del", PARENT),
)
TEMPLATE = "button[name=template][value=ring-til-os]"
LETTERS_DESK = (
    desk("letters", "contact_desk.letters", "beskeder", TEAM),
    desk("letters-answered", "contact_desk.letters", "beskeder?state=answered", TEAM),
    desk("letters-closed", "contact_desk.letters", "beskeder?state=closed", TEAM),
    desk("letters-no-page", "contact_desk.letters", "beskeder?page=70", TEAM),
    desk("letter", "contact_desk.letter", AT_DESK, TEAM),
    desk("letter-template", "contact_desk.letter", AT_DESK, TEAM, press=TEMPLATE),
    desk("letter-refused", "contact_desk.letter", AT_DESK, TEAM, press="#answer .button", status=422),
    desk("letter-taken", "contact_desk.letter", "beskeder/{letter_taken}", TEAM),
    desk("letter-mine", "contact_desk.letter", "beskeder/{letter_mine}", TEAM),
    desk("letter-closed", "contact_desk.letter", "beskeder/{letter_closed}", TEAM),
    desk("letter-hand-over", "contact_desk.hand_over", AT_DESK + "/videre", TEAM),
    desk("letter-hand-over-refused", "contact_desk.hand_over", AT_DESK + "/videre", TEAM, press=SEND, status=422),
)


def correspondents(work: Work) -> tuple[Mapping[str, Actor], Mapping[str, UUID]]:
    """A parent who writes to many teams and reads Arabic, a placement office that reads it, and the letters."""
    parent, other = (
        builders.person(work, language="ar", district=DISTRICT, given_name=one) for one in ("Layla", "Omar")
    )
    child = builders.child(work, name=LONG_NAME, district=DISTRICT)
    builders.lives_with(work, parent, child)
    builders.relate(work, other, child, RelationKind.CUSTODY)
    reader, colleague = (
        Actor(ActorKind.STAFF, builders.clerk(work, name=name), frozenset({"placement"}))
        for name in ("Karin Mølgaard", "Tommy Ravn")
    )
    before = replace(work, now=work.now - timedelta(days=8))
    here, there = replace(before, actor=reader), replace(before, actor=colleague)

    def begun(team: str = OFFICE, *, about: UUID | None = child, shared: bool = False) -> UUID:
        words = said("متى تحصل ابنتي على مكان؟ لقد كتبنا لكم قبل شهر.", cleaned(PDF), language="ar")
        return writing.begin(as_parent(before, parent), parent, words, team=team, child_id=about, shared=shared)

    found = {name: begun() for name in ("letter", "letter_answered", "letter_handed", "letter_closed", "letter_taken")}
    found |= {"letter_mine": begun(about=None), "letter_shared": begun(SOCIAL, shared=True), "letter_child": child}
    begun(NURSES)
    answer = said("لديها مكان ابتداءً من مايو.", cleaned(PDF), language="ar", danish="Hun har en plads fra maj.")
    answering.answer(here, found["letter_answered"], answer, read=1)
    answering.answer(here, found["letter_closed"], said("Hun har en plads fra maj."), read=1)
    answering.close(here, found["letter_closed"], read=2)
    answering.hand_over(here, found["letter_handed"], FAMILY, read=1)
    answering.claim(there, found["letter_taken"])
    answering.claim(here, found["letter_mine"])
    writing.write_on(as_parent(work, other), other, found["letter_shared"], said("Jeg vil gerne med til mødet."))
    return {PARENT: Actor(ActorKind.PARENT, parent), TEAM: reader}, found
