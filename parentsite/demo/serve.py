"""Running the demo provider: in a process of its own beside the site, or in a thread while a test lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    """Logs no requests: their URLs hold codes."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def server(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """A listening server, a thread for each request; `serve_forever` runs it and `shutdown` ends that."""
    return make_server(host, port, app, threaded=True, request_handler=_Quiet)


@contextmanager
def serving(app: Flask, host: str, port: int) -> Iterator[None]:
    """Serve from a thread of this process while the context lasts."""
    listening = server(app, host, port)
    thread = Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
