"""Many browsers that press at the same moment: each with a connection of its own, every form sent before any answer is
read.

One thread looks after them all, so that the machine's processors are left to the site.
"""

import re
import selectors
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter
from uuid import UUID

import brotli

from parentsite.foundation.web.zones import Zone
from tests.bench.load import HOST, get, post

PATIENCE = 60.0
"""Seconds until an answer that does not come counts as never."""
_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
_SLOT = re.compile(r'name="slot" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What one browser was answered, and after how many seconds since its form was sent."""

    status: int
    location: str
    body: str
    seconds: float

    @property
    def times(self) -> list[UUID]:
        """The free times that the page offers, in its order."""
        return [UUID(one) for one in _SLOT.findall(self.body)]

    @property
    def csrf(self) -> str:
        """The token that the page's forms carry."""
        found = _CSRF.search(self.body)
        assert found, self.body
        return found[1]


@dataclass(frozen=True)
class Browser:
    """Somebody signed in to a zone: the cookie, and the token of a page that was looked at."""

    port: int
    token: str
    csrf: str = ""
    zone: Zone = Zone.MIT

    def get(self, path: str) -> bytes:
        return get(path, host=f"{HOST}:{self.port}", cookie=f"{self.zone.value}={self.token}")

    def post(self, path: str, **fields: object) -> bytes:
        """The form as the page sends it."""
        told = "&".join(f"{name}={value}" for name, value in {"csrf_token": self.csrf, **fields}.items())
        return post(path, told, host=f"{HOST}:{self.port}", cookie=f"{self.zone.value}={self.token}")


def at_once(port: int, requests: Sequence[bytes]) -> list[Answer]:
    """Send each request on a connection of its own, all at the same moment; the answers in the requests' order."""
    answers: list[Answer | None] = [None] * len(requests)
    with selectors.DefaultSelector() as waiting:
        for number in range(len(requests)):
            connection = socket.create_connection((HOST, port), PATIENCE)
            waiting.register(connection, selectors.EVENT_READ, _Reading(number))
        begun = perf_counter()
        for key in list(waiting.get_map().values()):
            key.fileobj.sendall(requests[key.data.number])  # type: ignore[union-attr]
        while waiting.get_map():
            ready = waiting.select(PATIENCE)
            assert ready, f"{len(waiting.get_map())} of {len(requests)} browsers were not answered"
            for key, _ in ready:
                reading, connection = key.data, key.fileobj
                assert isinstance(connection, socket.socket)
                answer = reading.more(connection, begun)
                if answer is not None:
                    answers[reading.number] = answer
                    waiting.unregister(connection)
                    connection.close()
    return [answer for answer in answers if answer is not None]


def percentile(answers: Sequence[Answer], percent: int) -> float:
    """Milliseconds within which so many of a hundred were answered."""
    return quantiles((one.seconds for one in answers), n=100)[percent - 1] * 1000


@dataclass
class _Reading:
    """One answer as it comes in."""

    number: int
    received: bytes = b""

    def more(self, connection: socket.socket, begun: float) -> Answer | None:
        part = connection.recv(65536)
        assert part, f"the server hung up on browser {self.number}"
        self.received += part
        head, end, body = self.received.partition(b"\r\n\r\n")
        headers = dict(_header(line) for line in head.decode("latin-1").split("\r\n")[1:])
        if not end or len(body) < int(headers.get("content-length", 0)):
            return None
        if headers.get("content-encoding") == "br":
            body = brotli.decompress(body)
        return Answer(int(head[9:12]), headers.get("location", ""), body.decode(), perf_counter() - begun)


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()
