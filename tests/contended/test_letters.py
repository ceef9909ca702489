"""Parents and staff at the same letters at once, on a running site and on both databases, again and again."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from parentsite.contact.models import Letter, LetterHandover, LetterMessage
from parentsite.foundation.audit import AuditEntry
from parentsite.foundation.database import new_id
from parentsite.foundation.outbox import OutboxLetter
from parentsite.foundation.web import sessions
from parentsite.foundation.web.zones import Zone
from parentsite.foundation.work import Actor, ActorKind
from tests import builders
from tests.contact.scene import FAMILY, OFFICE, begun, home
from tests.contended.crowd import Browser, at_once
from tests.contended.running import LONGEST, MOST_CONNECTIONS, Running, running
from tests.databases import Template

LETTERS, ROUNDS = 12, 6
DONE, REFUSED, GONE = 303, 422, 404


@pytest.fixture
def site(tmp_path: Path, new_url: Callable[..., str]) -> Iterator[Running]:
    """Ends with what holds of every race: no error, no deadlock that a second try hides, no connection too many."""
    with running(tmp_path, new_url(Template.TOWN)) as served:
        yield served
        assert (served.trouble(), served.deadlocks()) == ([], 0)
        assert 0 < served.connections() <= MOST_CONNECTIONS


@dataclass(frozen=True)
class Office:
    """A parent with some letters to the placement office, and two who work there."""

    site: Running
    letters: list[UUID]
    parent: Browser
    staff: tuple[Browser, Browser]

    def pressed(self, browser: Browser, letter: UUID, what: str = "", **fields: object) -> bytes:
        """A button of the desk's page of one letter."""
        return browser.post(f"/desk/beskeder/{letter}{what}", **fields)

    def answer(self, browser: Browser, letter: UUID, once: UUID | None = None) -> bytes:
        return self.pressed(browser, letter, text="Svar.", read=1, once=once or new_id())

    def writes(self, letter: UUID) -> bytes:
        """The parent writes on."""
        return self.parent.post(f"/mit/da/beskeder/{letter}", text="Vent!", once=new_id())

    def state(self) -> Counter[str]:
        with self.site.look() as now:
            return Counter(now.session.scalars(select(Letter.state).where(Letter.id.in_(self.letters))))

    def messages(self) -> dict[UUID, int]:
        """Of each letter; what is counted is what stands there."""
        with self.site.look() as now:
            wanted = select(LetterMessage.letter_id, func.count()).group_by(LetterMessage.letter_id)
            found = {letter: number for letter, number in now.session.execute(wanted) if letter in self.letters}
            counted = select(Letter.id, Letter.messages).where(Letter.id.in_(self.letters))
            assert found == dict(iter(now.session.execute(counted)))
            return found

    def entries(self, action: str) -> Counter[str]:
        """How often the audit says so of each of these letters."""
        with self.site.look() as now:
            found = now.session.scalars(select(AuditEntry.record_id).where(AuditEntry.action == action))
            return Counter(one for one in found if one in set(map(str, self.letters)))

    def told(self, what: str) -> int:
        """How many letters of the outbox say so of these."""
        with self.site.look() as now:
            rows = now.session.scalars(select(OutboxLetter).where(OutboxLetter.name == f"contact/{what}"))
            return sum(UUID(row.ids["letter"]) in self.letters for row in rows)


def office(site: Running) -> Office:
    """With letters that nobody has taken, and pages open at everybody's."""
    with site.work() as now:
        of = home(now)
        letters = [begun(now, of.mother, of.child) for _ in range(LETTERS)]
        parent = site.sign_in(now, of.mother)
        staff = []
        for name in ("Karin Vester", "Tommy Ravn"):
            actor = Actor(ActorKind.STAFF, builders.clerk(now, name=name), frozenset({"placement"}))
            staff.append(Browser(site.port, sessions.begin(now, Zone.DESK, actor), zone=Zone.DESK))
    pages = at_once(site.port, [parent.get("/mit/da/beskeder/ny/pladsanvisning")])
    pages += at_once(site.port, [one.get(f"/desk/beskeder/{letters[0]}") for one in staff])
    parent, one, other = (replace(who, csrf=page.csrf) for who, page in zip((parent, *staff), pages, strict=True))
    return Office(site, letters, parent, (one, other))


@pytest.mark.timeout(LONGEST)
def test_two_who_take_the_same_letters_have_each_once(site: Running) -> None:
    for _ in range(ROUNDS):
        here = office(site)
        answers = at_once(site.port, [here.pressed(who, one, "/tag") for one in here.letters for who in here.staff])
        assert Counter(one.status for one in answers) == {DONE: 2 * LETTERS}
        assert here.state() == {"claimed": LETTERS}
        assert here.entries("letter.claimed") == Counter(dict.fromkeys(map(str, here.letters), 1))


@pytest.mark.timeout(LONGEST)
def test_one_answer_of_two_and_one_form_sent_twice(site: Running) -> None:
    """Two of the staff answer each letter at once, and each of them presses twice."""
    for _ in range(ROUNDS):
        here = office(site)
        forms = [here.answer(who, one) for one in here.letters for who in here.staff]
        answers = at_once(site.port, [form for form in forms for _ in range(2)])
        assert Counter(one.status for one in answers) == {DONE: 2 * LETTERS, REFUSED: 2 * LETTERS}
        assert here.state() == {"answered": LETTERS}
        assert set(here.messages().values()) == {2}
        assert here.told("answered") == LETTERS


@pytest.mark.timeout(LONGEST)
def test_no_letter_is_closed_over_what_was_not_read(site: Running) -> None:
    """The parent writes while somebody closes: either it is closed first and opened again, or it is not closed."""
    for _ in range(ROUNDS):
        here = office(site)
        pressed = [
            request
            for one in here.letters
            for request in (here.writes(one), here.pressed(here.staff[0], one, "/luk", read=1))
        ]
        answers = at_once(site.port, pressed)
        assert {one.status for one in answers} == {DONE}
        assert set(here.messages().values()) == {2}
        assert here.state() == {"open": LETTERS}, "the parent's words wait for an answer, whoever came first"


@pytest.mark.timeout(LONGEST)
def test_a_letter_is_answered_or_handed_over_by_whom_it_was_with(site: Running) -> None:
    """One answers while another hands over: the second of the two finds a letter that has changed, or that is gone."""
    for _ in range(ROUNDS):
        here = office(site)
        one, other = here.staff
        answering = [here.answer(one, letter) for letter in here.letters]
        handing = [here.pressed(other, letter, "/videre", team=FAMILY, read=1) for letter in here.letters]
        done = at_once(site.port, [request for pair in zip(answering, handing, strict=True) for request in pair])
        messages = here.messages()
        with site.look() as now:
            teams = dict(iter(now.session.execute(select(Letter.id, Letter.team).where(Letter.id.in_(here.letters)))))
            handed = Counter(now.session.scalars(select(LetterHandover.letter_id)))
        for letter, answered, given in zip(here.letters, done[::2], done[1::2], strict=True):
            assert (answered.status, given.status) in {(DONE, REFUSED), (GONE, DONE)}
            assert messages[letter] == (2 if answered.status == DONE else 1)
            assert (teams[letter], handed[letter]) == ((OFFICE, 0) if answered.status == DONE else (FAMILY, 1))
