"""Whatever somebody inside one conversation sends, and a thief puts into the database: another conversation is not
touched, and nobody is shown what the house did not write.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select, text

from parentsite.app import office_of
from parentsite.counselling.keys.sealing import pad, seal
from parentsite.counselling.models import Message, Thread
from parentsite.counselling.office import Office
from parentsite.counselling.rules.vocabulary import Side
from parentsite.counselling.service.threads import place_of
from parentsite.counselling.service.tokens import Token
from parentsite.foundation.web.zones import Zone
from tests.counselling.pages import (
    ANONYMOUS_FORMS,
    BACK,
    BEHIND_THE_DOOR,
    DELETE,
    FRONT,
    INSIDE,
    LEAVE,
    SAVE,
    TEXT,
    TIME,
    Writer,
    said,
    writer,
)
from tests.sites import Site

MINE, FORGED = "Det her er mit.", "Ring til os på 70 10 20 30."
ROWS = ("thread", "message", "taken_time")


@pytest.fixture
def theirs(site: Site) -> Writer:
    """Somebody else's conversation, with a time to talk."""
    other = writer(site)
    page = other.times()
    other.browser.submit(page, action=TIME, slot=page.all("//input[@name='slot']/@value")[0])
    return other


@contextmanager
def office(site: Site) -> Iterator[Office]:
    opened = office_of(site.settings, site.clock)
    yield opened
    opened.database.dispose()


def rows(site: Site) -> set[tuple[Any, ...]]:
    """Everything that there is of conversations, byte for byte."""
    with office(site) as opened, opened.database.read() as session:
        return {(table, *row) for table in ROWS for row in session.execute(text(f"SELECT * FROM {table}"))}


def ids(site: Site) -> set[str]:
    """All that could name a conversation or a session, as it could be written in a form."""
    with office(site) as opened, opened.database.read() as session:
        threads = session.execute(text("SELECT id, lookup, designation FROM thread")).all()
        tokens = [row[0] for row in session.execute(text("SELECT token_hash FROM open_session"))]
    raw = [value for row in threads for value in row[:2]] + tokens
    return (
        {one.hex() for one in raw} | {base64.urlsafe_b64encode(one).decode() for one in raw} | {t[2] for t in threads}
    )


def test_no_form_reaches_another_conversation(site: Site, theirs: Writer) -> None:
    """Every form of the zone, with every id of the other in every field that might be read, in the path and beside."""
    before = rows(site)
    mine = writer(site, MINE)
    own = rows(site) - before
    for value in ids(site):
        told = dict.fromkeys(("thread", "id", "designation", "lookup", "number", "token", "samtale", "slot"), value)
        for path in ANONYMOUS_FORMS.values():
            if path not in {FRONT, BACK, LEAVE, DELETE}:
                fields = {"text": "", **told, "csrf_token": mine.token}
                mine.browser.post(path, fields, status=(303, 422), headers={"X-Thread": value})
        mine.browser.get(f"{INSIDE}?thread={value}&id={value}")
        mine.browser.get(f"{INSIDE}/{value}", status=404)
    mine.browser.post(DELETE, {**told, "csrf_token": mine.token}, status=200)
    assert before <= rows(site)
    assert not own & rows(site)
    assert said(theirs.read()) == [TEXT]


def test_a_form_of_one_session_is_worth_nothing_in_another(site: Site, theirs: Writer) -> None:
    """Their forms in my browser, mine in theirs, and mine from before I came back."""
    mine, before = writer(site, MINE), rows(site)
    stale = mine.token
    mine.browser.submit(mine.browser.get(BACK), action=BACK, phrase=mine.words)
    before = rows(site)
    for sender, token in ((mine, theirs.token), (theirs, mine.token), (mine, stale), (mine, "")):
        for path in BEHIND_THE_DOOR:
            if path != SAVE:
                fields = {"text": FORGED, "cancel": "1", "csrf_token": token}
                sender.browser.post(path, fields, status=401)
    assert rows(site) == before


def test_the_others_time_is_neither_taken_nor_given_back(site: Site, theirs: Writer) -> None:
    mine = writer(site, MINE)
    (taken,) = {row for row in rows(site) if row[0] == "taken_time"}
    slot = f"{taken[1]}.{taken[2]}"
    mine.browser.post(TIME, {"slot": slot, "csrf_token": mine.token}, status=422)
    mine.browser.post(TIME, {"slot": slot, "cancel": "yes", "csrf_token": mine.token})
    for odd in ("", ".", "x.y", f"{slot}0", f"{taken[1]}.-840", f"{taken[1]}.{10**9}", "0001-01-01.0", f"{slot}\0"):
        mine.browser.post(TIME, {"slot": odd, "csrf_token": mine.token}, status=422)
    mine.browser.post(DELETE, {"csrf_token": mine.token}, status=200)
    assert taken in rows(site)


def test_no_cookie_but_the_own_opens_anything(site: Site, theirs: Writer) -> None:
    """One that is changed in any place, cut, doubled or longer; what the database finds it by; another zone's."""
    cookie = str(theirs.browser.cookie(Zone.SAMTALE))
    changed = [cookie[:at] + ("A" if cookie[at] != "A" else "B") + cookie[at + 1 :] for at in range(len(cookie))]
    known = [Token(cookie).hash, Token(cookie).key, bytes(32)]
    told = [each.hex() for each in known] + [base64.urlsafe_b64encode(each).decode() for each in known]
    for tried in (*changed, *told, cookie[:-1], cookie * 2, f"{cookie}=", "", "%00", Token(cookie).form):
        thief = site.client()
        thief.set_cookie(Zone.SAMTALE, tried)
        assert thief.get(INSIDE, status=303).location == BACK, tried
        thief.post(INSIDE, {"text": FORGED, "csrf_token": Token(tried).form}, status=401)
    stranger = site.client()
    stranger.set_cookie(Zone.MIT, cookie)
    stranger.get(INSIDE, status=303)


def test_a_thief_who_writes_in_the_database_shows_nobody_anything(site: Site) -> None:
    """Knowing all that lies there, and how the site seals: what they put there is not shown as an answer."""
    mine = writer(site, MINE)
    for guess in (lambda row: row.lookup, lambda row: row.for_parent[-32:], lambda row: row.for_house[:32]):
        with office(site) as opened, opened.database.write() as session:
            thread = session.scalars(select(Thread)).one()
            answer = Message(thread=thread.id, number=2, side=Side.HOUSE.value, day=thread.visited_on)
            answer.sealed = seal(guess(thread), pad(FORGED), place_of(answer))
            session.merge(answer)
        shown = mine.browser.get(INSIDE, status=500)
        assert FORGED not in shown.response.get_data(as_text=True)
    mine.browser.submit(shown, action=LEAVE, status=200)
