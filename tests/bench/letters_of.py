"""Letters in bulk, in every state and to every team of the town; and one exchange that is looked at."""

from datetime import UTC, datetime, time, timedelta
from itertools import cycle
from uuid import UUID

from parentsite.contact.models import BODY, Letter, LetterMessage
from parentsite.contact.rules.states import LetterState, Side
from parentsite.contact.service import answering, writing
from parentsite.foundation.files import CleanFile, FileKind
from parentsite.foundation.sealed import keyring_of
from parentsite.foundation.work import Work
from parentsite.town.service import current_town
from tests import builders
from tests.bench.rows import Rows, SomeChild
from tests.contact.scene import OFFICE, as_parent, as_staff, said

STATES = (LetterState.OPEN, LetterState.ANSWERED, LetterState.CLOSED, LetterState.CLOSED)
PHOTO = CleanFile(FileKind.JPEG, b"\xff\xd8" + bytes(2_000))


class Letters:
    """Writes the rows of letters that nobody opens: the words are sealed once for all."""

    def __init__(self, work: Work, rows: Rows) -> None:
        self._work, self._rows = work, rows
        town = current_town(work.session)
        self._kinds = cycle([(team, state) for team in town.letter_teams for state in STATES])
        self._districts = [district.code for district in town.districts]
        self._house = builders.houses(work)[0]
        self._sealed = keyring_of(work.session).seal(said().words.body, BODY)
        self._noon = datetime.combine(work.today, time(11), tzinfo=UTC)

    def letter(self, parent: UUID, child: SomeChild) -> None:
        """One of a parent about a child, some days old."""
        team, state = next(self._kinds)
        letter, at = self._rows.random_id(), self._noon - timedelta(days=int(child.id.hex[:2], 16))
        places = {"town": None, "district": child.district, "house": self._house}
        self._rows.add(
            Letter,
            id=letter,
            team=team.code,
            place=places[team.reach.value],
            person_id=parent,
            child_id=child.id,
            language="da",
            state=state.value,
            answer_days=team.answer_days,
            begun_at=at,
            changed_at=at,
            waiting_since=at if state is LetterState.OPEN else None,
            closed_at=at if state is LetterState.CLOSED else None,
        )
        self._rows.add(
            LetterMessage,
            id=self._rows.random_id(),
            letter_id=letter,
            number=1,
            side=Side.PARENT.value,
            person_id=parent,
            team=team.code,
            language="da",
            body=self._sealed,
            digest=letter.hex,
            written_at=at,
        )

    def exchange(self, parent: UUID, child: UUID) -> UUID:
        """Four messages, one with a photo, as the site itself writes them."""
        mine, theirs = as_parent(self._work, parent), as_staff(self._work, "placement")
        made = writing.begin(mine, parent, said(), team=OFFICE, child_id=child, shared=False)
        answering.answer(theirs, made, said("Hun sover nok snart. Ring til os, hvis det bliver ved."), read=1)
        writing.write_on(mine, parent, made, said("Tak. Her er et billede.", PHOTO))
        answering.answer(theirs, made, said("Tak for billedet. Det ser fint ud."), read=3)
        return made
