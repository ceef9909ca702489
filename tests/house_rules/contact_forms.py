"""The forms of letters, and a letter that they can be sent about."""

from collections.abc import Mapping
from uuid import UUID

from parentsite.contact.service import writing
from parentsite.foundation.files import cleaned
from parentsite.foundation.work import Work
from tests.contact.scene import OFFICE, as_parent, said
from tests.foundation.test_files import PDF
from tests.house_rules.form import Form

LETTER, AT_DESK = "/mit/da/beskeder/{letter}", "/desk/beskeder/{letter}"
TYPED = {"text": "Hvornår får vi svar?", "once": "{once}"}
WRONG = {"once": 400}
ROOMY = frozenset({"text"})
CONTACT = {
    "contact.begin": Form(
        "/mit/da/beskeder/ny/pladsanvisning/{second}",
        {**TYPED, "shared": "no"},
        frozenset({"text", "shared", "once"}),
        refusals=WRONG,
        roomy=ROOMY,
        files={"file": PDF},
    ),
    "contact.letter": Form(
        LETTER, TYPED, frozenset({"text", "once"}), refusals=WRONG, roomy=ROOMY, files={"file": PDF}
    ),
    "contact.share": Form(f"{LETTER}/del"),
    "contact_desk.letter": Form(
        AT_DESK, TYPED, frozenset({"text", "once"}), refusals=WRONG, roomy=ROOMY, files={"file": PDF}
    ),
    "contact_desk.claim": Form(f"{AT_DESK}/tag", at=AT_DESK),
    "contact_desk.let_go": Form(f"{AT_DESK}/slip", at=AT_DESK),
    "contact_desk.hand_over": Form(f"{AT_DESK}/videre", {"team": "familieteam"}, frozenset({"team"}), again=404),
    "contact_desk.close": Form(f"{AT_DESK}/luk", at=AT_DESK),
}


def letter_to_the_office(work: Work, parent: UUID, child: UUID) -> Mapping[str, UUID]:
    """A letter about a child, with a file."""
    form = said("Hvornår får vi en plads?", cleaned(PDF))
    made = writing.begin(as_parent(work, parent), parent, form, team=OFFICE, child_id=child, shared=False)
    return {"letter": made}
