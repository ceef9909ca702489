"""How often one address may do what costs something before anybody is known. Counted by each process for itself."""

import logging

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://")
# Whom it has turned away it tells the log by address, as information; the site's log knows nobody.
limiter.logger.setLevel(logging.WARNING)


def limit(app: Flask) -> None:
    """Let the views that are decorated with `limiter` be limited; the extension takes no look at any other request."""
    app.extensions["limiter"] = {limiter}
    limiter.init_app(app)
