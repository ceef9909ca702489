"""Families in every state of custody and consent, each with a description, a draft, own words and a request; and all
who might ask for it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from parentsite.consent.rules import Answer
from parentsite.foundation.work import Work
from parentsite.people.models import Attendance, Child, RelationKind
from parentsite.readiness.rules.gate import Side
from parentsite.readiness.service import commenting, correcting, drafting
from parentsite.readiness.service.publishing import publish
from tests import builders
from tests.readiness.desks import at_desk
from tests.readiness.paths import ASKED, COMMENTS, DRAFT, OWN, REQUEST, VERSION
from tests.readiness.scene import (
    DESCRIPTION,
    HOUSE,
    OTHER_HOUSE,
    OTHER_SCHOOL,
    SCHOOL,
    Scene,
    pedagogue,
    scene,
    written,
)
from tests.readiness.test_service_receiving import on_paper
from tests.sites import Site
from tests.strict import Client

ANNES, BOS = "Annesord", "Boesord"
SECRETS = {VERSION: "Udgaveordet", DRAFT: "Kladdeordet", REQUEST: "Rettelsesordet", ANNES: ANNES, BOS: BOS}
"""What is written, by whose words they are."""
YES = ("anne", "bo")


@dataclass(frozen=True)
class Family:
    """The child, the adults around it by name, whose own words travel to a school, and the ids in addresses."""

    name: str
    comments: frozenset[str]
    adults: Mapping[str, UUID]
    ids: Mapping[str, object]


@dataclass(frozen=True)
class Asker:
    """Somebody who asks for what is written about one family's child; `may` when it is theirs to read."""

    who: str
    side: Side
    client: Client
    family: Family
    may: bool

    def words(self, whose: frozenset[str]) -> set[str]:
        """The words of these kinds that this asker is shown, by name."""
        own = {"anne": ANNES, "bo": BOS}.get(self.who.partition(",")[0], "")
        found = {one for one in whose if one in SECRETS}
        found |= {REQUEST} if ASKED in whose and own == ANNES else set()
        return (
            found | ({own} if OWN in whose and own else set()) | (self.family.comments if COMMENTS in whose else set())
        )


def made(
    now: Work,
    name: str,
    say: tuple[str, ...] = YES,
    back: tuple[str, ...] = (),
    *,
    is_published: bool = True,
    days_ago: int = 0,
    then: Callable[[Work, Scene], object] | None = None,
) -> Family:
    """Anne, with whom the child lives, and Bo hold custody; the others do not."""
    of = scene(now)
    anne, bo = of.holders
    step, former, stranger = (builders.person(now, given_name=one) for one in ("Stig", "Frida", "Sven"))
    builders.relate(now, step, of.child, RelationKind.RESIDENCE)
    builders.relate(now, former, of.child, RelationKind.CUSTODY, until=now.today)
    now.session.execute(update(Child).where(Child.id == of.child).values(given_name=name))
    ids = {"child": of.child, "kind": DESCRIPTION, "number": 1, **(_written(now, of) if is_published else {})}
    ids["draft"] = written(now, of, words=SECRETS[DRAFT])
    adults = {"anne": anne, "bo": bo, "step": step, "former": former, "stranger": stranger}
    early = pedagogue(replace(now, now=now.now - timedelta(days=days_ago)), of)
    for one in say:
        on_paper(early, of, adults[one])
    for one in back:
        on_paper(early, of, adults[one], Answer.WITHDRAWN)
    if then is not None:
        then(now, of)
    travel = {ANNES} if then is _shuts_out else {ANNES, BOS}
    return Family(name, frozenset(travel), adults, ids)


def _written(now: Work, of: Scene) -> dict[str, object]:
    """A version, the parents' words beside it, and a request about it."""
    mine, draft = pedagogue(now, of), written(now, of, words=SECRETS[VERSION])
    publish(mine, draft, drafting.read(mine, draft).revision)
    for person, words in zip(of.holders, (ANNES, BOS), strict=True):
        commenting.comment(now, person, of.child, DESCRIPTION, words, language="da")
    asked = correcting.ask(now, of.holders[0], of.child, DESCRIPTION, 1, SECRETS[REQUEST], language="da")
    return {"version": draft, "request": asked}


def _shuts_out(now: Work, of: Scene) -> None:
    builders.block(now, of.holders[1], of.child)


def _is_protected(now: Work, of: Scene) -> None:
    now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))


def families(now: Work) -> Mapping[str, Family]:
    """One of each state."""
    found = (
        made(now, "Alma"),
        made(now, "Ingen", say=()),
        made(now, "Ene", say=("anne",)),
        made(now, "Tilbage", back=("bo",)),
        made(now, "Udloebet", days_ago=400),
        made(now, "Flyttet", then=lambda work, of: builders.attends(work, of.child, OTHER_SCHOOL)),
        made(now, "Kladde", is_published=False),
        made(now, "Lukket", then=_shuts_out),
        made(now, "Skjult", then=_is_protected),
        made(now, "Nythus", then=_moves_house),
    )
    return {one.name: one for one in found}


def _moves_house(now: Work, of: Scene) -> None:
    left = update(Attendance).where(Attendance.child_id == of.child).values(until=now.today)
    now.session.execute(left)
    builders.attends(now, of.child, OTHER_HOUSE, since=now.today)


def askers(site: Site) -> Iterator[Asker]:
    """All who might ask, and whether they may."""
    with site.work() as now:
        every = families(now)
    parents = (
        ("anne, with whom it lives", "Alma", "anne", True),
        ("bo, who holds custody", "Alma", "bo", True),
        ("lives there, no custody", "Alma", "step", False),
        ("held custody until today", "Alma", "former", False),
        ("a stranger", "Alma", "stranger", False),
        ("anne, nothing published", "Kladde", "anne", False),
        ("bo, shut out", "Lukket", "bo", False),
        ("anne, the other is shut out", "Lukket", "anne", True),
        ("bo, the place is kept", "Skjult", "bo", False),
        ("anne, whose place it is", "Skjult", "anne", True),
    )
    for who, family, person, may in parents:
        yield Asker(who, Side.PARENT, site.parent(every[family].adults[person]), every[family], may)
    houses = (
        ("the house", "Alma", ("pedagogue", HOUSE), True),
        ("another house", "Alma", ("pedagogue", OTHER_HOUSE), False),
        ("the house it has left", "Nythus", ("pedagogue", HOUSE), False),
        ("the house it came to", "Nythus", ("pedagogue", OTHER_HOUSE), False),
        ("the house in another role", "Alma", ("health_visitor", HOUSE), False),
    )
    for who, family, (role, house), may in houses:
        yield Asker(who, Side.HOUSE, at_desk(site, role, house), every[family], may)
    here = at_desk(site)
    for name, may in (("Alma", True), ("Lukket", True), ("Skjult", True), ("Nythus", True)):
        yield Asker(f"the school, all yes: {name}", Side.RECEIVER, here, every[name], may)
    for name in ("Ingen", "Ene", "Tilbage", "Udloebet", "Flyttet", "Kladde"):
        yield Asker(f"the school: {name}", Side.RECEIVER, here, every[name], False)
    others = (
        ("school", OTHER_SCHOOL),
        ("bfo", SCHOOL),
        ("pedagogue", SCHOOL),
        ("placement", SCHOOL),
        ("school", HOUSE),
    )
    for role, at in others:
        yield Asker(f"{role} at {at}", Side.RECEIVER, at_desk(site, role, at), every["Alma"], False)
    yield Asker(
        "the school it goes to now", Side.RECEIVER, at_desk(site, "school", OTHER_SCHOOL), every["Flyttet"], False
    )
