"""The demo's letters: one or more with each team, in every state, and one answered in two languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from parentsite.contact.models import Letter
from parentsite.contact.service import answering, marking, writing
from parentsite.contact.service.words import Words
from parentsite.contact.service.writing import Written
from parentsite.demo.staff import known
from parentsite.foundation.database import new_id
from parentsite.foundation.i18n import DANISH
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import Child, Person
from parentsite.people.register import RegisterFile, StaffMember
from parentsite.town.service import current_town

WORDS = Path(__file__).with_name("letters.toml")
OFFICE, NURSES, SOCIAL, FAMILY, DISABILITY, HOUSE = TEAMS = (
    "pladsanvisning",
    "sundhedspleje",
    "socialraadgiver",
    "familieteam",
    "handicapteam",
    "boernehus",
)
ARABIC = "ar"
Said = Mapping[str, str]


@dataclass(frozen=True)
class _Cast:
    """The moment, and everybody by key of the register file."""

    work: Work
    staff: Mapping[str, Actor]
    children: Mapping[str, UUID]
    parents: Mapping[str, UUID]

    def parent(self, key: str, days_ago: int) -> tuple[Work, UUID]:
        """A parent on the own pages, some days before today, and who it is."""
        who = self.parents[key]
        return replace(self._before(days_ago), actor=Actor(ActorKind.PARENT, who)), who

    def team(self, key: str, days_ago: int) -> Work:
        """A member of the staff at the desk, some days before today."""
        return replace(self._before(days_ago), actor=self.staff[key])

    def begun(self, key: str, team: str, child: str | None, said: Said, days_ago: int, *, shared: bool = False) -> UUID:
        """A parent's letter with its first words, in Danish unless an answer in another language belongs to it."""
        now, who = self.parent(key, days_ago)
        language = ARABIC if key == "layla-haddad" else DANISH.code
        about = self.children[child] if child else None
        words = _written(said["question"], language)
        return writing.begin(now, who, words, team=team, child_id=about, shared=shared)

    def _before(self, days_ago: int) -> Work:
        return replace(self.work, now=self.work.now - timedelta(days=days_ago))


def write_letters(work: Work, register: RegisterFile, issuer: str) -> bool:
    """Let them have been written, unless there is a letter already; whether it was done.

    A town whose pack lacks one of the teams is left alone.
    """
    town = current_town(work.session)
    if not all(town.letter_team(code) for code in TEAMS) or work.session.scalars(select(Letter.id)).first() is not None:
        return False
    staff = {one.key: _actor(work, one, issuer) for one in register.staff}
    cast = _Cast(work, staff, _ids(work, Child), _ids(work, Person))
    said = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    _waiting(cast, said)
    _answered(cast, said)
    _at_the_house(cast, said["nadia"])
    _handed_over(cast, said["signe"])
    _closed(cast, said["camilla"])
    return True


def _waiting(cast: _Cast, said: Mapping[str, Said]) -> None:
    """One that nobody has taken, and one that somebody is working on."""
    cast.begun("mette-lund", NURSES, "asta-lund", said["mette"], 1)
    letter = cast.begun("layla-haddad", DISABILITY, "salma-haddad", said["layla_team"], 4)
    answering.claim(cast.team("mona-sejr", 2), letter)


def _answered(cast: _Cast, said: Mapping[str, Said]) -> None:
    """In two languages, and not read yet."""
    letter, words = cast.begun("layla-haddad", OFFICE, "yusuf-haddad", said["layla"], 6), said["layla"]
    answer = _written(words["answer"], ARABIC, words["danish"])
    now = cast.team("karin-moelgaard", 5)
    marking.marked_by_team(now, letter)
    answering.answer(now, letter, answer, read=1)


def _at_the_house(cast: _Cast, said: Said) -> None:
    """Shared with both parents, answered and written on in."""
    letter = cast.begun("nadia-friis", HOUSE, "alba-friis", said, 8, shared=True)
    answering.answer(cast.team("peter-stald", 7), letter, _written(said["answer"]), read=1)
    now, christian = cast.parent("christian-friis", 6)
    writing.write_on(now, christian, letter, _written(said["thanks"]))


def _handed_over(cast: _Cast, said: Said) -> None:
    """From one team to another."""
    letter = cast.begun("signe-holm", OFFICE, None, said, 3)
    answering.hand_over(cast.team("tommy-ravn", 2), letter, SOCIAL, read=1)


def _closed(cast: _Cast, said: Said) -> None:
    """Answered, and nothing is left to do."""
    letter = cast.begun("camilla-dahl", FAMILY, "alma-dahl", said, 20)
    now = cast.team("henrik-torp", 18)
    answering.answer(now, letter, _written(said["answer"]), read=1)
    answering.close(cast.team("henrik-torp", 9), letter, read=2)


def _written(text: str, language: str = DANISH.code, danish: str | None = None) -> Written:
    return Written(new_id(), Words(text, language, danish))


def _actor(work: Work, member: StaffMember, issuer: str) -> Actor:
    return Actor(ActorKind.STAFF, known(work, member, issuer), member.roles, member.institutions)


def _ids(work: Work, model: type[Child] | type[Person]) -> Mapping[str, UUID]:
    rows = work.session.execute(select(model.register_key, model.id).where(model.register_key.is_not(None)))
    return {row.register_key: row.id for row in rows}
