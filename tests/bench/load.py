"""Clients on this machine that ask and ask again: each a process with one kept connection, bounded in number and time.

Raw sockets on the loopback: a client that costs much would be measured with the site.
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import quantiles
from time import perf_counter

HOST = "127.0.0.1"
MOST_CLIENTS = 16
MOST_SECONDS = 30.0
TIMEOUT = 10.0


@dataclass(frozen=True)
class Load:
    """What the clients saw; times in milliseconds. `refused` counts every answer that is neither 2xx nor 3xx."""

    per_second: float
    p50: float
    p95: float
    answers: int
    refused: int


def get(path: str, *, host: str, cookie: str = "", accept: str = "br") -> bytes:
    """A browser's request for a page."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", f"Accept-Encoding: {accept}"]
    return _request(lines, cookie)


def post(path: str, body: str, *, host: str, cookie: str, more: Sequence[str] = ()) -> bytes:
    """A browser's form, sent from the site's own page; `more` are lines of its head."""
    data = body.encode()
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(data)}",
        *more,
    ]
    return _request(lines, cookie) + data


def press(port: int, requests: Sequence[bytes], *, clients: int, seconds: float, once: bool = False) -> Load:
    """Let clients send the requests in turn for so long; with `once`, each request once and no longer."""
    if clients > MOST_CLIENTS or seconds > MOST_SECONDS:
        raise ValueError("a load is bounded")
    # Nobody sends another's form.
    own = [tuple(requests[number::clients]) if once else tuple(requests) for number in range(clients)]
    shares = [(port, mine, seconds, once) for mine in own if mine]
    begun = perf_counter()
    with get_context("fork").Pool(clients) as pool:
        told = pool.starmap(_ask, shares, chunksize=1)
    times = sorted(time for share, _, _ in told for time in share)
    # Measured from the first request to the last answer: starting the clients does not count.
    spent = max(end for _, _, (_, end) in told) - min(start for _, _, (start, _) in told)
    assert spent <= perf_counter() - begun
    cuts = quantiles(times, n=20)
    return Load(len(times) / spent, cuts[9] * 1000, cuts[18] * 1000, len(times), sum(refused for _, refused, _ in told))


def ask_once(port: int, request: bytes) -> tuple[int, bytes]:
    """Status and body of one answer."""
    with socket.create_connection((HOST, port), timeout=TIMEOUT) as connection:
        connection.sendall(request)
        return _answer(connection)


def _ask(
    port: int, requests: Sequence[bytes], seconds: float, once: bool
) -> tuple[list[float], int, tuple[float, float]]:
    times, refused, number = [], 0, 0
    with socket.create_connection((HOST, port), timeout=TIMEOUT) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = now = perf_counter()
        while now - start < seconds and not (once and number == len(requests)):
            connection.sendall(requests[number % len(requests)])
            status, _ = _answer(connection)
            before, now = now, perf_counter()
            times.append(now - before)
            refused += status >= 400
            number += 1
    return times, refused, (start, now)


def _answer(connection: socket.socket) -> tuple[int, bytes]:
    received = connection.recv(65536)
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    lowered = head.lower()
    at = lowered.find(b"content-length:")
    length = int(lowered[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
    while len(body) < length:
        body += _more(connection)
    return int(head[9:12]), body


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise ConnectionError("the server hung up")
    return part


def _request(lines: Sequence[str], cookie: str) -> bytes:
    told = [*lines, *([f"Cookie: {cookie}"] if cookie else []), "Connection: keep-alive"]
    return ("\r\n".join(told) + "\r\n\r\n").encode()
