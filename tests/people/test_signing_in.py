"""Whose account a sign-in opens: never that of somebody with another personal number."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.foundation.database import Database
from parentsite.foundation.work import Work
from parentsite.people.models import Person, StaffMember
from parentsite.people.signin.adapter import Identity
from parentsite.people.signing_in import parent_for, staff_for
from parentsite.worker import addressee
from tests import builders
from tests.places.racing import Act, at_once, told

Working = Callable[..., AbstractContextManager[Work]]
METTE, JONAS = "1502850988", "2308830989"


def identity(subject: str, cpr: str | None) -> Identity:
    return Identity(
        issuer="https://mitid.example",
        subject=subject,
        cpr=cpr,
        given_name="Mette",
        family_name="Lund",
        roles=frozenset(),
        scopes={},
        id_token=None,
        return_to=None,
    )


def signed_in(work: Work, subject: str, cpr: str | None) -> UUID:
    actor = parent_for(work, identity(subject, cpr))
    assert actor.id is not None
    return actor.id


def test_whom_the_register_knows_is_found_by_number_whatever_the_provider_calls_them(work: Working) -> None:
    with work() as now:
        mette = builders.person(now, cpr=METTE)
        assert [signed_in(now, subject, METTE) for subject in ("a", "b", "a")] == [mette] * 3


def test_a_newcomer_is_the_same_the_next_time(work: Working) -> None:
    with work() as now:
        first = signed_in(now, "a", METTE)
        assert signed_in(now, "b", METTE) == first
        assert signed_in(now, "a", None) == first


def test_a_number_that_comes_later_is_the_same_person(work: Working) -> None:
    with work() as now:
        first = signed_in(now, "a", None)
        assert [signed_in(now, subject, METTE) for subject in ("a", "b")] == [first, first]
        assert signed_in(now, "a", JONAS) != first


@pytest.mark.parametrize("is_known", [False, True])
def test_an_id_that_the_provider_has_given_to_somebody_else_opens_no_account_of_the_first(
    work: Working, is_known: bool
) -> None:
    with work() as now:
        mette = signed_in(now, "a", METTE)
        expected = builders.person(now, cpr=JONAS) if is_known else None
        jonas = signed_in(now, "a", JONAS)
        assert jonas != mette
        assert expected in {None, jonas}
        assert (signed_in(now, "a", JONAS), signed_in(now, "c", METTE)) == (jonas, mette)


@pytest.mark.parametrize("cpr", [METTE, None], ids=["with a number", "without"])
def test_a_newcomer_who_signs_in_on_two_devices_at_once_is_one_person(database: Database, cpr: str | None) -> None:
    done = at_once(database, *[Act(lambda work: signed_in(work, "a", cpr))] * 4)
    assert {told(one) for one in done} == {"done"}
    assert len({one.answer for one in done}) == 1
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_new_colleague_who_signs_in_twice_at_once_is_one(database: Database) -> None:
    done = at_once(database, *[Act(lambda work: staff_for(work, identity("s", None)).id)] * 4)
    assert {told(one) for one in done} == {"done"}
    assert len({one.answer for one in done}) == 1
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(StaffMember)) == 1


@pytest.mark.parametrize("address", ["inger.birk@kommune.example", None])
def test_staff_are_written_to_at_the_address_that_the_towns_login_gave_last(work: Working, address: str | None) -> None:
    with work() as now:
        for email in ("gammel@kommune.example", address):
            who = staff_for(now, replace(identity("inger", None), email=email)).id
        found = addressee(now.session, who)
    assert (found.email if found else None) == address
    assert found is None or found.language == "da"
