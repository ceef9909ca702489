"""Who may see a case, and who may act in it: each kind of adult against each verb, all through the one gate."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import pytest

from parentsite.foundation.database import new_id
from parentsite.foundation.work import Work
from parentsite.people.children import children_of
from parentsite.people.models import RelationKind
from parentsite.places.rules.answers import Answer
from parentsite.places.rules.vocabulary import Care
from parentsite.places.service import answers, cases, drafts, overview, sending, wishing, withdrawing
from parentsite.places.service.errors import NotFound
from tests import builders
from tests.conftest import Working
from tests.places.seen import acts_on, letters

YESTERDAY = date(2026, 2, 11)


@dataclass(frozen=True)
class World:
    """A child with a sent application and an open offer, its sibling with a draft, and the parent who wrote both."""

    parent: UUID
    child: UUID
    sibling: UUID
    application: UUID
    offer: UUID
    draft: UUID
    wish: UUID
    draft_wish: UUID


def world(work: Work, *, protected: bool = False) -> World:
    parent = builders.person(work)
    child = builders.child(work, address_protected=protected)
    sibling = builders.child(work, name="Bo", address_protected=protected)
    builders.lives_with(work, parent, child, sibling)
    about = replace(builders.NO_NEWS, special_need=True)
    application = builders.sent(work, builders.Pair(parent, child), wishes=["globen", "regnbuen"], about=about)
    offer = builders.offer(work, application, facility="globen")
    draft = builders.draft(work, builders.Pair(parent, sibling), wishes=["globen"])
    return World(
        parent=parent,
        child=child,
        sibling=sibling,
        application=application,
        offer=offer,
        draft=draft,
        wish=cases.case_for(work, parent, application).wishes[1].wish_id,
        draft_wish=drafts.read(work, parent, draft).wishes[0].id,
    )


def stranger(work: Work, there: World) -> UUID:
    return builders.family(work).parent


def apart(work: Work, there: World) -> UUID:
    adult = builders.person(work)
    for child in (there.child, there.sibling):
        builders.relate(work, adult, child, RelationKind.CUSTODY)
    return adult


def foster(work: Work, there: World) -> UUID:
    adult = builders.person(work)
    for child in (there.child, there.sibling):
        builders.relate(work, adult, child, RelationKind.FOSTER, RelationKind.RESIDENCE)
    return adult


def blocked(work: Work, there: World) -> UUID:
    adult = builders.person(work)
    builders.lives_with(work, adult, there.child, there.sibling)
    for child in (there.child, there.sibling):
        builders.block(work, adult, child)
    return adult


def moved_out(work: Work, there: World) -> UUID:
    adult = builders.person(work)
    for child in (there.child, there.sibling):
        builders.relate(work, adult, child, RelationKind.CUSTODY, RelationKind.RESIDENCE, until=YESTERDAY)
    return adult


OTHERS = (stranger, apart, foster, blocked, moved_out)
Verb = Callable[[Work, UUID, World], object]
TELL = builders.NO_NEWS
VERBS: dict[str, Verb] = {
    "begin": lambda work, who, there: drafts.start(work, who, there.child, Care.NURSERY),
    "read the draft": lambda work, who, there: drafts.read(work, who, there.draft),
    "change the kind": lambda work, who, there: drafts.save_care(work, who, there.draft, Care.NURSERY),
    "change the day": lambda work, who, there: drafts.save_wanted(work, who, there.draft, date(2026, 9, 1)),
    "tell of the family": lambda work, who, there: drafts.save_family(work, who, there.draft, TELL),
    "wish": lambda work, who, there: wishing.add(work, who, there.draft, "fregatten"),
    "move a wish": lambda work, who, there: wishing.move(work, who, there.draft, there.draft_wish, 1),
    "remove a wish": lambda work, who, there: wishing.remove(work, who, there.draft, there.draft_wish),
    "send": lambda work, who, there: sending.send(work, who, there.draft, 5),
    "send again": lambda work, who, there: sending.send(work, who, there.application, 5),
    "withdraw": lambda work, who, there: withdrawing.withdraw(work, who, there.application, 3),
    "see the offer": lambda work, who, there: answers.offer_for(work, who, there.offer),
    "say yes": lambda work, who, there: answers.answer(work, who, there.offer, Answer.YES),
    "say no": lambda work, who, there: answers.answer(work, who, there.offer, Answer.NO, [there.wish]),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
@pytest.mark.parametrize("other", OTHERS)
def test_for_who_does_not_decide_there_is_nothing_to_act_on(
    work: Working, other: Callable[[Work, World], UUID], verb: Verb
) -> None:
    with work() as now:
        there = world(now)
        who = other(now, there)
        before = acts_on(now.session, there.draft), acts_on(now.session, there.application), letters(now.session)
        with pytest.raises(NotFound), now.session.begin_nested():
            verb(now, who, there)
        after = acts_on(now.session, there.draft), acts_on(now.session, there.application), letters(now.session)
        assert after == before


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_who_wrote_it_all_and_is_blocked_today_has_nothing_left(work: Working, verb: Verb) -> None:
    with work() as now:
        there = world(now)
        for child in (there.child, there.sibling):
            builders.block(now, there.parent, child, since=now.today)
        with pytest.raises(NotFound), now.session.begin_nested():
            verb(now, there.parent, there)
        with pytest.raises(NotFound):
            cases.case_for(now, there.parent, there.application)
        assert overview.cases_of(now, there.parent, children_of(now.session, there.parent, now.today)) == []


def test_what_nobody_has_is_nobodys(work: Working) -> None:
    with work() as now:
        there = world(now)
        none = World(**{name: new_id() for name in World.__dataclass_fields__})
        for verb in VERBS.values():
            with pytest.raises(NotFound), now.session.begin_nested():
                verb(now, there.parent, none)


@pytest.mark.parametrize("other", [stranger, blocked, moved_out])
def test_the_case_is_not_there_for_who_may_see_nothing(work: Working, other: Callable[[Work, World], UUID]) -> None:
    with work() as now:
        there = world(now)
        who = other(now, there)
        with pytest.raises(NotFound):
            cases.case_for(now, who, there.application)
        seen = overview.cases_of(now, who, children_of(now.session, who, now.today))
        assert there.application not in {case.id for case in seen}


def test_a_custody_holder_elsewhere_sees_where_and_when_and_cannot_act(work: Working) -> None:
    with work() as now:
        there = world(now)
        who = apart(now, there)
        mine, theirs = (cases.case_for(now, adult, there.application) for adult in (there.parent, who))
        assert (theirs.wishes, theirs.offers, theirs.guaranteed_by) == (mine.wishes, mine.offers, mine.guaranteed_by)
        assert (mine.may_act, theirs.may_act) == (True, False)
        assert (mine.special_need_told, theirs.special_need_told) == (True, False)
        (line,) = overview.cases_of(now, who, children_of(now.session, who, now.today))
        assert (line.id, line.open_offer_id, line.answer_by) == (there.application, None, None)


def test_where_the_address_is_protected_a_custody_holder_elsewhere_learns_only_that_there_is_a_case(
    work: Working,
) -> None:
    with work() as now:
        there = world(now, protected=True)
        who = apart(now, there)
        case = cases.case_for(now, who, there.application)
        assert (case.shows_place, case.shows_time, case.may_act) == (False, False, False)
        assert (case.wishes, case.offers, case.placements) == ((), (), ())
        dates = (case.wanted, case.sent_on, case.right_from, case.timely_by, case.guaranteed_by, case.delete_on)
        assert set(dates) == {None}
        assert (case.lateness_days, case.guarantee_rule, case.guarantee_outcome) == (0, None, None)
        (line,) = overview.cases_of(now, who, children_of(now.session, who, now.today))
        assert (line.guaranteed_by, line.open_offer_id, line.answer_by, line.delete_on) == (None,) * 4


def test_who_declared_a_child_decides_for_it(work: Working) -> None:
    with work() as now:
        parent = builders.person(now)
        child = builders.child(now, due=date(2026, 4, 1), name=None)
        builders.relate(now, parent, child, RelationKind.DECLARER)
        application = builders.sent(now, builders.Pair(parent, child), wanted=date(2026, 10, 1))
        assert cases.case_for(now, parent, application).may_act
