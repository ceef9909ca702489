"""Two hundred parents, each in a browser of their own, after the few places of one group after another."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import func, select

from parentsite.foundation.outbox import OutboxLetter
from parentsite.groups.models import GroupMember, ParentGroup
from tests.builders import Pair
from tests.contended.crowd import Answer, Browser, at_once
from tests.contended.running import Running
from tests.groups.scene import family, group

PARENTS, PLACES = 200, 8
PAGES = "/mit/en/grupper"


@dataclass(frozen=True)
class Parent:
    """A parent at a browser, with a child of the age that the groups are for."""

    of: Pair
    browser: Browser

    def join(self, of: UUID) -> bytes:
        """The one button of the group's page."""
        return self.browser.post(f"{PAGES}/{of}", child=self.of.child)

    def accept(self, place: str) -> bytes:
        """Yes to the place that is offered; `place` is the address that joining led to."""
        return self.browser.post(place)

    def leave(self, place: str) -> bytes:
        """Give up the place, or the place in line."""
        return self.browser.post(f"{place}/forlad")


@dataclass(frozen=True)
class Town:
    """All the parents."""

    site: Running
    parents: Sequence[Parent]

    def new_group(self) -> UUID:
        """A group with places for eight."""
        with self.site.work() as work:
            return group(work, capacity=PLACES)

    def at_once(self, requests: Iterable[bytes]) -> list[Answer]:
        return at_once(self.site.port, list(requests))


def town(site: Running) -> Town:
    """Parents who have looked at a page of the groups, and so have a form that is theirs."""
    with site.work() as work:
        pairs = [family(work) for _ in range(PARENTS)]
        found = [Parent(of, site.sign_in(work, of.parent)) for of in pairs]
        first = group(work, capacity=PLACES)
    pages = at_once(site.port, [one.browser.get(f"{PAGES}/{first}") for one in found])
    assert Counter(page.status for page in pages) == {200: PARENTS}
    return Town(
        site,
        [replace(one, browser=replace(one.browser, csrf=page.csrf)) for one, page in zip(found, pages, strict=True)],
    )


@dataclass(frozen=True)
class Line:
    """What the tables say of one group: the parents by state, in the order in which they asked."""

    taken: int
    turns: Sequence[int]
    by_state: dict[str, list[UUID]]


def line_of(site: Running, of: UUID) -> Line:
    with site.look() as work:
        rows = work.session.execute(
            select(GroupMember.turn, GroupMember.state, GroupMember.person_id)
            .where(GroupMember.group_id == of)
            .order_by(GroupMember.turn)
        ).all()
        taken = work.session.scalars(select(ParentGroup.taken).where(ParentGroup.id == of)).one()
    by_state: dict[str, list[UUID]] = {}
    for row in rows:
        by_state.setdefault(row.state, []).append(row.person_id)
    return Line(taken, [row.turn for row in rows], by_state)


def offers_written(site: Running, places: Iterable[str]) -> int:
    """How many of these places, by their addresses, were offered by a letter."""
    keys = [f"group_member:{place.rpartition('/')[2]}:offered" for place in places]
    with site.look() as work:
        found = select(func.count()).where(OutboxLetter.name == "groups/offered", OutboxLetter.key.in_(keys))
        return work.session.scalars(found).one()
