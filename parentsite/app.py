"""The one place where everything is put together: three Flask apps behind one dispatcher."""

from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from parentsite.contact.journey import JOURNEY as CONTACT
from parentsite.counselling.journey import JOURNEY as COUNSELLING
from parentsite.counselling.office import EXTENSION, Office, OtherPepper, open_office
from parentsite.counselling.service.roster import is_held_by_counsellors
from parentsite.counselling.store import OtherTables
from parentsite.counselling.views.zone import form_token, guard
from parentsite.desk.views import desks_own, outbox_pages
from parentsite.foundation.assets import HASHED_NAME
from parentsite.foundation.clock import Clock, local_date, monotonic
from parentsite.foundation.database import Database
from parentsite.foundation.i18n import DANISH
from parentsite.foundation.journey import Journey
from parentsite.foundation.keys import unopened
from parentsite.foundation.post import FolderTransport, transport_for
from parentsite.foundation.resources import STATIC
from parentsite.foundation.settings import Settings, SettingsError
from parentsite.foundation.web.application import Application, Parts, Plan, build
from parentsite.foundation.web.collector import collected_seldom
from parentsite.foundation.web.zones import WSGIApp, Zone, dispatch, only_host
from parentsite.frames import desk_menus, frame_of, parents_menus, samtale_menus
from parentsite.groups.journey import JOURNEY as GROUPS
from parentsite.home.calendar import calendar_pages
from parentsite.home.help import help_pages
from parentsite.home.looked import looked_pages
from parentsite.home.mine import my_pages
from parentsite.home.public import public_pages
from parentsite.home.way_pages import way_pages
from parentsite.people.signin.adapter import SignIn
from parentsite.people.signin.openid import OpenIdSignIn
from parentsite.people.signin.settings import ProviderSettings
from parentsite.people.signing_in import parent_for, staff_for
from parentsite.people.views import Entrance, sign_in_pages, sign_in_url
from parentsite.places.journey import JOURNEY as PLACES
from parentsite.readiness.journey import JOURNEY as READINESS
from parentsite.town.service import NoTown, current_town
from parentsite.visits.journey import JOURNEY as VISITS

JOURNEYS: tuple[Journey, ...] = (PLACES, VISITS, GROUPS, READINESS, CONTACT, COUNSELLING)
VERSION_CHECK_SECONDS = 2.0
SCOPES = {Zone.MIT: "openid profile", Zone.DESK: "openid profile email"}
"""What is asked of a provider: parents say themselves where letters go, staff are written to at the town's address."""


def create_site(settings: Settings, clock: Clock | None = None) -> WSGIApp:
    """The whole site as one WSGI application. Raises `SettingsError` when production must not start."""
    database_ = Database(settings.database_url, settings.keyring)
    parts = Parts(settings, database_, clock or settings.clock)
    check_promises(settings, database_)
    anonymous, desk = create_samtale(parts), create_desk(parts)
    anonymous.extensions[EXTENSION] = desk.extensions[EXTENSION] = cache(lambda: office_of(settings, parts.clock))
    apps: dict[Zone, WSGIApp] = {Zone.SAMTALE: anonymous, Zone.DESK: desk}
    whole = with_static(dispatch(apps, create_parents(parts)))
    if settings.is_production:
        whole = only_host(whole, settings.host)
    behind = settings.proxies
    return ProxyFix(whole, x_for=behind, x_proto=behind, x_host=behind) if behind else whole


def site() -> WSGIApp:
    """The site as the environment sets it: what a server is pointed at."""
    return collected_seldom(create_site(Settings.from_env()))


def create_parents(parts: Parts) -> Application:
    """The public zone and the parents' own."""
    entrance = Entrance(Zone.MIT, _adapter(parts.settings, Zone.MIT), parent_for, parts.settings)
    plan = Plan(
        name="parents",
        blueprints=[
            public_pages(JOURNEYS),
            help_pages,
            my_pages(JOURNEYS),
            calendar_pages(JOURNEYS, parts.settings.base_url),
            looked_pages(JOURNEYS),
            way_pages(JOURNEYS),
            sign_in_pages(entrance),
            *_blueprints("public"),
            *_blueprints("mit"),
        ],
        frame=frame_of(parents_menus, JOURNEYS),
        sign_in_url=sign_in_url(Zone.MIT),
        form_targets=(_origin(parts.settings.parents_provider.issuer),),
        kept_version=_town_version(parts.database),
    )
    return build(parts, plan)


def create_desk(parts: Parts) -> Application:
    """The staff's desk, in Danish."""
    entrance = Entrance(Zone.DESK, _adapter(parts.settings, Zone.DESK), staff_for, parts.settings)
    transport = transport_for(parts.settings.mail_url)
    outbox = [outbox_pages(transport.folder)] if isinstance(transport, FolderTransport) else []
    plan = Plan(
        name="desk",
        blueprints=[*desks_own(JOURNEYS), sign_in_pages(entrance), *outbox, *_blueprints("desk")],
        frame=frame_of(desk_menus, JOURNEYS),
        sign_in_url=sign_in_url(Zone.DESK),
        only_language=DANISH,
        form_targets=(_origin(parts.settings.staff_provider.issuer),),
    )
    return build(parts, plan)


def create_samtale(parts: Parts) -> Application:
    """The anonymous zone: nobody signs in here, and nothing knows who is signed in elsewhere."""
    plan = Plan(
        name="samtale",
        blueprints=_blueprints("samtale"),
        frame=frame_of(samtale_menus, JOURNEYS),
        sign_in_url=lambda back, was_in: "/",
        template_globals={"csrf_field": form_token},
        guard=guard,
        writes=False,
    )
    return build(parts, plan)


def check_promises(settings: Settings, database_: Database) -> None:
    """Production refuses to start while a date or right that parents are shown is founded on a stand-in, or while
    others than the counsellors could read what is written to them; no site starts with keys that do not open what it
    holds.
    """
    check_keys(database_)
    if settings.is_production:
        for zone in (Zone.MIT, Zone.DESK):
            _adapter(settings, zone)
        try:
            with database_.read() as session:
                check_pack(session)
                is_open = current_town(session).counselling is not None
        except SQLAlchemyError as error:
            raise SettingsError(("The database does not answer, or has no tables: parentsite migrate.",)) from error
        if is_open:
            check_counsellors(office_of(settings, settings.clock))


def office_of(settings: Settings, clock: Clock) -> Office:
    """What the anonymous conversation stands on. Raises `SettingsError` when its file is another version's, or the
    pepper is not the one that it was begun with.
    """
    try:
        return open_office(settings, local_date(clock.now()))
    except OtherPepper as error:
        raise SettingsError((f"{error} is not the pepper that the conversations were begun with.",)) from error
    except OtherTables as error:
        raise SettingsError((f"{error} holds the tables of another version of the site.",)) from error


def check_counsellors(office: Office) -> None:
    """Raise `SettingsError` while a file, or nobody, holds the key of the anonymous conversations."""
    with office.database.read() as session:
        if not is_held_by_counsellors(session):
            held = f"The key of the anonymous conversations is held by: {office.house_mode()}."
            raise SettingsError((f"{held} Two counsellors must hold it: parentsite counselling enrol, then found.",))


def check_keys(database_: Database) -> None:
    """Raise `SettingsError` when something is sealed by a key that is not at hand. A database that does not answer, or
    is behind this version, is for the page of readiness to tell.
    """
    try:
        with database_.read() as session:
            closed = unopened(session)
    except SQLAlchemyError:
        return
    if closed:
        told = ", ".join(closed)
        raise SettingsError((f"PARENTSITE_SEAL_KEYS lacks the key by which these were sealed: {told}.",))


def check_pack(session: Session) -> None:
    """Raise `SettingsError` when the pack in force promises what nobody has decided."""
    try:
        unfounded = current_town(session).stand_ins()
    except NoTown as error:
        raise SettingsError(("No town pack is loaded: parentsite town load FILE.",)) from error
    if unfounded:
        raise SettingsError(tuple(f"The town pack's {name} is still marked demo." for name in unfounded))


def with_static(app: WSGIApp) -> WSGIApp:
    """Serve the built assets in front of the apps, for ever (their names change with their content)."""
    served: WSGIApp = WhiteNoise(
        app,
        root=STATIC,
        prefix="static/",
        immutable_file_test=lambda path, url: HASHED_NAME.match(url),
        max_age=60,
        allow_all_origins=False,
        add_headers_function=_secure_file,
    )
    return served


def _secure_file(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _blueprints(zone: str) -> list[Any]:
    return [blueprint for journey in JOURNEYS for blueprint in journey.blueprints.get(zone, ())]


def _adapter(settings: Settings, zone: Zone) -> SignIn:
    own = settings.parents_provider if zone is Zone.MIT else settings.staff_provider
    back = f"{settings.base_url}/{zone.value}/retur"
    try:
        assurance, scope = own.minimum_assurance, SCOPES[zone]
        registered = ProviderSettings(own.issuer, own.client_id, own.client_secret, back, assurance, scope)
    except ValueError as error:
        raise SettingsError((f"A sign-in provider's ASSURANCE: {error}.",)) from error
    return OpenIdSignIn(registered)


def _town_version(database_: Database) -> Callable[[], str | None]:
    """The town pack in force, looked up every other second at most; none while the database cannot say."""
    known: dict[str, Any] = {"digest": None, "at": -VERSION_CHECK_SECONDS}

    def version() -> str | None:
        if monotonic() - known["at"] >= VERSION_CHECK_SECONDS:
            try:
                with database_.read() as session:
                    known["digest"] = current_town(session).digest
            except (SQLAlchemyError, NoTown):
                return None
            known["at"] = monotonic()
        return str(known["digest"])

    return version


def _origin(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))
