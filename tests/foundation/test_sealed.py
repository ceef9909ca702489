"""Sealed text opens with its own key, in its own place, unchanged, and with nothing else."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from parentsite.foundation.database import Base, Database
from parentsite.foundation.resealing import BATCH, reseal
from parentsite.foundation.sealed import KEY_BYTES, Keyring, WrongKey
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.models import ADDRESS, CPR, Child, Person
from tests import builders
from tests.databases import KEYRING, MOMENT

OLD, NEW, OTHER = (bytes([number]) * KEY_BYTES for number in (1, 2, 3))
INDEX = bytes([9]) * KEY_BYTES
HERE, THERE = "table.column", "table.other"


def ring(*keys: bytes) -> Keyring:
    return Keyring(keys, INDEX)


@given(st.text())
def test_what_was_sealed_comes_back(text: str) -> None:
    assert ring(NEW).unseal(ring(NEW).seal(text, HERE), HERE) == text


def test_the_same_text_never_looks_the_same_and_cannot_be_read() -> None:
    blobs = {ring(NEW).seal("Asta bor på Skolevej 1", HERE) for _ in range(10)}
    assert len(blobs) == 10
    assert not any(b"Asta" in blob or b"Skolevej" in blob for blob in blobs)


def test_the_newest_key_seals_and_older_ones_still_open() -> None:
    blob = ring(OLD).seal("text", HERE)
    both = ring(NEW, OLD)
    assert both.unseal(blob, HERE) == "text"
    assert not both.sealed_by_newest(blob)
    assert both.sealed_by_newest(both.seal("text", HERE))
    assert ring(NEW).unseal(both.seal("text", HERE), HERE) == "text"


@pytest.mark.parametrize("keys", [(OTHER,), (NEW, OTHER)])
def test_another_key_opens_nothing(keys: tuple[bytes, ...]) -> None:
    with pytest.raises(WrongKey):
        ring(*keys).unseal(ring(OLD).seal("text", HERE), HERE)


def test_a_value_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(WrongKey):
        ring(NEW).unseal(ring(NEW).seal("text", HERE), THERE)


@given(st.data())
def test_a_value_with_one_bit_changed_does_not_open(data: st.DataObject) -> None:
    blob = bytearray(ring(NEW).seal("text", HERE))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(WrongKey):
        ring(NEW).unseal(bytes(blob), HERE)


@given(st.binary(max_size=100))
def test_rubbish_does_not_open(rubbish: bytes) -> None:
    with pytest.raises(WrongKey):
        ring(NEW).unseal(rubbish, HERE)


def test_a_hash_finds_and_does_not_tell() -> None:
    one = ring(NEW).index("0101901234", "cpr")
    assert one == ring(OLD).index("0101901234", "cpr")
    assert one != ring(NEW).index("0101901234", "other")
    assert one != Keyring((NEW,), OTHER).index("0101901234", "cpr")
    assert "0101901234" not in one


@pytest.mark.parametrize(
    ("keys", "index"),
    [("", INDEX), (",", INDEX), ("AAAA", INDEX), ("not base64", INDEX), (b64encode(NEW).decode(), b"short")],
)
def test_malformed_keys_are_refused(keys: str, index: bytes) -> None:
    with pytest.raises(ValueError, match=r"32 bytes|base64|padding|character"):
        Keyring.from_text(keys, b64encode(index).decode())


def test_keys_are_read_newest_first() -> None:
    text = f"{b64encode(NEW).decode()}, {b64encode(OLD).decode()},"
    assert Keyring.from_text(text.replace(" ", ""), b64encode(INDEX).decode()) == ring(NEW, OLD)


class TestRotation:
    """`parentsite keys reseal`, while the site runs."""

    NEWER = Keyring((NEW, *KEYRING.keys), KEYRING.index_key)
    NEWEST = Keyring((NEW,), KEYRING.index_key)

    def test_everything_is_sealed_anew_and_the_old_key_may_go(self, empty_database: Database) -> None:
        count = BATCH + 3
        with empty_database.write() as session:
            now = Work(session, MOMENT, SYSTEM)
            for number in range(count):
                builders.person(now, cpr=f"{number:010}", address=f"Skolevej {number}")
        empty_database.keyring = self.NEWER
        assert reseal(empty_database) == 2 * count
        assert reseal(empty_database) == 0
        with empty_database.read() as session:
            for cpr, address in session.execute(select(Person.cpr, Person.address)):
                assert self.NEWEST.unseal(cpr, CPR).isdecimal()
                assert self.NEWEST.unseal(address, ADDRESS).startswith("Skolevej ")

    def test_every_sealed_column_says_so(self) -> None:
        """Otherwise a rotation would pass it by, and dropping the old key would lose it."""
        bare = [
            f"{table.name}.{column.name}"
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if column.type.python_type is bytes and "sealed" not in column.info
        ]
        assert bare == []
        assert "sealed" in Child.__table__.c.cpr.info
