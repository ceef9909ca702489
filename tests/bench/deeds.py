"""What is done with one press, and measured like a page: an offer answered, a home visit booked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from werkzeug.test import create_environ

from tests.bench.looks import OFFER_PAGE, PICKER, Look, answer_path, picker_path
from tests.bench.site import BenchSite

GOAL_ON = {"sqlite": 0.35, "postgresql": 0.25}


@dataclass(frozen=True)
class Press:
    """A form that is sent once: where to, the session's token, the fields."""

    path: str
    token: str
    body: str


@dataclass(frozen=True)
class Deed:
    """The yardstick is the bare page of the bytes of the `page` on which it is done; `presses` are by one parent each,
    none of them twice.
    """

    name: str
    page: str
    presses: Callable[[BenchSite], Iterator[Press]]

    def on(self, backend: str) -> Look:
        """No page, but measured as one."""
        return Look(f"{self.name} ({backend})", "", GOAL_ON[backend])


def environ_of(press: Press, base_url: str) -> dict[str, Any]:
    """The form as a browser sends it."""
    made: dict[str, Any] = create_environ(
        press.path,
        base_url,
        method="POST",
        headers={"Cookie": f"mit={press.token}", "Origin": base_url, "Accept-Encoding": "br"},
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


DEEDS = (Deed("an offer answered", OFFER_PAGE, _answers), Deed("a visit booked", PICKER, _bookings))
