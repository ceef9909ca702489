"""The town pack's teams and settings as this journey's own rules take them."""

from functools import lru_cache

from parentsite.contact.rules.days import Keeping
from parentsite.contact.rules.reach import Office, Reach, Scope, scope_of
from parentsite.foundation.work import Actor
from parentsite.town.letterbox import LetterTeam
from parentsite.town.town import Town


@lru_cache(maxsize=8)
def keeping_of(town: Town) -> Keeping:
    """How long letters can be opened again, and are kept."""
    letters = town.settings.letters
    return Keeping(letters.letter_reopen_days.value, letters.letter_quiet_days.value, letters.letter_keep_days.value)


def reach_of(team: LetterTeam) -> Reach:
    """How far a team reaches."""
    return Reach(team.reach.value)


def scopes_of(town: Town, actor: Actor) -> dict[str, Scope]:
    """Which letters this member of the staff reads, by the code of the team; teams of others are not among them."""
    office = Office(actor.roles, actor.institutions)
    districts = frozenset(district.code for district in town.districts)
    found = {team.code: scope_of(office, team.role.value, reach_of(team), districts) for team in town.letter_teams}
    return {code: scope for code, scope in found.items() if scope is not None}
