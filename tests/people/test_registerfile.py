"""Register files that are read, and files that are refused with the place or the rule named."""

from datetime import date
from pathlib import Path

import pytest

from parentsite.people.register import Child, RegisterFile
from parentsite.people.registerfile.entry import RegisterError
from parentsite.people.registerfile.reading import read_register

TODAY = date(2028, 3, 1)
FAMILY = """
[[families]]
key = "eg"
story = { da = "En familie", en = "A family" }
[[persons]]
key = "kim"
family = "eg"
given_name = "Kim"
family_name = "Eg"
cpr = "0101801234"
language = "da"
address = "Vej 1"
story = { da = "Forælder", en = "Parent" }
[[persons]]
key = "robin"
family = "eg"
given_name = "Robin"
family_name = "Eg"
cpr = "0202801234"
language = "en"
address = "Vej 2"
story = { da = "Forælder", en = "Parent" }
[[children]]
key = "bo"
given_name = "Bo"
family_name = "Eg"
cpr = "2902284321"
born_days_ago = 1
[[custody]]
child = "bo"
person = "kim"
[[residence]]
child = "bo"
person = "kim"
"""


def read(text: str, folder: Path) -> RegisterFile:
    path = folder / "register.toml"
    path.write_text(text, encoding="utf-8")
    return read_register(path, TODAY)


def refused(text: str, folder: Path) -> str:
    with pytest.raises(RegisterError) as error:
        read(text, folder)
    return str(error.value)


def test_days_are_counted_from_today_over_a_leap_day(tmp_path: Path) -> None:
    (bo,) = read(FAMILY, tmp_path).children
    assert bo == Child("bo", "Bo", "Eg", "2902284321", birth=date(2028, 2, 29), district=None, address_protected=False)


def test_what_has_no_beginning_holds_since_birth(tmp_path: Path) -> None:
    (custody,) = read(FAMILY, tmp_path).custody
    assert (custody.starts, custody.ends) == (date(2028, 2, 29), None)


def test_days_may_be_fixed(tmp_path: Path) -> None:
    text = FAMILY.replace("born_days_ago = 1", "birth = 2020-02-29")
    text += '[[attendance]]\nchild = "bo"\nfacility = "huset"\nfrom = 2021-01-01\nto = 2022-01-01\n'
    (stay,) = read(text, tmp_path).attendance
    assert (stay.starts, stay.ends) == (date(2021, 1, 1), date(2022, 1, 1))
    assert stay.holds_on(date(2021, 1, 1))
    assert not stay.holds_on(date(2022, 1, 1))


def test_numbers_do_not_show_in_a_traceback(tmp_path: Path) -> None:
    assert "0101801234" not in repr(read(FAMILY, tmp_path))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('cpr = "0101801234"', 'cpr = "010180-1234"', "persons 1 (kim): cpr is not well written"),
        ('cpr = "0101801234"\n', "", "persons 1 (kim): cpr is missing"),
        ('cpr = "0101801234"', "cpr = 101801234", "persons 1 (kim): cpr is not well written"),
        ('given_name = "Kim"', 'given_nam = "Kim"', "persons 1 (kim): given_name is missing"),
        ('address = "Vej 1"', 'adress = "Vej 1"', "persons 1 (kim): unknown field adress"),
        ('language = "en"', 'language = "en"\naddress_protected = 1', "neither true nor false"),
        ('story = { da = "En familie", en = "A family" }', 'story = { da = "x" }', "story lacks en"),
        ('story = { da = "En familie", en = "A family" }', 'story = "x"', "story is not a text by language"),
        ("born_days_ago = 1", "", "children 1 (bo): birth is missing"),
        ("born_days_ago = 1", "born_days_ago = 1\nbirth = 2020-01-01", "exclude each other"),
        ("born_days_ago = 1", 'birth = "2020-01-01"', "birth is no date"),
        ("born_days_ago = 1", "birth = 2020-01-01T00:00:00Z", "birth is no date"),
        ("born_days_ago = 1", "born_days_ago = 1.5", "born_days_ago is no whole number"),
        ("[[custody]]", "[custody]", "write each entry below a line [[custody]]"),
        ("[[custody]]", "[[guardians]]", "unknown section guardians"),
        ('[[custody]]\nchild = "bo"', '[[custody]]\nchild = "no"', "custody 1 (no): unknown child no"),
        ("[[families]]", "[[families", "register.toml: "),
    ],
)
def test_an_entry_that_cannot_be_read_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in FAMILY
    assert said in refused(FAMILY.replace(old, new, 1), tmp_path)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('[[custody]]\nchild = "bo"\nperson = "x"\n', "bo is tied to the unknown person x"),
        ('[[residence]]\nchild = "bo"\nperson = "robin"\n', "bo resides with somebody who holds no custody"),
        ('[[foster]]\nchild = "bo"\nperson = "kim"\n', "bo: a foster carer holds custody"),
        ('[[attendance]]\nchild = "bo"\nfacility = "x"\nfrom = 2028-02-28\n', "begins before birth"),
        ('[[attendance]]\nchild = "bo"\nfacility = "x"\nto_days_ago = 1\n', "ends before it begins"),
        (
            '[[custody]]\nchild = "bo"\nperson = "robin"\n[[residence]]\nchild = "bo"\nperson = "robin"\n',
            "two addresses, but the residence is not marked as shared",
        ),
        (
            '[[custody]]\nchild = "bo"\nperson = "robin"\n'
            '[[residence]]\nchild = "bo"\nperson = "robin"\nshared = true\n',
            "shared residence takes two homes",
        ),
        ('[[families]]\nkey = "eg"\nstory = { da = "x", en = "x" }\n', "two families have the key eg"),
        (
            '[[children]]\nkey = "kim"\ngiven_name = "K"\nfamily_name = "E"\ncpr = "0101801234"\nbirth = 2030-01-01\n',
            "two entries have the key kim\nkim shares a CPR number with somebody\n"
            "kim shares a CPR number with somebody\nkim is born in the future\n"
            "kim: custody is held by 0 adults, not by one or two\nkim lives with nobody",
        ),
    ],
)
def test_every_broken_rule_is_said(tmp_path: Path, more: str, said: str) -> None:
    assert said in refused(FAMILY + more, tmp_path)


def test_a_third_custody_holder_is_one_too_many(tmp_path: Path) -> None:
    third = FAMILY.split("[[persons]]")[1].replace("kim", "max").replace("0101801234", "0303801234")
    ties = "".join(f'[[custody]]\nchild = "bo"\nperson = "{key}"\n' for key in ("robin", "max"))
    assert "bo: custody is held by 3 adults" in refused(f"{FAMILY}{ties}[[persons]]{third}", tmp_path)


def test_what_ended_before_today_breaks_no_rule(tmp_path: Path) -> None:
    text = FAMILY.replace("born_days_ago = 1", "born_days_ago = 100")
    text += '[[foster]]\nchild = "bo"\nperson = "kim"\nfrom_days_ago = 50\nto_days_ago = 0\n'
    assert read(text, tmp_path).foster[0].ends == TODAY
