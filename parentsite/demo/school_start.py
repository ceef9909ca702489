"""The demo's way to school: what a pedagogue has written, what parents ask and allow, and what is still open."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from parentsite.consent.rules import Answer
from parentsite.demo.staff import known
from parentsite.foundation.i18n import DANISH
from parentsite.foundation.work import Actor, ActorKind, Work
from parentsite.people.models import Child, Person
from parentsite.people.register import RegisterFile
from parentsite.readiness.models import SchoolDocument
from parentsite.readiness.rules.vocabulary import Allowed, DocumentKind, Readiness, ReceiverKind
from parentsite.readiness.service import allowing, asking, correcting, drafting, publishing
from parentsite.readiness.service.allowing import Switch
from parentsite.readiness.service.facts import PEDAGOGUE, Office
from parentsite.town.service import current_town

DESCRIPTIONS = Path(__file__).with_name("descriptions.toml")
WRITER, HOUSE, SCHOOL = "peter-stald", "birkegaarden", "hedegaardsskolen"
ALBA, SALMA, SIGURD = "alba-friis", "salma-haddad", "sigurd-holm"
DESCRIPTION, ASSESSMENT = DocumentKind.DESCRIPTION, DocumentKind.ASSESSMENT
Texts = Mapping[str, str]


@dataclass(frozen=True)
class _Cast:
    """The moment, who writes, and everybody by key of the register file."""

    work: Work
    writer: Actor
    children: Mapping[str, UUID]
    parents: Mapping[str, UUID]

    def writes(self, days_ago: int = 0) -> Work:
        """The pedagogue at work, some days before today."""
        return replace(self.work, now=self.work.now - timedelta(days=days_ago), actor=self.writer)

    def asks(self, parent: str, days_ago: int = 0) -> tuple[Work, UUID]:
        """A parent on the own pages, some days before today, and who it is."""
        who = self.parents[parent]
        now = self.work.now - timedelta(days=days_ago)
        return replace(self.work, now=now, actor=Actor(ActorKind.PARENT, who)), who


def write_down(work: Work, register: RegisterFile, issuer: str) -> bool:
    """Let it have happened, unless something has been written already; whether it was done.

    A town whose pack has no such house or school is left alone.
    """
    town = current_town(work.session)
    is_known = town.facility(HOUSE) and any(one.code == SCHOOL for one in town.receivers)
    if not is_known or work.session.scalars(select(SchoolDocument.id)).first() is not None:
        return False
    (member,) = (one for one in register.staff if one.key == WRITER)
    actor = Actor(ActorKind.STAFF, known(work, member, issuer), frozenset({PEDAGOGUE}), frozenset({HOUSE}))
    cast = _Cast(work, actor, _ids(work, Child), _ids(work, Person))
    said = tomllib.loads(DESCRIPTIONS.read_text(encoding="utf-8"))
    _alba(cast, said["alba"])
    _salma(cast, said["salma"])
    _write(cast.writes(2), cast.children[SIGURD], DESCRIPTION, said["sigurd"]["draft"])
    now, signe = cast.asks("signe-holm", 1)
    asking.ask(now, signe, cast.children[SIGURD])
    return True


def _alba(cast: _Cast, said: Mapping[str, Texts]) -> None:
    """Two versions, a correction that waits, and a yes of both parents to all."""
    child = cast.children[ALBA]
    _publish(cast.writes(40), child, DESCRIPTION, said["first"], Readiness.READY)
    _publish(cast.writes(12), child, DESCRIPTION, said["second"], Readiness.READY)
    for parent in ("nadia-friis", "christian-friis"):
        _allow(*cast.asks(parent, 10), child, DESCRIPTION)
    now, nadia = cast.asks("nadia-friis", 3)
    correcting.ask(now, nadia, child, DESCRIPTION, 2, said["asked"]["correction"], language=DANISH.code)


def _salma(cast: _Cast, said: Mapping[str, Texts]) -> None:
    """A description in doubt, the assessment, and a yes of one parent alone: the school sees nothing."""
    child = cast.children[SALMA]
    _publish(cast.writes(30), child, DESCRIPTION, said["first"], Readiness.IN_DOUBT)
    _publish(cast.writes(9), child, ASSESSMENT, said["assessment"], Readiness.IN_DOUBT)
    _allow(*cast.asks("layla-haddad", 8), child, DESCRIPTION)


def _write(now: Work, child: UUID, kind: DocumentKind, texts: Texts) -> UUID:
    draft = drafting.begin(now, child, kind)
    before = drafting.read(now, draft).areas
    for area, text in texts.items():
        drafting.save_area(now, draft, area, text, before[area].revision)
    return draft


def _publish(now: Work, child: UUID, kind: DocumentKind, texts: Texts, readiness: Readiness) -> None:
    draft = _write(now, child, kind, texts)
    drafting.save_readiness(now, draft, readiness)
    publishing.publish(now, draft, drafting.read(now, draft).revision)


def _allow(now: Work, parent: UUID, child: UUID, kind: DocumentKind) -> None:
    for allowed in Allowed:
        switch = Switch(kind, allowed, Office(ReceiverKind.SCHOOL, SCHOOL))
        allowing.answer(now, parent, child, switch, Answer.YES, DANISH.code)


def _ids(work: Work, model: type[Child] | type[Person]) -> Mapping[str, UUID]:
    rows = work.session.execute(select(model.register_key, model.id).where(model.register_key.is_not(None)))
    return {row.register_key: row.id for row in rows}
