"""An entry of the log in words: who, what, about whom and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from parentsite.desk.acts import all_acts, all_offices, say
from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import N_
from parentsite.foundation.journey import Journey
from parentsite.foundation.work import ActorKind
from parentsite.people.logbook import Entry

OTHERS = {
    ActorKind.PARENT.value: N_("Parent"),
    ActorKind.SYSTEM.value: N_("The site itself"),
}
"""Who acts besides staff."""
NAMELESS = N_("Somebody whose office has no name here")
NO_WORDS = N_("An act that has no words here: %(code)s")


@dataclass(frozen=True)
class Told:
    """One entry, to be shown."""

    entry: Entry
    who: str
    what: str
    why: str


class Words:
    """What the codes of the audit mean."""

    def __init__(self, journeys: tuple[Journey, ...]) -> None:
        self._acts: Mapping[str, Act] = all_acts(journeys)
        self.offices: Mapping[str, str] = {**all_offices(journeys), **OTHERS}

    def told(self, entry: Entry) -> Told:
        """The entry in the page's language."""
        return Told(entry, self._who(entry), self._what(entry), self._why(entry))

    def roles(self) -> list[tuple[str, str]]:
        """What the log can be narrowed down to."""
        return sorted(((role, say(words)) for role, words in self.offices.items()), key=lambda each: each[1])

    def _who(self, entry: Entry) -> str:
        found = [say(words) for role, words in self.offices.items() if role in entry.roles]
        office = " · ".join(found) or say(NAMELESS)
        return f"{entry.name} · {office}" if entry.name else office

    def _what(self, entry: Entry) -> str:
        act = self._acts.get(entry.action)
        return say(act.words) if act else say(NO_WORDS) % {"code": entry.action}

    def _why(self, entry: Entry) -> str:
        act = self._acts.get(entry.action)
        words = act.purposes.get(entry.purpose) if act and entry.purpose else None
        return say(words) if words else ""
