"""The line in the database is the line of the rules: same order, same numbers, same reasons, on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select
from sqlalchemy.orm import aliased

from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.places.models import Wish
from parentsite.places.policy import policy_of
from parentsite.places.rules.line import line_key, reason_between
from parentsite.places.rules.order import Candidate, Reason, order
from parentsite.places.rules.policy import PlacementPolicy
from parentsite.places.rules.vocabulary import AgeGroup, Criterion
from parentsite.places.service import cases, office
from parentsite.places.service.line import line_of, place_all_in_line
from parentsite.town.service import load_pack
from parentsite.town.town import Town
from tests import builders
from tests.conftest import Working
from tests.databases import MOMENT, shipped_pack

HOUSE = "globen"
BORN = date(2025, 8, 28)
ORDERS = [
    chosen
    for length in range(1, len(Criterion) + 1)
    for chosen in permutations(Criterion, length)
    if Criterion.SENIORITY in chosen
]
DAYS = st.integers(0, 2).map(lambda days: date(2025, 12, 31) + timedelta(days=days))
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        id=st.uuids(version=4).map(lambda key: key.hex),
        special_need=st.booleans(),
        sibling_here=st.booleans(),
        own_district=st.booleans(),
        seniority=DAYS,
        birth_date=DAYS,
        tie=st.sampled_from(["0123456789abcdef", "0123456789abcdff", "f" * 16]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda candidate: candidate.id,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(candidates=CANDIDATES, criteria=st.sampled_from(ORDERS))
def test_the_database_sorts_as_the_rules_do(
    database: Database, town: Town, candidates: list[Candidate], criteria: tuple[Criterion, ...]
) -> None:
    policy = replace(policy_of(town), order=criteria)
    expected = order(candidates, policy)
    with database.write() as session:
        _stored(Work(session, MOMENT, SYSTEM), candidates, policy)
        keys = session.scalars(select(Wish.line_key).order_by(Wish.line_key)).all()
        other = aliased(Wish)
        ahead = select(func.count()).select_from(other).where(other.line_key < Wish.line_key).scalar_subquery()
        numbers = {row.line_key: row.ahead + 1 for row in session.execute(select(Wish.line_key, ahead.label("ahead")))}
        session.rollback()
    assert keys == [line_key(position.candidate, policy) for position in expected]
    assert [numbers[key] for key in keys] == [position.number for position in expected]
    reasons = [reason_between(before, key, policy) for before, key in zip([None, *keys], keys, strict=False)]
    assert reasons == [position.reason for position in expected]


def _stored(work: Work, candidates: list[Candidate], policy: PlacementPolicy) -> None:
    """Removed wishes of one draft: many keys in the one column, and no other promise in the way."""
    draft = builders.draft(work, builders.family(work), wishes=[])
    rows = [{"line_key": line_key(candidate, policy), "id": UUID(candidate.id)} for candidate in candidates]
    shared = {"application_id": draft, "facility": HOUSE, "rank": 1, "state": "removed"}
    work.session.execute(insert(Wish), [{**row, **shared} for row in rows])


def test_a_confirmed_special_need_moves_a_child_to_the_front_and_back(work: Working) -> None:
    with work() as now:
        first, second = (builders.sent(now, builders.family(now, born=BORN), wishes=[HOUSE]) for _ in range(2))
        behind = next(one for one in (first, second) if one != _line(now)[0][0])
        builders.confirm(now, behind, special_need=True)
        assert _line(now)[0] == (behind, 1, Reason.FIRST)
        assert _line(now)[1][2] is Reason.SPECIAL_NEED
        builders.confirm(now, behind, special_need=False)
        assert _line(now)[1][0] == behind
        assert _line(now)[1][2] is Reason.TIE


def test_what_a_parent_tells_of_special_needs_moves_nobody(work: Working) -> None:
    with work() as now:
        about = replace(builders.NO_NEWS, special_need=True)
        earlier = builders.sent(now, builders.family(now, born=date(2025, 8, 1)), wishes=[HOUSE])
        later = builders.sent(now, builders.family(now, born=BORN), wishes=[HOUSE], about=about)
        assert [application for application, _, _ in _line(now)] == [earlier, later]


def test_a_child_of_the_houses_own_district_comes_first(work: Working, town: Town) -> None:
    facility = town.facility(HOUSE)
    assert facility is not None
    with work() as now:
        away = builders.sent(now, builders.family(now, born=date(2025, 8, 1), district="skovvejen"), wishes=[HOUSE])
        home = builders.sent(now, builders.family(now, born=BORN, district=facility.district), wishes=[HOUSE])
        nowhere = builders.sent(now, builders.family(now, born=BORN, district=None), wishes=[HOUSE])
        assert [application for application, _, _ in _line(now)] == [home, away, nowhere]
        assert [reason for _, _, reason in _line(now)] == [Reason.FIRST, Reason.OWN_DISTRICT, Reason.BIRTH_DATE]


def test_every_child_is_at_home_with_the_childminders(work: Working) -> None:
    with work() as now:
        older = builders.sent(now, builders.family(now, born=date(2025, 8, 1)), wishes=["dagplejen"])
        younger = builders.sent(now, builders.family(now, born=BORN, district="skovvejen"), wishes=["dagplejen"])
        assert [one.application_id for one in line_of(now.session, "dagplejen", AgeGroup.NURSERY)] == [older, younger]


def test_a_sibling_counts_when_the_register_or_the_office_knows_it(work: Working) -> None:
    told = replace(builders.NO_NEWS, sibling_facility=HOUSE)
    with work() as now:
        only_told = builders.sent(now, builders.family(now, born=date(2025, 7, 1)), wishes=[HOUSE], about=told)
        family = builders.family(now, born=BORN)
        sibling = builders.child(now, born=date(2023, 1, 1), name="Bo")
        builders.lives_with(now, family.parent, sibling)
        builders.attends(now, sibling, HOUSE)
        known = builders.sent(now, family, wishes=[HOUSE], about=told)
        assert [application for application, _, _ in _line(now)] == [known, only_told]
        assert _line(now)[1][2] is Reason.SIBLING
        clerk = builders.as_clerk(now)
        office.confirm(clerk, only_told, office.case(clerk, only_told).revision, special_need=False, sibling=True)
        assert [application for application, _, _ in _line(now)] == [only_told, known]


def test_a_sibling_counts_in_its_own_house_only(work: Working) -> None:
    told = replace(builders.NO_NEWS, sibling_facility="regnbuen")
    with work() as now:
        older = builders.sent(now, builders.family(now, born=date(2025, 8, 1)), wishes=[HOUSE])
        younger = builders.sent(now, builders.family(now, born=BORN), wishes=[HOUSE, "regnbuen"], about=told)
        clerk = builders.as_clerk(now)
        office.confirm(clerk, younger, office.case(clerk, younger).revision, special_need=False, sibling=True)
        assert [application for application, _, _ in _line(now)] == [older, younger]


def test_who_applies_earlier_stands_ahead(work: Working, clock: FixedClock) -> None:
    with work() as now:
        later_born = builders.sent(now, builders.family(now, born=BORN), wishes=[HOUSE])
    clock.move(days=1)
    with work() as now:
        earlier_born = builders.sent(now, builders.family(now, born=date(2025, 5, 1)), wishes=[HOUSE])
        assert [application for application, _, _ in _line(now)] == [later_born, earlier_born]
        assert _line(now)[1][2] is Reason.SENIORITY


def test_equal_children_keep_their_order_for_ever(work: Working) -> None:
    with work() as now:
        for _ in range(5):
            builders.sent(now, builders.family(now, born=BORN), wishes=[HOUSE])
        drawn = _line(now)
        assert [reason for _, _, reason in drawn] == [Reason.FIRST] + [Reason.TIE] * 4
        place_all_in_line(now)
        assert _line(now) == drawn


def test_parents_and_office_see_the_same_numbers(work: Working) -> None:
    houses = [HOUSE, "regnbuen", "dagplejen"]
    with work() as now:
        families = {}
        for index in range(6):
            family = builders.family(
                now, born=BORN - timedelta(days=index % 3), district=("hedegaarden", None)[index % 2]
            )
            families[builders.sent(now, family, wishes=houses[index % 3 :] + houses[: index % 2])] = family.parent
        for house in houses:
            line = line_of(now.session, house, AgeGroup.NURSERY)
            assert [one.number for one in line] == list(range(1, len(line) + 1))
            for one in line:
                case = cases.case_for(now, families[one.application_id], one.application_id)
                (mine,) = (wish for wish in case.wishes if wish.facility == house)
                assert (mine.number, mine.of_how_many, mine.reason) == (one.number, len(line), one.reason)


def test_the_two_ages_of_a_house_are_two_lines(work: Working) -> None:
    with work() as now:
        builders.sent(now, builders.family(now), wishes=[HOUSE])
        older = builders.family(now, born=date(2022, 5, 1))
        sent = builders.sent(now, older, care=builders.Care.KINDERGARTEN, wishes=[HOUSE])
        (wish,) = cases.case_for(now, older.parent, sent).wishes
        assert (wish.number, wish.of_how_many) == (1, 1)


def test_an_offered_child_keeps_its_number_until_it_answers(work: Working) -> None:
    with work() as now:
        families = [builders.family(now, born=BORN) for _ in range(2)]
        sent = {builders.sent(now, family, wishes=[HOUSE]): family for family in families}
        first = _line(now)[0][0]
        offer = builders.offer(now, first, facility=HOUSE)
        assert _line(now)[0][:2] == (first, 1)
        builders.answered(now, sent[first].parent, offer, yes=True)
        assert [number for _, number, _ in _line(now)] == [1]


def test_a_new_order_of_the_town_puts_every_line_anew(work: Working) -> None:
    whole = '["special_need", "sibling", "own_district", "seniority", "birth_date"]'
    assert whole in shipped_pack()
    with work() as now:
        home = builders.sent(now, builders.family(now, born=BORN, district="hedegaarden"), wishes=[HOUSE])
        older = builders.sent(now, builders.family(now, born=date(2025, 5, 1)), wishes=[HOUSE])
        assert [application for application, _, _ in _line(now)] == [home, older]
        load_pack(now, shipped_pack().replace(whole, '["seniority", "birth_date"]'), lambda _, codes: frozenset())
        place_all_in_line(now)
        assert [application for application, _, _ in _line(now)] == [older, home]
        assert _line(now)[1][2] is Reason.BIRTH_DATE


def _line(work: Work) -> list[tuple[UUID, int, Reason]]:
    return [(one.application_id, one.number, one.reason) for one in line_of(work.session, HOUSE, AgeGroup.NURSERY)]
