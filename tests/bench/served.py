"""The site as `parentsite serve` serves it, and the yardstick by the same server with the same workers and threads."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.load import HOST, ask_once, get

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
STARTS = 5
READY_WITHIN = 60.0
FIRST_ANSWER = (
    "from parentsite.app import site\n"
    "from werkzeug.test import Client\n"
    "assert Client(site()).get('/da/').status_code == 200\n"
)
BARE = ("granian", "--interface", "wsgi", "--factory", "--no-ws", "--blocking-threads", "2", "--host", HOST)


@dataclass(frozen=True)
class Start:
    """From the start of a Python process to the first page that a worker in it answers, in seconds."""

    seconds: float
    of_processor: float


@contextmanager
def site_at(
    port: int, environment: Mapping[str, str], workers: int = WORKERS, log: Path = Path(os.devnull)
) -> Iterator[int]:
    """Serve the site; gives the process id of the server, which writes what it has to say into the log."""
    command = ("parentsite", "serve", "--port", str(port), "--workers", str(workers))
    with _serving(command, environment, port, log) as pid:
        yield pid


@contextmanager
def bare_at(port: int) -> Iterator[int]:
    """Serve the yardstick."""
    command = (*BARE, "--workers", str(WORKERS), "--port", str(port), "tests.bench.bare:bare")
    with _serving(command, {}, port) as pid:
        yield pid


def free_port() -> int:
    """A port that nobody listens to just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def memory_of_workers(server: int) -> list[float]:
    """MiB that each worker holds (resident, what is shared counted for each)."""
    workers = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    held = (Path(f"/proc/{worker}/status").read_text(encoding="ascii") for worker in workers)
    sizes = (int(status.split("VmRSS:")[1].split()[0]) / 1024 for status in held if "VmRSS:" in status)
    return sorted(size for size in sizes if size > 20)


def start_of_a_worker(environment: Mapping[str, str]) -> Start:
    """The median of a few starts, so that other work on the machine counts less."""
    starts = [_start(environment) for _ in range(STARTS)]
    return Start(median(one.seconds for one in starts), median(one.of_processor for one in starts))


def _start(environment: Mapping[str, str]) -> Start:
    begun, spent = time.perf_counter(), _spent_by_children()
    subprocess.run([sys.executable, "-c", FIRST_ANSWER], cwd=ROOT, env={**os.environ, **environment}, check=True)
    return Start(time.perf_counter() - begun, _spent_by_children() - spent)


def _spent_by_children() -> float:
    used = os.times()
    return used.children_user + used.children_system


@contextmanager
def _serving(
    command: Sequence[str], environment: Mapping[str, str], port: int, log: Path = Path(os.devnull)
) -> Iterator[int]:
    with (
        log.open("ab") as told,
        subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=told,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _wait_for(port, process)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.perf_counter() + READY_WITHIN
    while time.perf_counter() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            if ask_once(port, get("/da/", host=f"{HOST}:{port}"))[0] < 500:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not answer")
