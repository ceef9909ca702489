"""One phrase at a time becomes a key on the whole host; a crowd of returning parents is told at once to come again."""

import hashlib
import hmac
import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from nacl import bindings

from parentsite.counselling.budget import Budget, BudgetSpent
from parentsite.counselling.keys.derivation import Cost, Derivation, Pepper
from parentsite.counselling.keys.slot import Busy, Slot
from parentsite.counselling.rules.phrase import Phrase, TooMuch, parse
from parentsite.foundation.clock import FixedClock
from tests.counselling.people import crowded

CROWD = 50
MIB = 1024 * 1024
REAL = Cost()


def derivation(folder: Path) -> Derivation:
    return Derivation(Pepper.at(folder / "pepper"), Slot(folder))


def test_the_cost_is_what_the_design_says() -> None:
    assert (REAL.passes, REAL.memory) == (3, 64 * MIB)


def test_real_keys_are_the_same_each_time_and_others_for_another_phrase(tmp_path: Path) -> None:
    phrase = Phrase.new()
    first, again = derivation(tmp_path).of(phrase), derivation(tmp_path).of(phrase)
    assert (first.lookup, first.kek) == (again.lookup, again.kek)
    other = derivation(tmp_path).of(Phrase.new())
    assert len({first.lookup, first.kek, other.lookup, other.kek}) == 4


def test_the_keys_are_those_of_the_design(tmp_path: Path) -> None:
    """By the libraries' other doors: HMAC and BLAKE2b of the standard library, Argon2id by its own string."""
    made, phrase = derivation(tmp_path), Phrase.new()
    password = hmac.digest(made.pepper.pepper, phrase.as_bytes, "sha256")
    root = bindings.crypto_pwhash_alg(
        32, password, made.pepper.salt, 3, 64 * MIB, bindings.crypto_pwhash_ALG_ARGON2ID13
    )
    derived = made.of(phrase)
    assert derived.lookup == hashlib.blake2b(root, digest_size=32, person=b"lookup").digest()
    assert derived.kek == hashlib.blake2b(root, digest_size=32, person=b"kek").digest()


def test_one_is_inside_and_the_next_waits(tmp_path: Path) -> None:
    """A slot of one's own for each, as each process has."""
    inside, may_end, order = threading.Event(), threading.Event(), list[str]()

    def hold() -> None:
        with Slot(tmp_path).taken():
            inside.set()
            may_end.wait()
            order.append("first")

    def wait() -> None:
        with Slot(tmp_path).taken():
            order.append("second")

    holder, waiter = threading.Thread(target=hold), threading.Thread(target=wait)
    holder.start()
    inside.wait()
    waiter.start()
    may_end.set()
    holder.join()
    waiter.join()
    assert order == ["first", "second"]


def test_while_one_waits_the_third_hears_at_once_and_the_slot_is_free_afterwards(tmp_path: Path) -> None:
    with crowded(Slot(tmp_path)), pytest.raises(Busy), Slot(tmp_path).taken():
        pass
    with Slot(tmp_path).taken():
        pass


def test_a_process_never_has_a_second_thread_in_the_slot_or_waiting_for_it(tmp_path: Path) -> None:
    """Both of a server's two threads would be held, and every other page with them."""
    slot = Slot(tmp_path)
    with slot.taken(), pytest.raises(Busy), slot.taken():
        pass
    with slot.taken():
        pass


def come_back(folder: str, start: Any, told: Any, end: Any) -> None:
    """One of the crowd, in a process of its own, with the real cost; it stays so that its memory can be counted."""
    made, phrase = derivation(Path(folder)), Phrase.new()
    start.wait()
    try:
        made.of(phrase)
        told.put("in")
    except Busy:
        told.put("busy")
    end.wait()


def test_a_crowd_never_takes_more_memory_than_one_key(tmp_path: Path) -> None:
    derivation(tmp_path)
    context = multiprocessing.get_context("fork")
    start, told, end = context.Event(), context.Queue(), context.Event()
    crowd = [context.Process(target=come_back, args=(str(tmp_path), start, told, end)) for _ in range(CROWD)]
    for each in crowd:
        each.start()
    watched = [psutil.Process(each.pid) for each in crowd]
    before = memory_of(watched)
    start.set()
    outcomes: list[str] = []
    large: set[int] = set()
    while len(outcomes) < CROWD:
        large.add(sum(now - then > 32 * MIB for now, then in zip(memory_of(watched), before, strict=True)))
        outcomes += [told.get() for _ in range(told.qsize())]
    end.set()
    for each in crowd:
        each.join()
    assert outcomes.count("in") >= 1
    assert set(outcomes) == {"in", "busy"}
    assert max(large) == 1, "one key's 64 MiB were seen at a time, and never two's"


def memory_of(processes: list[psutil.Process]) -> list[int]:
    return [one.memory_info().rss for one in processes]


def test_ten_kilobytes_cost_no_key(tmp_path: Path) -> None:
    """While the slot is taken for good, what is no phrase is refused all the same: it never asks for it."""
    with Slot(tmp_path).taken(), pytest.raises(TooMuch):
        derivation(tmp_path).of(parse("x" * 10_000))


def test_a_process_that_dies_leaves_the_slot(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    inside = context.Event()
    dying = context.Process(target=stay, args=(str(tmp_path), inside))
    dying.start()
    inside.wait()
    dying.kill()
    dying.join()
    with Slot(tmp_path).taken():
        pass


def stay(folder: str, inside: Any) -> None:
    with Slot(Path(folder)).taken():
        inside.set()
        threading.Event().wait()


class TestBudget:
    def test_so_many_begin_in_an_hour_and_then_again(self, tmp_path: Path, clock: FixedClock) -> None:
        budget = Budget(tmp_path, 3)
        for _ in range(3):
            budget.spend(clock.now())
        with pytest.raises(BudgetSpent):
            budget.spend(clock.now())
        clock.move(hours=1)
        budget.spend(clock.now())

    def test_a_race_never_overspends(self, tmp_path: Path, clock: FixedClock) -> None:
        budget = Budget(tmp_path, 5)

        def spend(_: int) -> bool:
            try:
                budget.spend(clock.now())
            except BudgetSpent:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(spend, range(40))) == 5


def test_many_first_starts_make_one_pepper(tmp_path: Path) -> None:
    def first(_: int) -> Pepper:
        return Pepper.at(tmp_path / "pepper")

    with ThreadPoolExecutor(8) as pool:
        made = {(one.pepper, one.salt) for one in pool.map(first, range(16))}
    assert len(made) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["pepper"]
