"""Letters by the hundred, in every state, to every team, and the desks that they go to."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert, select

from parentsite.contact.models import Letter
from parentsite.contact.rules.states import Side
from parentsite.contact.service.words import Spot, keep
from parentsite.foundation.database import new_id
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import Relation
from parentsite.town.service import current_town
from tests import builders
from tests.contact.scene import HERE, as_parent, said
from tests.sites import Site
from tests.strict import Client

STATES = ("open", "claimed", "answered", "closed", "closed", "closed")
"""What a team has: most of its letters are closed."""


def correspondence(work: Work, children: Sequence[UUID]) -> None:
    """A letter about each child, from an adult of its, in bulk."""
    adults = {
        row.child_id: row.person_id for row in work.session.execute(select(Relation.child_id, Relation.person_id))
    }
    town, member = current_town(work.session), builders.clerk(work)
    places = {"town": None, "district": HERE, "house": builders.houses(work)[0]}
    letters, messages = [], []
    for number, child in enumerate(children):
        team, state = town.letter_teams[number % len(town.letter_teams)], STATES[number % len(STATES)]
        letter = new_id()
        at = work.now - timedelta(hours=number)
        letters.append(
            {
                "id": letter,
                "team": team.code,
                "place": places[team.reach.value],
                "person_id": adults[child],
                "child_id": child,
                "language": "da",
                "state": state,
                "answer_days": team.answer_days,
                "begun_at": at,
                "changed_at": at,
                "waiting_since": at if state in {"open", "claimed"} else None,
                "claimed_by": member if state == "claimed" else None,
                "shared_at": at if number % 2 else None,
                "closed_at": at if state == "closed" else None,
            }
        )
        messages.append((adults[child], Spot(letter, team.code, 1)))
    work.session.execute(insert(Letter), letters)
    for parent, spot in messages:
        keep(as_parent(work, parent), new_id(), spot, Side.PARENT, said().words)


def letter_desks(site: Site) -> Iterator[Client]:
    """Browsers of those who answer for the whole town, for one district, and for one house."""
    with site.look() as now:
        house = builders.houses(now)[0]
    for role, place in (("family_team", ()), ("social_worker", (HERE,)), ("pedagogue", (house,))):
        client = site.client()
        with site.work() as work:
            actor = Actor(ActorKind.STAFF, builders.clerk(work), frozenset({role}), frozenset(place))
            client.set_cookie(Zone.DESK, sessions.begin(work, Zone.DESK, actor))
        yield client
