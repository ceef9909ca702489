"""A parent's letters: the list without a word of what they say, and one letter with all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from parentsite.contact.policy import keeping_of, reach_of
from parentsite.contact.rules.days import answer_due, deleted_on, reopens_until
from parentsite.contact.rules.reach import Reach
from parentsite.contact.rules.sight import View, may_share, sees_team_place
from parentsite.contact.rules.states import LIVE, LetterState
from parentsite.contact.service.attaching import file_of
from parentsite.contact.service.conversation import Conversation, conversation_in
from parentsite.contact.service.gate import Seen, seen, seen_page, with_news
from parentsite.contact.service.writing import can_reopen
from parentsite.foundation.clock import local_date
from parentsite.foundation.files import CleanFile
from parentsite.foundation.work import Work
from parentsite.people.casework import names_of
from parentsite.people.children import ChildView
from parentsite.town.closed import closed_days
from parentsite.town.service import current_town

_LOOK_AHEAD_DAYS = 200
"""Within which the longest promise ends, closing days and all."""


PAGE_SIZE = 20
MOST_NEWS = 10
"""Letters with news that "my page" lists."""


@dataclass(frozen=True)
class Listed:
    """A letter in the list; `unread` counts what others have written since this parent looked."""

    id: UUID
    team: str
    child: ChildView | None
    state: LetterState
    changed_at: datetime
    is_shared: bool
    view: View
    unread: int


@dataclass(frozen=True)
class LetterSheet:
    """One page of the list, and whether there is another."""

    rows: Sequence[Listed]
    number: int
    has_more: bool


@dataclass(frozen=True)
class Opened:
    """One letter. `due` is the last day of what the team has promised, while the parent waits, and `is_late` when that
    day is over; `reopens_until` and `deleted_on` are told of one that is closed. `names` are those of the other parents
    who have written in it.
    """

    id: UUID
    team: str
    place: str | None
    child: ChildView | None
    state: LetterState
    view: View
    is_shared: bool
    may_share: bool
    may_write: bool
    due: date | None
    is_late: bool
    reopens_until: date | None
    deleted_on: date | None
    conversation: Conversation
    names: Mapping[UUID, str]


def letters_of(work: Work, person: UUID, children: Sequence[ChildView], number: int = 1) -> LetterSheet:
    """A page of the letters that this parent sees, the newest news first; `children` are the parent's own, as `people`
    shows them. One statement.
    """
    found = seen_page(work, person, children, skip=PAGE_SIZE * (number - 1), limit=PAGE_SIZE + 1)
    return LetterSheet([_listed(one) for one in found[:PAGE_SIZE]], number, has_more=len(found) > PAGE_SIZE)


def news_for(work: Work, person: UUID, children: Sequence[ChildView]) -> Sequence[Listed]:
    """The letters in which something is unread, the newest first, `MOST_NEWS` of them. One statement."""
    return [_listed(one) for one in with_news(work, person, children, MOST_NEWS)]


def letter_of(work: Work, person: UUID, letter_id: UUID) -> Opened:
    """One letter, for a parent who sees it. Raises `NotFound`."""
    found = seen(work, person, letter_id)
    row, state = found.row, LetterState(found.row.state)
    keeping = keeping_of(current_town(work.session))
    closed_on = local_date(row.closed_at) if row.closed_at else None
    conversation = conversation_in(work, letter_id)
    reopens, due = can_reopen(work, row), due_on(work, row)
    team = current_town(work.session).letter_team(row.team)
    is_in_house = team is not None and reach_of(team) is Reach.HOUSE
    return Opened(
        id=row.id,
        team=row.team,
        place=row.place if sees_team_place(found.looking, is_home=not is_in_house) else None,
        child=found.child,
        state=state,
        view=found.view,
        is_shared=row.shared_at is not None,
        may_share=may_share(found.looking),
        may_write=state in LIVE or reopens,
        due=due,
        is_late=due is not None and due < work.today,
        reopens_until=reopens_until(closed_on, keeping) if closed_on and reopens else None,
        deleted_on=deleted_on(closed_on, keeping) if closed_on else None,
        conversation=conversation,
        names=names_of(work.session, {one.person for one in conversation.messages if one.person} - {person}),
    )


def own_file(work: Work, person: UUID, letter_id: UUID, attachment: UUID) -> CleanFile:
    """A file that came with a letter, for a parent who sees it. Raises `NotFound`."""
    seen(work, person, letter_id)
    return file_of(work, letter_id, attachment)


def due_on(work: Work, row: Any) -> date | None:
    """The last day on which the answer comes as was promised; none while nobody waits."""
    if row.waiting_since is None:
        return None
    since = local_date(row.waiting_since)
    last = date.fromordinal(since.toordinal() + _LOOK_AHEAD_DAYS)
    return answer_due(since, row.answer_days, closed_days(current_town(work.session), since, last))


def _listed(found: Seen) -> Listed:
    row = found.row
    return Listed(
        id=row.id,
        team=row.team,
        child=found.child,
        state=LetterState(row.state),
        changed_at=row.changed_at,
        is_shared=row.shared_at is not None,
        view=found.view,
        unread=row.unread,
    )
