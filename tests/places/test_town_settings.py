"""What a town sets is what parents get: in a town that does not exist, another value gives another answer."""

import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta

import pytest

from parentsite.foundation.database import Database
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.children import CannotDeclare, declare
from parentsite.places.models import Offer
from parentsite.places.policy import policy_of
from parentsite.places.rules.answers import Answer
from parentsite.places.rules.preview import PreviewKind, preview
from parentsite.places.rules.vocabulary import Care
from parentsite.places.service import answers, drafts, sending
from parentsite.places.service.errors import Problem
from parentsite.town.pack.parse import parse_pack
from parentsite.town.pack.problems import PackError
from parentsite.town.service import load_pack
from tests import builders
from tests.databases import MOMENT, Template
from tests.places.seen import row
from tests.sites import Site

TODAY = MOMENT.date()
RESTART_MONTHS = '\nguarantee_restart_months = { value = 3, source = "rules" }'
RESTARTS = {"guarantee_after_no": '{ value = "restarts", source = "rules" }' + RESTART_MONTHS}


def with_setting(pack: str, **values: str) -> str:
    """The pack with other settings; a value without braces is put where the old one stood."""
    for name, value in values.items():
        written = value if value.startswith("{") else f'{{ value = {value}, source = "rules" }}'
        pack, found = re.subn(rf"^{name} = {{ .*$", f"{name} = {written}", pack, flags=re.M)
        assert found == 1
    return pack


def load(database: Database, pack: str) -> None:
    with database.write() as session:
        load_pack(Work(session, MOMENT, SYSTEM), pack, lambda _, codes: frozenset())


@pytest.mark.parametrize(
    ("name", "written", "most"),
    [
        ("right_from_weeks", "%d", 26),
        ("grace_weeks", "%d", 4),
        ("cap_months", "%d", 3),
        ("answer_days", "%d", 365),
        ("timely", '{ kind = "days_after_birth", amount = %d }', 365),
        ("older_group_from_months", "%d", 72),
        ("due_date_horizon_days", "%d", 365),
        ("guarantee_restart_months", "%d", 12),
    ],
)
def test_what_a_pack_may_say_the_rules_can_take(lilleby: str, name: str, written: str, most: int) -> None:
    """Else a slip of the pen would be found by the first parent who opens a page."""
    restarting = with_setting(lilleby, **RESTARTS)
    said = {value: f'{{ value = {written % value}, source = "rules" }}' for value in (most, most + 1)}
    assert policy_of(parse_pack(with_setting(restarting, **{name: said[most]})))
    with pytest.raises(PackError, match=f"line [0-9]+: settings.{name}"):
        parse_pack(with_setting(restarting, **{name: said[most + 1]}))


@pytest.mark.parametrize(("scope", "costs"), [("district", False), ("municipality", True)])
def test_a_place_outside_a_promised_district_may_be_refused_for_nothing(
    empty_database: Database, lilleby: str, scope: str, costs: bool
) -> None:
    load(empty_database, with_setting(lilleby, guarantee_scope=f'"{scope}"', **RESTARTS))
    with empty_database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        family = builders.family(now, born=TODAY - timedelta(weeks=8), district="nord")
        wanted = TODAY + timedelta(days=120)
        case = builders.sent(now, family, wanted=wanted, wishes=["aahuset"])
        made = builders.offer(now, case, facility="aahuset", starts_on=wanted)
        assert row(session, Offer, made).fulfils_guarantee is costs
        no = answers.consequences(now, answers.offer_for(now, family.parent, made))[Answer.NO]
        assert no.guarantee == ("restarts" if costs else "unchanged")


@pytest.mark.parametrize(("months", "problems"), [(34, [Problem.WRONG_AGE]), (36, [])])
def test_a_child_changes_group_at_the_age_that_the_town_says(
    empty_database: Database, lilleby: str, months: int, problems: list[Problem]
) -> None:
    load(empty_database, with_setting(lilleby, older_group_from_months=str(months)))
    with empty_database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        family = builders.family(now, born=date(2023, 5, 1))
        draft = builders.draft(now, family, care=Care.NURSERY, wanted=date(2026, 3, 15), wishes=["aeblehaven"])
        own = drafts.read(now, family.parent, draft)
        assert sending.wanted_day_problems(now, own, date(2026, 3, 15)) == problems


@pytest.mark.parametrize(("days", "fits"), [(290, False), (295, True)])
def test_a_due_date_lies_no_further_ahead_than_the_town_says(
    empty_database: Database, lilleby: str, days: int, fits: bool
) -> None:
    pack = with_setting(lilleby, due_date_horizon_days=str(days))
    due = TODAY + timedelta(days=292)
    kind = preview(birth=due, today=TODAY, policy=policy_of(parse_pack(pack))).kind
    assert kind is (PreviewKind.UNBORN if fits else PreviewKind.TOO_FAR_AHEAD)
    load(empty_database, pack)
    with empty_database.write() as session:
        now = Work(session, MOMENT, SYSTEM)
        parent = builders.person(now)
        with nullcontext() if fits else pytest.raises(CannotDeclare):
            now = builders.as_parent(now, parent)
            declare(now, parent, expected=True, day=due, name=None, district=None, once="form")


@pytest.fixture
def town_of(new_site: Callable[..., Site], lilleby: str) -> Callable[..., Site]:
    """A site of the invented town, with other settings."""

    def site(**values: str) -> Site:
        made = new_site(Template.EMPTY)
        load(made.database, with_setting(lilleby, **values))
        return made

    return site


def test_the_pages_say_where_the_guaranteed_place_lies(town_of: Callable[..., Site]) -> None:
    assert "in your own district" in town_of().client().get("/en/plads").text
    everywhere = town_of(guarantee_scope='"municipality"').client().get("/en/plads").text
    assert "somewhere in the town" in everywhere
    assert "own district" not in everywhere


def test_the_first_step_says_the_hours_of_a_part_time_place(town_of: Callable[..., Site]) -> None:
    site = town_of(part_time_hours="25")
    with site.work() as now:
        parent = builders.family(now).parent
    assert "25 hours a week" in site.parent(parent).get("/mit/en/plads/ny").text


@pytest.mark.parametrize(("months", "age"), [("34", "34 months"), ("36", "3 years")])
def test_the_pages_name_the_age_at_which_a_child_changes_group(
    town_of: Callable[..., Site], months: str, age: str
) -> None:
    site = town_of(older_group_from_months=months)
    with site.work() as now:
        parent = builders.family(now).parent
    first_step = site.parent(parent).get("/mit/en/plads/ny").text
    assert first_step.count(f"until the child is {age} old") == 2
    assert f"from the day the child is {age} old" in first_step
    houses = site.client().get("/en/bornehuse").text
    assert f"from the day it is {age} old" in houses
    assert not re.search(r"0 to 2|from 3 years", first_step + houses, re.IGNORECASE)


def test_the_offer_says_the_notice_of_the_town(town_of: Callable[..., Site]) -> None:
    site = town_of(notice='{ value = { months = 3, to_days = [20] }, source = "rules" }')
    with site.work() as now:
        family = builders.family(now)
        made = builders.offer(now, builders.sent(now, family, wishes=["aeblehaven"]), facility="aeblehaven")
    page = site.parent(family.parent).get(f"/mit/en/plads/tilbud/{made}")
    assert "3 months before" in page.text
    assert "on this day of a month: 20" in page.text


@pytest.mark.parametrize(
    ("base", "told"),
    [
        ("application_date", "Then you start with a new date in line."),
        ("birth_date", "Then you may stand further back"),
    ],
)
def test_withdrawing_says_what_it_costs_by_the_towns_own_seniority(
    town_of: Callable[..., Site], base: str, told: str
) -> None:
    site = town_of(seniority_base=f'"{base}"')
    with site.work() as now:
        family = builders.family(now)
        case = builders.sent(now, family, wishes=["aeblehaven"])
    assert told in site.parent(family.parent).get(f"/mit/en/plads/{case}/traek-tilbage").text
