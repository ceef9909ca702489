"""A site on a database of its own, filled with a town of families."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from flask import g

from parentsite.app import create_parents, create_site
from parentsite.foundation.clock import FixedClock
from parentsite.foundation.database import Database
from parentsite.foundation.settings import Settings
from parentsite.foundation.web import sessions
from parentsite.foundation.web.application import Application, Parts
from parentsite.foundation.web.csrf import masked_token
from parentsite.foundation.web.sessions import Standing, Visit
from parentsite.foundation.web.transactions import brief_read, moment, work
from parentsite.foundation.web.zones import WSGIApp, Zone
from parentsite.foundation.work import SYSTEM, Actor, ActorKind, Work
from parentsite.places import models
from parentsite.places.service import offered
from tests.bench.town_of import FilledTown, Visitor, fill_town
from tests.databases import KEYRING

BASE_URL = "http://127.0.0.1:8000"
LANGUAGE = "da"


@dataclass(frozen=True)
class BenchSite:
    """The site, who visits it, and the environment by which another process serves the same."""

    app: WSGIApp
    parents: Application
    filled: FilledTown
    environment: Mapping[str, str]

    @property
    def base_url(self) -> str:
        return self.environment["PARENTSITE_BASE_URL"]

    def form_of(self, visitor: Visitor, **fields: str) -> str:
        """A form that this visitor sends from the site's own page."""
        with self.parents.test_request_context(f"/mit/{LANGUAGE}/"), brief_read() as session:
            g.visit = sessions.find(session, visitor.token, Zone.MIT, moment())
            return urlencode({"csrf_token": masked_token(), **fields})

    def yes_to(self, visitor: Visitor) -> str:
        """The form by which this visitor says Yes to the offer."""
        with self.parents.test_request_context(f"/mit/{LANGUAGE}/"):
            case = work().session.get_one(models.Offer, visitor.about).application_id
            parent = work().session.get_one(models.Application, case).applicant_id
            g.visit = Visit(Standing.LIVE, visitor.token, Actor(ActorKind.PARENT, parent))
            follows = offered.consequences(work(), offered.offer_for(work(), parent, visitor.about))
            shown = offered.proof_of(work(), follows)
            return urlencode({"csrf_token": masked_token(), "answer": "yes", "shown": shown})


def bench_site(
    folder: Path, url: str, moment: datetime, *, children: int, presses: int = 1, base_url: str = BASE_URL
) -> BenchSite:
    """A site on the database at `url`, which has a town and gets its families now."""
    environment = environment_for(folder, url, base_url)
    settings = Settings.from_env(environment)
    database = Database(url, settings.keyring)
    with database.write() as session:
        filled = fill_town(Work(session, moment, SYSTEM), children, presses)
    return site_on(settings, database, filled, environment, moment)


def site_on(
    settings: Settings, database: Database, filled: FilledTown, environment: Mapping[str, str], moment: datetime
) -> BenchSite:
    """A site on a database that is full already."""
    clock = FixedClock(moment)
    parents = create_parents(Parts(settings, database, clock))
    return BenchSite(create_site(settings, clock), parents, filled, environment)


def environment_for(folder: Path, url: str, base_url: str = BASE_URL) -> Mapping[str, str]:
    """The settings as an operator would give them, in test mode."""
    told = {
        "MODE": "test",
        "DATA": str(folder),
        "DATABASE_URL": url,
        "BASE_URL": base_url,
        "SEAL_KEYS": ",".join(b64encode(key).decode() for key in KEYRING.keys),
        "INDEX_KEY": b64encode(KEYRING.index_key).decode(),
        **{f"SECRET_{name}": name.lower() * 8 for name in ("PARENTS", "SAMTALE", "DESK")},
    }
    return {f"PARENTSITE_{name}": value for name, value in told.items()}
