"""Which teams a parent can write to, about a child or about none, and where each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select

from parentsite.contact.policy import reach_of
from parentsite.contact.rules.reach import Reach
from parentsite.contact.service.errors import NobodyThere, NotFound
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.people.attendance import where_now
from parentsite.people.children import ChildView, child_for
from parentsite.people.models import Person, RelationKind
from parentsite.people.visibility import Facet
from parentsite.town.letterbox import LetterTeam
from parentsite.town.service import current_town


@dataclass(frozen=True)
class Reached:
    """A team that can be written to; `place` is the code of its district or house, where it has one and it is known."""

    team: LetterTeam
    place: str | None


_DISTRICT = select(Person.district).where(Person.id == bindparam("person"))


def child_written_about(work: Work, person: UUID, child_id: UUID | None) -> ChildView | None:
    """The child, for an adult who may know of it; none where the letter is about none. Raises `NotFound`."""
    if child_id is None:
        return None
    child = child_for(work.session, person, child_id, work.today)
    if child is None:
        raise NotFound(child_id)
    return child


def can_be_shared(child: ChildView | None) -> bool:
    """Whether a letter about this child can be shared with both: its writer holds custody."""
    return child is not None and RelationKind.CUSTODY in child.sight.relations


def teams_for(work: Work, person: UUID, child_id: UUID | None) -> Sequence[Reached]:
    """The teams that this parent can write to about this child, in the pack's order. Raises `NotFound`.

    The house is among them only for who may know that the child goes there.
    """
    child = child_written_about(work, person, child_id)
    found = (_reached(work, team, person, child) for team in current_town(work.session).letter_teams)
    return tuple(one for one in found if one is not None)


def teams_beside(work: Work, code: str, person: UUID, child_id: UUID | None) -> Sequence[Reached]:
    """The other teams that this parent can write to about this child: to which a letter can be handed over. None when
    the writer may know nothing of the child any more.
    """
    try:
        return tuple(one for one in teams_for(work, person, child_id) if one.team.code != code)
    except NotFound:
        return ()


def reached(work: Work, code: str, person: UUID, child_id: UUID | None) -> Reached:
    """One of them. Raises `NobodyThere`, `NotFound`."""
    child = child_written_about(work, person, child_id)
    team = current_town(work.session).letter_team(code)
    found = _reached(work, team, person, child) if team else None
    if found is None:
        raise NobodyThere(code)
    return found


def _reached(work: Work, team: LetterTeam, person: UUID, child: ChildView | None) -> Reached | None:
    reach, knows_place = reach_of(team), child is not None and child.sight.sees(Facet.PLACE)
    if reach is Reach.TOWN:
        return Reached(team, None)
    if reach is Reach.DISTRICT:
        own: str | None = columns(work.session, _DISTRICT, {"person": person}).scalar_one_or_none()
        return Reached(team, own or (child.district if child is not None and knows_place else None))
    if child is None or not knows_place:
        return None
    houses = {house.code for house in current_town(work.session).facilities}
    house = where_now(work.session, child.id, houses, work.today)
    return Reached(team, house) if house else None
