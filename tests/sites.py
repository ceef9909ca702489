"""The whole site for one test: three apps, one database, a clock that stands still, and strict clients."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint

from parentsite.app import create_desk, create_parents, create_samtale
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.settings import Settings
from parentsite.foundation.web import sessions
from parentsite.foundation.web.application import Application, Parts
from parentsite.foundation.web.zones import WSGIApp, Zone
from parentsite.foundation.work import SYSTEM, Actor, ActorKind, Work
from tests import builders
from tests.strict import Client

APPS = {
    Zone.PUBLIC: create_parents,
    Zone.MIT: create_parents,
    Zone.SAMTALE: create_samtale,
    Zone.DESK: create_desk,
}


@dataclass(frozen=True)
class Site:
    """A site, and the ways into it."""

    app: WSGIApp
    settings: Settings
    database: Database
    clock: FixedClock

    @contextmanager
    def work(self, actor: Actor = SYSTEM) -> Iterator[Work]:
        """A write transaction beside the site's own, committed at the end."""
        with self.database.write() as session:
            yield Work(session, self.clock.now(), actor)

    @contextmanager
    def look(self, actor: Actor = SYSTEM) -> Iterator[Work]:
        """A look into the database."""
        with self.database.read() as session:
            yield Work(session, self.clock.now(), actor)

    def client(self, accept_language: str = "da") -> Client:
        """A browser that has never been here."""
        return Client(self.app, self.settings, accept_language)

    def app_of(self, zone: Zone, *extra: Blueprint) -> Application:
        """The app of one zone alone, with a test's own pages beside the site's."""
        app = APPS[zone](Parts(self.settings, self.database, self.clock))
        for blueprint in extra:
            app.register_blueprint(blueprint)
        return app

    def parent(self, person: UUID) -> Client:
        """A browser in which this parent is signed in."""
        client = self.client()
        sign_in(self, client, person)
        return client

    def clerk(self, *roles: str) -> Client:
        """A browser in which somebody of the staff is signed in, with the role `placement` unless others are named."""
        client = self.client()
        with self.work() as work:
            actor = Actor(ActorKind.STAFF, builders.clerk(work), frozenset(roles or ("placement",)))
            client.set_cookie(Zone.DESK, sessions.begin(work, Zone.DESK, actor))
        return client


def sign_in(site: Site, client: Client, person: UUID) -> None:
    """Sign a parent in, in this browser. (The true way, through the provider, is tested with a real one.)"""
    with site.work() as work:
        client.set_cookie(Zone.MIT, sessions.begin(work, Zone.MIT, Actor(ActorKind.PARENT, person)))
