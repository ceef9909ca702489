"""Two hundred families of one district, each in a browser of their own, after the same few times of home visits."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from uuid import UUID

from sqlalchemy import func, select

from parentsite.foundation.outbox import OutboxLetter
from parentsite.visits.models.appointments import HomeVisit
from parentsite.visits.models.team import VisitSlot
from tests.builders import Pair
from tests.contended.crowd import Answer, Browser, at_once
from tests.contended.running import Running
from tests.visits.scene import TWO_MONTHS, broken, family, visitor

FAMILIES, TIMES, SPARE, VISITORS = 200, 20, 10, 6
PAGES = "/mit/en/besog"
GONE = "That time has just gone to somebody else"


@dataclass(frozen=True)
class Family:
    """A parent at a browser, with a child whose visit at two months is offered."""

    of: Pair
    browser: Browser

    @property
    def picker(self) -> str:
        """The page with the free times."""
        return f"{PAGES}/{self.of.child}/{TWO_MONTHS}"

    def press(self, slot: UUID) -> bytes:
        """Press a time: it is to be held for this family."""
        return self.browser.post(self.picker, slot=slot)

    def confirm(self, slot: UUID) -> bytes:
        """The one button that takes the time."""
        return self.browser.post(f"{self.picker}/tid/{slot}")

    def cancel(self, receipt: Answer) -> bytes:
        """Give back the time that the answer to `confirm` led to."""
        return self.browser.post(f"{receipt.location}/aflys")


@dataclass(frozen=True)
class District:
    """The families, and the times that all of them are after: the first that the page offers to everybody. The spare
    ones come next.
    """

    site: Running
    families: Sequence[Family]
    times: Sequence[UUID]
    spare: Sequence[UUID]

    def wishes(self) -> list[tuple[Family, UUID]]:
        """Each family with the one time that it wants: ten families for every time."""
        return list(zip(self.families, cycle(self.times), strict=False))

    def at_once(self, requests: Iterable[bytes]) -> list[Answer]:
        return at_once(self.site.port, list(requests))


def district(site: Running) -> District:
    """Health visitors with their plans, and families who have the page with the free times before them."""
    with site.work() as work:
        for _ in range(VISITORS):
            visitor(work)
        pairs = [family(work) for _ in range(FAMILIES)]
        found = [Family(of, site.sign_in(work, of.parent)) for of in pairs]
    pages = at_once(site.port, [one.browser.get(one.picker) for one in found])
    assert Counter(page.status for page in pages) == {200: FAMILIES}
    seen = {tuple(page.times) for page in pages}
    assert len(seen) == 1, "every family sees the same times"
    families = [
        replace(one, browser=replace(one.browser, csrf=page.csrf)) for one, page in zip(found, pages, strict=True)
    ]
    shown = seen.pop()
    assert len(shown) > TIMES + SPARE, f"{len(shown)} times leave none for who is late"
    return District(site, families, shown[:TIMES], shown[TIMES : TIMES + SPARE])


@dataclass(frozen=True)
class Standing:
    """What the tables say after a race."""

    problems: Sequence[str]
    held: int
    hosts: dict[UUID, UUID]
    """By time, the parent whose it is."""
    letters: Counter[str]


def standing(site: Running) -> Standing:
    with site.look() as work:
        session = work.session
        live = select(HomeVisit.slot_id, HomeVisit.host_id).where(HomeVisit.state == "booked")
        letters = select(OutboxLetter.name, func.count().label("number")).group_by(OutboxLetter.name)
        return Standing(
            problems=broken(session),
            held=len(session.scalars(select(VisitSlot.id).where(VisitSlot.held_until > work.now)).all()),
            hosts={row.slot_id: row.host_id for row in session.execute(live)},
            letters=Counter({row.name: row.number for row in session.execute(letters)}),
        )
