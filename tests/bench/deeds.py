"""What is done with one press, and measured like a page: an offer answered, a visit booked, a consent given, the way
back into an anonymous conversation.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import create_environ

from parentsite.app import office_of
from parentsite.counselling.service import doors
from parentsite.foundation.settings import Settings
from parentsite.readiness.service.allowing import VERSION
from tests.bench.looks import (
    ANONYMOUS,
    CLIENTS,
    CONSENTS,
    OFFER_PAGE,
    PICKER,
    Look,
    answer_path,
    consents_path,
    picker_path,
)
from tests.bench.site import BenchSite

GOAL_ON = {"sqlite": 0.35, "postgresql": 0.25}
KEY_GOAL = dict.fromkeys(GOAL_ON, 0.005)
"""Of what makes a key of a phrase: Argon2id takes 69 ms on purpose (`performance.md`), where a bare page takes half of
one. One comes back at a time, in the one slot.
"""


@dataclass(frozen=True)
class Press:
    """A form that is sent once: where to, the session's token (none: without a name), the fields; by a browser, or by
    its htmx.
    """

    path: str
    token: str
    body: str
    htmx: bool = False

    @property
    def cookie(self) -> str:
        """What the browser sends along."""
        return f"mit={self.token}" if self.token else ""

    @property
    def status(self) -> int:
        """What a press that is done is answered."""
        return 200 if self.htmx else 303


@dataclass(frozen=True)
class Deed:
    """The yardstick is the bare page of the bytes of the `page` on which it is done; `presses` are by one parent each,
    none of them twice.
    """

    name: str
    page: str
    presses: Callable[[BenchSite], Iterator[Press]]
    goal_on: Mapping[str, float] = field(default_factory=lambda: GOAL_ON, hash=False)
    clients: int = CLIENTS

    def on(self, backend: str) -> Look:
        """No page, but measured as one."""
        return Look(f"{self.name} ({backend})", "", self.goal_on[backend], clients=self.clients)


def asked_by(press: Press) -> dict[str, str]:
    """The headers that tell htmx from the browser itself."""
    return {"HX-Request": "true"} if press.htmx else {}


def environ_of(press: Press, base_url: str) -> dict[str, Any]:
    """The form as a browser sends it."""
    made: dict[str, Any] = create_environ(
        press.path,
        base_url,
        method="POST",
        headers={"Cookie": press.cookie, "Origin": base_url, "Accept-Encoding": "br", **asked_by(press)},
        data=press.body,
        content_type="application/x-www-form-urlencoded",
    )
    return made


def _answers(site: BenchSite) -> Iterator[Press]:
    """A Yes from each parent who has an offer."""
    for visitor in site.filled.offered:
        yield Press(answer_path(visitor), visitor.token, site.yes_to(visitor))


def _bookings(site: BenchSite) -> Iterator[Press]:
    """The button that takes a time, from each parent who is about to press it."""
    for visitor in site.filled.booking:
        yield Press(f"{picker_path(visitor)}/tid/{visitor.slot}", visitor.token, site.form_of(visitor))


def _consents(site: BenchSite) -> Iterator[Press]:
    """A Yes to reading from each parent who is asked."""
    reading, _ = site.filled.questions
    return _yeses(site, reading)


def _switches(site: BenchSite) -> Iterator[Press]:
    """A Yes to talking from the same parents, whose page answers with the one question."""
    _, talking = site.filled.questions
    return _yeses(site, talking, htmx=True)


def _returns(site: BenchSite) -> Iterator[Press]:
    """The same parent without a name, who comes back again and again with the words."""
    clock = site.parents.extensions["parentsite.clock"]
    office = office_of(Settings.from_env(site.environment), clock)
    begun = doors.begin(office, clock.now(), "Vi skændes hele tiden.")
    office.database.dispose()
    return repeat(Press("/samtale/da/tilbage", "", urlencode({"phrase": " ".join(begun.phrase.words)})))


def _yeses(site: BenchSite, question: str, *, htmx: bool = False) -> Iterator[Press]:
    for visitor in site.filled.asked:
        form = site.form_of(visitor, switch=question, read=str(VERSION), answer="yes")
        yield Press(consents_path(visitor), visitor.token, form, htmx)


DEEDS = (
    Deed("an offer answered", OFFER_PAGE, _answers),
    Deed("a visit booked", PICKER, _bookings),
    Deed("a consent given", CONSENTS, _consents),
    Deed("a consent given with htmx", CONSENTS, _switches),
    Deed("samtale: back by the words", ANONYMOUS, _returns, KEY_GOAL, clients=1),
)
