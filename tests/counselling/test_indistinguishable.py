"""Words that open nothing: whether there never was a conversation, or it was deleted, or its time is over, nobody can
tell, neither by the answer nor by the work that is done for it.
"""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from parentsite.counselling.rules.phrase import Phrase
from parentsite.foundation.clock import FixedClock
from tests.counselling.pages import BACK, DELETE, NEW_WORDS, TEXT, writer
from tests.counselling.people import count_keys
from tests.sites import Site


@dataclass(frozen=True)
class Told:
    """An answer, with what was typed taken out, and what was done for it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    keys: int
    statements: tuple[str, ...]


Telling = Callable[[str], Told]


@pytest.fixture
def telling(site: Site, monkeypatch: pytest.MonkeyPatch) -> Telling:
    """Type words in a new browser, and see everything that follows."""
    runs = count_keys(monkeypatch)

    def told(typed: str) -> Told:
        browser, sent = site.client(), list[str]()
        page = browser.get(BACK)
        before = len(runs)

        def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
            sent.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            answer = browser.submit(page, action=BACK, phrase=typed, status=422)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        headers = tuple((name, value) for name, value in answer.headers if name != "Content-Length")
        body = answer.response.get_data(as_text=True)
        assert int(answer.headers["Content-Length"]) == len(body.encode())
        return Told(answer.status, headers, body.replace(typed, "…"), len(runs) - before, tuple(sent))

    return told


def test_five_kinds_of_words_that_open_nothing(site: Site, clock: FixedClock, telling: Telling) -> None:
    deleted, expired, changed = writer(site), writer(site), writer(site)
    deleted.browser.submit(deleted.browser.get(DELETE), action=DELETE, status=200)
    changed.browser.submit(changed.browser.get(NEW_WORDS), action=NEW_WORDS)
    clock.move(days=60)
    closed = writer(site)
    with sqlite3.connect(site.settings.apart.database) as file:
        file.execute("UPDATE thread SET closed_on = visited_on WHERE visited_on = (SELECT max(visited_on) FROM thread)")
    file.close()
    clock.move(days=30)
    never = telling(" ".join(Phrase.new().words))
    assert (never.status, never.keys) == (422, 1)
    assert len(never.statements) > 1
    for one in (deleted, expired, changed, closed):
        assert telling(one.words) == never
        by_digits = telling(one.digits)
        assert (by_digits.body, by_digits.headers, by_digits.statements) == (
            never.body,
            never.headers,
            never.statements,
        )


def test_what_is_no_phrase_costs_no_key(telling: Telling) -> None:
    right = " ".join(Phrase.new().words)
    for typed in ("x" * 10_000, "1" * 10_000, f"{right} " * 200, "kanel " * 7, f"{right} kanel", " "):
        told = telling(typed)
        assert (told.status, told.keys, told.body.count("error-summary") > 0) == (422, 0, True)


def test_a_message_sent_with_words_of_nobody_stays_and_changes_nothing(site: Site) -> None:
    browser = site.client()
    fields = {"phrase": " ".join(Phrase.new().words), "text": TEXT}
    late = browser.post(BACK, fields, status=422)
    assert late.texts("//textarea") == [TEXT]
    assert not re.search(r"samtale=\w", str(late.headers))
