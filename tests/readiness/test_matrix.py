"""Every way to a text, for every kind of asker, in every state of consent and custody: one table, reckoned plainly."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from uuid import UUID

from sqlalchemy import update

from parentsite.consent.rules import Answer
from parentsite.foundation.work import Actor, Work
from parentsite.people.models import Child, RelationKind
from parentsite.readiness.rules.vocabulary import Reason
from parentsite.readiness.service import listing, reading, receiving
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.sheet import sheet_of
from tests import builders
from tests.conftest import Working
from tests.readiness.scene import DESCRIPTION, HOUSE, OTHER_SCHOOL, SCHOOL, Scene, pedagogue, published, scene, staff
from tests.readiness.test_service_receiving import on_paper

SAID = ("nothing", "yes", "taken back")
HOLDS, FORMER, SHUT_OUT, KEPT_AWAY, SHARES, FOSTERS = BO_IS = (
    "custody holder",
    "former custody holder",
    "shut out",
    "stranger to the address",
    "custody holder with whom the child lives too",
    "foster carer",
)
"""What the second adult is to the child; the first always holds custody, and the child lives there."""
NOT_ASKED = {FORMER, FOSTERS}
KINDS = {
    SHARES: (RelationKind.CUSTODY, RelationKind.RESIDENCE),
    FOSTERS: (RelationKind.FOSTER,),
}


@dataclass(frozen=True)
class Case:
    """One state of things."""

    anne: str
    bo: str
    bo_is: str
    is_published: bool

    @property
    def may_school(self) -> bool:
        """Both say yes, but whoever holds no custody is not asked."""
        return self.is_published and self.anne == "yes" and (self.bo == "yes" or self.bo_is in NOT_ASKED)

    @property
    def may_bo(self) -> bool:
        """Who holds custody and knows where the child is."""
        return self.is_published and self.bo_is in {HOLDS, SHARES}


CASES = [Case(*facts) for facts in product(SAID, SAID, BO_IS, (True, False))]


def made(now: Work, case: Case) -> Scene:
    """A family in this state."""
    of = scene(now, holders=1)
    bo = builders.person(now, given_name="Bo")
    until = now.today if case.bo_is == FORMER else None
    kinds = KINDS.get(case.bo_is, (RelationKind.CUSTODY,))
    builders.relate(now, bo, of.child, *kinds, until=until, shared=case.bo_is == SHARES)
    if case.is_published:
        published(now, of)
    house = pedagogue(now, of)
    for person, said in ((of.holders[0], case.anne), (bo, case.bo)):
        if person == bo and case.bo_is in NOT_ASKED:
            continue
        if said != "nothing":
            on_paper(house, of, person)
        if said == "taken back":
            on_paper(house, of, person, Answer.WITHDRAWN)
    if case.bo_is == SHUT_OUT:
        builders.block(now, bo, of.child)
    if case.bo_is == KEPT_AWAY:
        now.session.execute(update(Child).where(Child.id == of.child).values(address_protected=True))
    return Scene(of.child, (of.holders[0], bo), of.pedagogue)


def school_reads(work: Working, by: Actor, child: UUID) -> bool:
    """Whether it opens for this member of the staff."""
    try:
        receiving.open_document(lambda: work(by), child, DESCRIPTION, Reason.SUPPORT)
    except NotFound:
        return False
    return True


def parent_reads(now: Work, person: UUID, child: UUID) -> set[str]:
    """The ways that open for this adult."""
    ways = {
        "list": lambda: reading.published(now, person, child)[0],
        "page": lambda: reading.version(now, person, child, DESCRIPTION),
        "changes": lambda: sheet_of(now, person, child, DESCRIPTION),
    }
    found = set()
    for way, opens in ways.items():
        try:
            opens()
        except (NotFound, IndexError):
            continue
        found.add(way)
    return found


def test_every_way_opens_for_exactly_those_for_whom_it_should(work: Working) -> None:
    with work() as now:
        families = {case: made(now, case) for case in CASES}
        here = staff(now, "school", SCHOOL).actor
        others = [
            staff(now, "school", OTHER_SCHOOL).actor,
            staff(now, "pedagogue", HOUSE).actor,
            staff(now, "pedagogue", SCHOOL).actor,
            staff(now, "bfo", SCHOOL).actor,
        ]
    ways = {"list", "page", "changes"}
    with work(here) as now:
        listed = {one.child_id for one in listing.may_be_read(now).rows}
    for case, of in families.items():
        assert (of.child in listed) is case.may_school, case
        assert school_reads(work, here, of.child) is case.may_school, case
        with work() as now:
            anne, bo = of.holders
            assert parent_reads(now, anne, of.child) == (ways if case.is_published else set()), case
            assert parent_reads(now, bo, of.child) == (ways if case.may_bo else set()), case
            assert parent_reads(now, of.pedagogue, of.child) == set()
    whole = next(of for case, of in families.items() if case.may_school)
    assert not any(school_reads(work, by, whole.child) for by in others)
    with work() as now:
        later = Work(now.session, now.now + timedelta(days=400), here)
        assert listing.may_be_read(later).rows == []
