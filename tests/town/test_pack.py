"""What is wrong with a pack is said all at once, each mistake with its line."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentsite.town.facilities import AgeGroup, Unknown
from parentsite.town.facts import RoughDate, SourceKind
from parentsite.town.pack.parse import parse_pack
from parentsite.town.pack.problems import PackError, Problem
from parentsite.town.settings import Criterion, Timely, TimelyKind

LILLEBY = (Path(__file__).parent / "packs" / "lilleby.toml").read_text(encoding="utf-8")
TOWN = parse_pack(LILLEBY)


def changed(old: str, new: str) -> str:
    assert LILLEBY.count(old) == 1, f"{old!r} stands {LILLEBY.count(old)} times in the pack"
    return LILLEBY.replace(old, new)


def line_with(document: str, words: str) -> int:
    return next(at for at, line in enumerate(document.splitlines(), 1) if words in line)


def problems(document: str) -> tuple[Problem, ...]:
    with pytest.raises(PackError) as caught:
        parse_pack(document)
    return caught.value.problems


def the_problem(document: str) -> Problem:
    (problem,) = problems(document)
    return problem


def test_a_whole_pack() -> None:
    assert TOWN.name == "Lilleby"
    assert [district.code for district in TOWN.districts] == ["nord", "syd"]
    assert [facility.code for facility in TOWN.facilities] == ["aeblehaven", "oerstedhus", "aahuset"]
    assert TOWN.settings.timely.value == Timely(TimelyKind.WEEKS_AFTER_BIRTH, 10)
    assert TOWN.settings.waiting_list_order.value == (Criterion.SIBLING, Criterion.SENIORITY)
    assert [step.name["en"] for step in TOWN.order] == ["Siblings", "Seniority"]
    assert TOWN.passage("guarantee").text["ar"] == "مكان."


def test_a_town_is_a_value() -> None:
    assert parse_pack(LILLEBY) == TOWN
    assert hash(parse_pack(LILLEBY)) == hash(TOWN)
    assert parse_pack(LILLEBY + "\n") != TOWN
    assert len({TOWN.facilities[0], parse_pack(LILLEBY).facilities[0]}) == 1


def test_facts_name_their_own_source_or_that_of_what_they_belong_to() -> None:
    house = TOWN.facility("oerstedhus")
    assert house
    assert (house.source.code, house.as_of) == ("newspaper", RoughDate(2024, about=True))
    assert house.ages
    assert (house.ages.source.code, house.ages.as_of) == ("newspaper", RoughDate(2023, 5))
    hours = TOWN.facilities[0].hours
    assert hours
    assert (hours.source.code, hours.as_of) == ("newspaper", None)
    assert TOWN.facilities[0].as_of == RoughDate(2026, 2, 1)


def test_hours_count_up() -> None:
    hours = TOWN.facilities[0].hours
    assert hours
    assert [(row.first, row.last, row.opens, row.closes) for row in hours.rows] == [(1, 5, time(6, 30), time(17))]


def test_the_unknown_is_said_to_be_unknown() -> None:
    complete, partly, bare = TOWN.facilities
    assert complete.unknown == ()
    assert partly.unknown == (Unknown.ADDRESS, Unknown.HOURS, Unknown.PLACES)
    assert bare.unknown == tuple(Unknown)


def test_houses_that_share_an_annexe() -> None:
    one, other, alone = TOWN.facilities
    assert TOWN.sharing_annexe(one) == (other,)
    assert TOWN.sharing_annexe(alone) == ()


def test_a_closed_house_takes_no_wishes() -> None:
    house = TOWN.facility("oerstedhus")
    assert house
    assert house.takes_wishes(date(2027, 6, 30))
    assert not house.takes_wishes(date(2027, 7, 1))
    planned = parse_pack(changed('name = "Åhuset"', 'name = "Åhuset"\nplanned = true'))
    assert not planned.facilities[2].takes_wishes(date(2026, 1, 1))


def test_an_unknown_age_range_is_not_a_no() -> None:
    _, from_three, unknown = TOWN.facilities
    assert not from_three.may_take(AgeGroup.NURSERY)
    assert unknown.may_take(AgeGroup.NURSERY)


def test_the_newest_price_stands_with_its_date() -> None:
    found = TOWN.price("nursery")
    assert found
    assert (found[0], found[1].valid_from) == (3100, date(2026, 1, 1))
    assert TOWN.price("gold") is None


def test_numbers_for_help() -> None:
    emergency, children = TOWN.help_numbers
    assert emergency.is_certain
    assert emergency.phone.uri == "tel:112"
    assert (children.phone.shown, children.is_certain) == ("116 111", True)
    unchecked = parse_pack(changed("checked_on = 2026-02-01\n", ""))
    assert not unchecked.help_numbers[1].is_certain


COUNSELLING = """
[counselling]
source = "newspaper"
hours.rows = [{ days = "tue-wed", opens = "14.00", closes = "17.00" }]
minutes = 45
days_ahead = 14
answer_days = 2
languages = ["da", "ar"]
"""


BEFORE = '[[help_numbers]]\nphone = "112"'


def with_counselling(written: str) -> str:
    return changed(BEFORE, f"{written}\n{BEFORE}")


def test_open_counselling_may_be_there_or_not() -> None:
    assert TOWN.counselling is None
    town = parse_pack(with_counselling(COUNSELLING))
    assert town.counselling
    assert [(row.first, row.last, row.opens.hour) for row in town.counselling.hours] == [(2, 3, 14)]
    assert (town.counselling.minutes, town.counselling.languages, town.stand_ins()) == (45, ("da", "ar"), ())
    pretended = COUNSELLING.replace("newspaper", "demo")
    assert parse_pack(with_counselling(pretended)).stand_ins() == ("counselling",)


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ('["da", "ar"]', '["da", "tlh"]', "must list some of"),
        ("hours.rows", "opening.rows", "is missing"),
        ("minutes = 45", "minutes = 1", "minutes"),
        ("days_ahead = 14", "days_ahead = 900", "days_ahead"),
    ],
)
def test_open_counselling_that_cannot_be_is_refused(written: str, instead: str, told: str) -> None:
    with pytest.raises(PackError) as refused:
        parse_pack(with_counselling(COUNSELLING.replace(written, instead)))
    assert told in str(refused.value)


def test_stand_ins_behind_a_promise_are_listed() -> None:
    assert TOWN.stand_ins() == ()
    pretended = parse_pack(changed('value = 14, source = "rules"', 'value = 8, source = "demo"'))
    assert pretended.stand_ins() == ("answer_days",)
    assert pretended.settings.answer_days.is_demo
    supposed = parse_pack(changed('form = "open"\nsource = "newspaper"', 'form = "open"\nsource = "demo"'))
    assert supposed.stand_ins() == ("group_kinds.open-door",)
    assert not pretended.settings.draft_keep_days.promises


def test_a_stand_in_for_the_site_alone_promises_nothing() -> None:
    harmless = changed('value = 30, source = "site"', 'value = 30, source = "demo"')
    assert parse_pack(harmless).stand_ins() == ()


def test_a_child_keeps_the_visits_that_were_planned_when_it_was_born() -> None:
    versions = {day: TOWN.visit_plan(day).version for day in (date(2014, 1, 1), date(2025, 12, 31), date(2026, 1, 1))}
    assert versions == {date(2014, 1, 1): 1, date(2025, 12, 31): 1, date(2026, 1, 1): 2}
    newest = TOWN.visit_plans[0]
    assert [visit.code for visit in newest.visits] == ["welcome", "half-a-year"]
    assert [visit.source.code for visit in newest.visits] == ["rules", "newspaper"]


def test_the_kinds_of_groups_stand_in_the_packs_order() -> None:
    kinds = {kind.code: (kind.form.value, kind.is_sensitive, kind.both_parents) for kind in TOWN.group_kinds}
    assert list(kinds.items()) == [
        ("round-table", ("fixed", False, False)),
        ("quiet-circle", ("fixed", True, True)),
        ("open-door", ("open", False, True)),
    ]
    assert TOWN.group_kind("open-door") is TOWN.group_kinds[2]
    assert TOWN.group_kind("crowd") is None


def test_the_teams_that_answer_letters_and_what_they_may_begin_from() -> None:
    office, helpers = TOWN.letter_teams
    assert (office.code, office.role.value, office.reach.value, office.answer_days) == (
        "kontoret",
        "placement",
        "town",
        4,
    )
    assert office.service is None
    assert helpers.service is TOWN.service("social_workers")
    assert [one.code for one in TOWN.letter_templates_for("kontoret")] == ["tak", "koen"]
    assert [one.code for one in TOWN.letter_templates_for("hjaelperne")] == ["tak"]
    assert {"kontoret", "hjaelperne"} <= TOWN.codes


def test_a_team_whose_promise_is_a_stand_in_is_listed() -> None:
    supposed = changed('answer_days = 2\nsource = "newspaper"', 'answer_days = 2\nsource = "demo"')
    assert parse_pack(supposed).stand_ins() == ("letter_teams.hjaelperne",)


def test_a_missing_language() -> None:
    document = changed('en = "Siblings first.", ', "")
    assert (
        str(the_problem(document))
        == f"line {line_with(document, 'Søskende først')}: criteria.sibling.text.en: is missing"
    )


def test_an_unknown_language() -> None:
    document = changed('en = "Siblings first.", ', 'en = "Siblings first.", dk = "Søskende", ')
    assert the_problem(document).path == "criteria.sibling.text.dk"


def test_an_empty_text() -> None:
    assert the_problem(changed('da = "Søskende først."', 'da = " "')).message == "must not be empty"


def test_an_unknown_district() -> None:
    document = changed('district = "syd"', 'district = "vest"')
    problem = the_problem(document)
    assert str(problem) == f"line {line_with(document, 'vest')}: houses.aahuset.district: no district 'vest'"


def test_a_house_needs_a_district_but_a_plan_does_not() -> None:
    without = changed('district = "syd"\n', "")
    assert the_problem(without) == Problem(
        line_with(without, "[houses.aahuset]"), "houses.aahuset.district", "is missing"
    )
    planned = parse_pack(changed('district = "syd"\n', "planned = true\n"))
    assert planned.facilities[2].district is None


def test_a_code_stands_for_one_thing() -> None:
    document = LILLEBY + '\n[childminding.nord]\nname = "Dagplejen"\nsource = "rules"\n'
    assert the_problem(document) == Problem(
        line_with(document, "[childminding.nord]"),
        "childminding.nord",
        "the code 'nord' is taken by districts.nord",
    )


def test_the_same_house_twice_is_a_mistake_of_the_language() -> None:
    document = LILLEBY + '\n[houses.aahuset]\nname = "Åhuset"\n'
    assert the_problem(document).line == len(LILLEBY.splitlines()) + 2
    assert "aahuset" in the_problem(document).message


def test_a_code_fits_into_an_address() -> None:
    assert "a-z, 0-9" in the_problem(changed("[houses.aahuset]", "[houses.Aahuset]")).message


def test_broken_toml_has_its_line() -> None:
    problem = the_problem(changed('district = "syd"', "district = syd"))
    assert problem.line == line_with(changed('district = "syd"', "district = syd"), "= syd")


def test_an_unknown_source() -> None:
    document = changed('source = "newspaper"\nas_of = "~2024"', 'source = "gossip"\nas_of = "~2024"')
    assert the_problem(document) == Problem(
        line_with(document, "gossip"), "houses.oerstedhus.source", "no source 'gossip'"
    )


def test_a_source_needs_a_date_or_the_word_undated() -> None:
    assert "undated" in the_problem(changed('as_of = "2026-02-01"\n', "")).message


@pytest.mark.parametrize("kind", ["site", "demo"])
def test_a_source_cannot_dress_up_as_a_built_in_one(kind: str) -> None:
    assert the_problem(changed('kind = "other"', f'kind = "{kind}"')).path == "sources.newspaper.kind"


def test_a_key_nobody_knows() -> None:
    document = changed('annexe = "Skuret"\ncloses', 'anexe = "Skuret"\ncloses')
    assert the_problem(document) == Problem(
        line_with(document, "anexe"), "houses.oerstedhus.anexe", "is not known here"
    )


def test_a_missing_table_is_one_mistake() -> None:
    document = re.sub(r"\[town\](.|\n)*?\n\n", "", LILLEBY, count=1)
    assert the_problem(document) == Problem(1, "town", "is missing")


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("right_from_weeks", "27", "right_from_weeks.value"),
        ("grace_weeks", "5", "grace_weeks.value"),
        ("cap_months", "4", "cap_months.value"),
        ("cap_months", "true", "cap_months.value"),
        ("answer_days", "0", "answer_days.value"),
        ("visit_minutes", "0", "visit_minutes.value"),
        ("group_offer_hours", "0", "group_offer_hours.value"),
        ("group_size", "1", "group_size.value"),
        ("letter_keep_days", "11", "letter_keep_days"),
        ("document_keep_days", "1", "document_keep_days"),
        ("consent_proof_days", "0", "consent_proof_days.value"),
        ("letter_quiet_days", "0", "letter_quiet_days.value"),
        ("answer_days", '"8"', "answer_days.value"),
        ("notice", "{ months = 1, to_days = [15, 1] }", "notice.value.to_days"),
        ("notice", "{ months = 1, to_days = [31] }", "notice.value.to_days"),
        ("waiting_list_order", '["sibling"]', "waiting_list_order.value"),
        ("waiting_list_order", '["seniority", "beauty"]', "waiting_list_order.value"),
        ("waiting_list_order", '["seniority", "seniority"]', "waiting_list_order.value"),
        ("timely", '{ kind = "by_feeling", amount = 3 }', "timely.value.kind"),
    ],
)
def test_a_setting_out_of_bounds(name: str, value: str, path: str) -> None:
    document = re.sub(rf"^{name} = .*$", f'{name} = {{ value = {value}, source = "rules" }}', LILLEBY, flags=re.M)
    assert problems(document)[0].path == f"settings.{path}"
    assert problems(document)[0].line == line_with(document, f"{name} = ")


def test_every_setting_must_be_there() -> None:
    document = re.sub(r"^expected_reply_days = .*\n", "", LILLEBY, flags=re.M)
    assert the_problem(document).path == "settings.expected_reply_days"


def test_months_of_a_restart_go_with_a_restart() -> None:
    restarting = changed('{ value = "unchanged", source = "rules" }', '{ value = "restarts", source = "rules" }')
    assert the_problem(restarting).path == "settings.guarantee_restart_months"
    months = '\nguarantee_restart_months = { value = 2, source = "rules" }\nnotice'
    restart = parse_pack(restarting.replace("\nnotice", months)).settings.guarantee_restart_months
    assert restart
    assert restart.value == 2
    assert TOWN.settings.guarantee_restart_months is None
    assert "goes with" in the_problem(LILLEBY.replace("\nnotice", months)).message


def test_a_step_of_the_order_needs_its_words() -> None:
    document = changed('["sibling", "seniority"]', '["sibling", "seniority", "own_district"]')
    assert the_problem(document).message.startswith("own_district is missing")


def test_a_passage_that_pages_need() -> None:
    document = re.sub(r"^guarantee = .*text.*\n", "", LILLEBY, flags=re.M)
    assert the_problem(document).message == "guarantee is missing"


def test_a_pack_without_a_placement_office() -> None:
    document = changed("[services.placement_office]", "[services.citizen_service]")
    assert the_problem(document) == Problem(
        line_with(document, "[services.citizen_service]"), "services", "placement_office is missing"
    )


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('phone = "9999 0001"', 'phone = "call us"', "services.placement_office.phone"),
        ('postcode = "9999"', 'postcode = "99"', "houses.aeblehaven.sites.0.postcode"),
        ('days = "mon-fri"', 'days = "fri-mon"', "houses.aeblehaven.hours.rows.0.days"),
        ('opens = "6.30"', 'opens = "18.00"', "houses.aeblehaven.hours.rows.0.closes"),
        ('closes = "2027-06-30"', 'closes = "soon"', "houses.oerstedhus.closes"),
        ('closes = "2027-06-30"', 'closes = "2027-02-30"', "houses.oerstedhus.closes"),
        ('ages = { groups = ["3+"]', 'ages = { groups = ["7+"]', "houses.oerstedhus.ages.groups"),
        ('url = "https://lilleby.example/regler"', 'url = "javascript:alert(1)"', "sources.rules.url"),
        ("kroner = { nursery = 3100 }", "kroner = { gold = 3100 }", "prices.1.kroner.gold"),
        ("houses_complete = false\n", "", "districts.syd.houses_unknown"),
        ("first = 3\nlast = 7", "first = 3\nlast = 2", "visit_plans.1.visits.welcome.last"),
        ("first = 3\nlast = 7", "first = 190\nlast = 191", "visit_plans.1.visits"),
        ("born_from = 2026-01-01", "born_from = 2014-01-01", "visit_plans"),
        ('form = "open"', 'form = "crowd"', "group_kinds.open-door.form"),
        ("sensitive = true\nboth_parents = true", "sensitive = true", "group_kinds.quiet-circle.both_parents"),
        ('service = "social_workers"', 'service = "weather"', "letter_teams.hjaelperne.service"),
        ('role = "social_worker"', 'role = "mayor"', "letter_teams.hjaelperne.role"),
        ('teams = ["kontoret"]', 'teams = ["loftet"]', "letter_templates.koen.teams"),
    ],
)
def test_a_value_that_cannot_be(old: str, new: str, path: str) -> None:
    assert path in {problem.path for problem in problems(changed(old, new))}


def test_all_mistakes_at_once_in_the_order_of_their_lines() -> None:
    document = changed('district = "syd"', 'district = "vest"').replace('name = "Æblehaven"', "name = 3")
    document = document.replace('code = "0999"\n', "")
    found = problems(document)
    assert [problem.path for problem in found] == [
        "town.code",
        "houses.aeblehaven.name",
        "houses.aahuset.district",
    ]
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    assert str(PackError(found)).count("\n") == 2


LINES = LILLEBY.splitlines()
KEYED = [at for at, line in enumerate(LINES) if re.match(r"\w+ = ", line)]
LITERALS = ["0", "-1", "1.5", "true", '""', '"x"', "[]", "[1]", '["x"]', "{}", "{ x = 1 }", "2026-01-01"]


def mistakes(document: str) -> tuple[Problem, ...]:
    try:
        parse_pack(document)
    except PackError as error:
        return error.problems
    return ()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(KEYED), st.sampled_from(LITERALS))
def test_no_value_whatever_breaks_the_reading(at: int, literal: str) -> None:
    key = LINES[at].partition(" = ")[0]
    found = mistakes("\n".join([*LINES[:at], f"{key} = {literal}", *LINES[at + 1 :]]))
    assert all(1 <= problem.line <= len(LINES) and problem.message for problem in found)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("~2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-12", date(2021, 12, 1), date(2021, 12, 31)),
        ("2019-01-01", date(2019, 1, 1), date(2019, 1, 1)),
    ],
)
def test_rough_dates(written: str, first: date, last: date) -> None:
    rough = RoughDate.parse(written)
    assert (rough.first, rough.last) == (first, last)
    assert str(rough) == written.removeprefix("~")
    assert rough.about == written.startswith("~")
    assert (rough.exact is None) == (len(str(rough)) < 10)


def test_the_built_in_sources() -> None:
    assert TOWN.sources["demo"].kind is SourceKind.DEMO
    assert TOWN.settings.draft_keep_days.source.kind is SourceKind.SITE
