"""The demo's families: nobody real among them, every case of the issue covered, and never out of date."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentsite.demo.fictional import fictional_register, is_fictional, is_nobodys, passes_modulus_11
from parentsite.demo.settings import FAMILIES
from parentsite.people.register import RegisterFile, Tie

TODAY = date(2026, 11, 22)
DISTRICTS = {"baltorp", "hedegaarden", "maaloevhoej", "skovlunde", "skovvejen"}
LETTERS = {"social_worker", "family_team", "disability_team"}
ROLES = {"placement", "health_visitor", "group_organiser", "pedagogue", "school", "counsellor", "dpo"} | LETTERS


@pytest.fixture(scope="module")
def register() -> RegisterFile:
    return fictional_register(FAMILIES, TODAY)


def adults(ties: Iterable[Tie], child: str) -> set[str]:
    return {tie.person for tie in ties if tie.child == child}


def age_in_days(register: RegisterFile, child: str) -> int:
    return next((TODAY - one.birth).days for one in register.children if one.key == child)


class TestNobodyReal:
    def test_numbers_have_days_that_no_calendar_has(self, register: RegisterFile) -> None:
        assert all(is_fictional(one.cpr) for one in (*register.persons, *register.children))

    @pytest.mark.parametrize("cpr", ["0101901234", "6101901234", "9101901234", "8902901234", "9012901234"])
    def test_real_and_replacement_numbers_are_not_fictional(self, cpr: str) -> None:
        assert not is_fictional(cpr)

    def test_some_numbers_fail_modulus_11_on_purpose(self, register: RegisterFile) -> None:
        fits = [passes_modulus_11(one.cpr) for one in (*register.persons, *register.children)]
        assert 3 < fits.count(False) < fits.count(True)

    def test_mail_and_telephones_reach_nobody(self, register: RegisterFile) -> None:
        assert all(one.email and is_nobodys(one.email) for one in (*register.persons, *register.staff))
        assert all(one.phone and one.phone.startswith("+45 10 00 00 ") for one in register.persons)

    @pytest.mark.parametrize("email", ["x@ballerup.dk", "x@notexample.org", "x@example.org.dk", "x@test"])
    def test_other_addresses_could_be_somebodys(self, email: str) -> None:
        assert not is_nobodys(email)


class TestEveryCase:
    def test_living_together_with_joint_custody(self, register: RegisterFile) -> None:
        both = {"mette-lund", "jonas-lund"}
        assert adults(register.custody, "asta-lund") == adults(register.residence, "asta-lund") == both
        assert not any(tie.shared for tie in register.residence if tie.child == "asta-lund")

    def test_sole_custody(self, register: RegisterFile) -> None:
        assert adults(register.custody, "viggo-holm") == {"signe-holm"}

    def test_separated(self, register: RegisterFile) -> None:
        assert adults(register.custody, "alma-dahl") == {"camilla-dahl", "rasmus-berg"}
        assert adults(register.residence, "alma-dahl") == {"camilla-dahl"}

    def test_shared_residence(self, register: RegisterFile) -> None:
        homes = [tie for tie in register.residence if tie.child == "oscar-winther-skov"]
        assert [home.shared for home in homes] == [True, True]

    def test_foster_care(self, register: RegisterFile) -> None:
        assert adults(register.foster, "noah-falk") == {"birthe-norup"}
        assert adults(register.custody, "noah-falk") == {"tina-falk"}
        assert not adults(register.residence, "noah-falk")

    def test_protected_address(self, register: RegisterFile) -> None:
        protected = {one.key for one in (*register.persons, *register.children) if one.address_protected}
        assert protected == {"louise-vinge", "ellen-vinge"}
        assert "dennis-krogh" in adults(register.custody, "ellen-vinge")

    def test_blocked_adult(self, register: RegisterFile) -> None:
        assert [(block.child, block.person) for block in register.blocks] == [("lukas-brandt", "thomas-brandt")]

    @pytest.mark.parametrize("person", ["ida-toft", "emil-toft", "marta-nowak"])
    def test_parents_whose_child_is_unknown(self, register: RegisterFile, person: str) -> None:
        assert person in {one.key for one in register.persons}
        assert person not in {tie.person for tie in (*register.custody, *register.residence)}

    def test_languages(self, register: RegisterFile) -> None:
        assert {one.language for one in register.persons} == {"da", "en", "ar"}

    def test_five_children(self, register: RegisterFile) -> None:
        assert len({tie.child for tie in register.custody if tie.person == "hanne-oestergaard"}) == 5

    def test_sibling_in_a_house(self, register: RegisterFile) -> None:
        assert ("liva-friis", "birkegaarden") in {(one.child, one.facility) for one in register.attendance}
        assert adults(register.residence, "liva-friis") == adults(register.residence, "storm-friis")

    def test_soon_three(self, register: RegisterFile) -> None:
        assert 1000 < age_in_days(register, "freja-kjaer") < 3 * 365

    def test_exempt_from_digital_post(self, register: RegisterFile) -> None:
        assert [one.key for one in register.persons if one.digital_exempt] == ["egon-lysgaard"]

    def test_staff(self, register: RegisterFile) -> None:
        roles = [role for member in register.staff for role in member.roles]
        assert set(roles) == ROLES
        assert roles.count("placement") == 2

    def test_districts(self, register: RegisterFile) -> None:
        assert {one.district for one in (*register.persons, *register.children)} == DISTRICTS


@given(st.dates(date(2020, 1, 1), date(2100, 12, 31)))
def test_the_demo_is_sound_on_every_day(today: date) -> None:
    register = fictional_register(FAMILIES, today)
    asta = next(one for one in register.children if one.key == "asta-lund")
    assert (today - asta.birth).days == 120
