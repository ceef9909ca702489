"""The `parentsite` command: what an operator does from a shell."""

import logging
import signal
import sys
import threading
from base64 import b64encode
from datetime import datetime
from pathlib import Path
from secrets import token_bytes

import click
from alembic import command
from alembic.config import Config
from granian import Granian
from granian.constants import Interfaces

from parentsite.app import JOURNEYS, check_pack, check_promises, office_of
from parentsite.consent.service.chain import broken_chains
from parentsite.counselling.chores import chores
from parentsite.counselling.office import Office
from parentsite.counselling.shell import Desk, commands
from parentsite.demo.fictional import fictional_register
from parentsite.demo.groups import bring_together
from parentsite.demo.letters import write_letters
from parentsite.demo.running import DemoSite, run_processes, run_provider
from parentsite.demo.school_start import write_down
from parentsite.demo.settings import FAMILIES
from parentsite.demo.visitors import set_to_work
from parentsite.foundation import assets, chain
from parentsite.foundation.clock import COPENHAGEN, FileClock, local_date
from parentsite.foundation.database import Database
from parentsite.foundation.post import transport_for
from parentsite.foundation.resealing import reseal
from parentsite.foundation.resources import MIGRATIONS, STATIC, STATIC_SOURCES
from parentsite.foundation.sealed import KEY_BYTES
from parentsite.foundation.settings import Settings, SettingsError
from parentsite.foundation.work import SYSTEM, Work
from parentsite.people.loading import load_register
from parentsite.people.register import RegisterFile
from parentsite.people.registerfile.entry import RegisterError
from parentsite.people.registerfile.reading import read_register
from parentsite.town.pack.problems import PackError
from parentsite.town.pack.shipped import PACKS
from parentsite.town.service import WouldOrphan, load_pack
from parentsite.worker import Worker

log = logging.getLogger("parentsite")
STOP_SECONDS = 3


@click.group()
def main() -> None:
    """The self-service site where parents meet their town. Settings come from PARENTSITE_… in the environment."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the site."""
    _ready()
    Granian(
        "parentsite.app:site",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=2,
        workers_kill_timeout=STOP_SECONDS,
        log_access=False,
        websockets=False,
    ).serve()


@main.command()
def worker() -> None:
    """Send letters, let offers expire, forget what is past its time, until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _worker(_ready()).run(stop)


@main.command()
def forget() -> None:
    """Do the worker's chores once: expire, forget what is past its time, send what is due."""
    click.echo(f"{_worker(_ready()).round()} letters sent")


@main.command()
def migrate() -> None:
    """Bring the database's tables up to this version of the site."""
    _migrate(_settings())


@main.group()
def town() -> None:
    """The town pack."""


@town.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def town_load(file: Path) -> None:
    """Put a town pack in force; the same pack again changes nothing."""
    _load_town(_settings(), file)


@main.group()
def people() -> None:
    """The people register."""


@people.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def people_load(file: Path) -> None:
    """Bring the people register's tables up to a file."""
    chosen = _ready()
    try:
        register = read_register(file, local_date(chosen.clock.now()))
    except RegisterError as error:
        raise click.ClickException(f"{file}: {error}") from error
    _load_people(chosen, register)


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--data", default="data", show_default=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--pack", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Another town pack.")
def demo(port: int, data: Path, pack: Path | None) -> None:
    """Run the whole site with demo families: provider, worker and site."""
    site = DemoSite(data.resolve(), port)
    chosen = Settings.from_env(site.environment())
    _migrate(chosen)
    _load_town(chosen, pack or min(PACKS.glob("*.toml")))
    register = fictional_register(FAMILIES, site.begun_on(local_date(chosen.clock.now())))
    _load_people(chosen, register)
    with _database(chosen).write() as session:
        work = Work(session, chosen.clock.now(), SYSTEM)
        set_to_work(work, register, chosen.staff_provider.issuer)
        bring_together(work, register, chosen.staff_provider.issuer)
        write_down(work, register, chosen.staff_provider.issuer)
        write_letters(work, register, chosen.staff_provider.issuer)
    sys.exit(run_processes(site))


@main.command(hidden=True)
def provider() -> None:
    """Serve the demo's sign-in provider."""
    run_provider(_settings())


@main.command()
@click.argument("moment", required=False)
def clock(moment: str | None) -> None:
    """Let a demo believe it is MOMENT (2027-03-01 or 2027-03-01T12:00, Danish time); without it, the real time
    again.
    """
    chosen = _settings()
    shared = chosen.clock
    if not isinstance(shared, FileClock):
        raise click.ClickException("Production's clock cannot be set.")
    try:
        shared.set(datetime.fromisoformat(moment).replace(tzinfo=COPENHAGEN) if moment else None)
    except ValueError as error:
        raise click.BadParameter(f"{moment} is no day and no moment") from error
    click.echo(shared.now().astimezone(COPENHAGEN).isoformat(timespec="minutes"))


@main.group()
def keys() -> None:
    """The keys that free text is sealed with."""


@keys.command("new")
def keys_new() -> None:
    """Print a new key; put it first in PARENTSITE_SEAL_KEYS, restart, then run `keys reseal`."""
    click.echo(b64encode(token_bytes(KEY_BYTES)).decode())


@keys.command("reseal")
def keys_reseal() -> None:
    """Seal everything under the newest key; afterwards the older ones may be dropped."""
    click.echo(f"{reseal(_database(_settings()))} values sealed anew")


@main.command("audit")
@click.argument("noted", required=False)
def audit_verify(noted: str | None) -> None:
    """Prove the audit's chain, and those of the consents: says which links are broken and what is left out of them,
    and fails if anything is.

    NOTED is where the chain ended at an earlier run, kept outside the database: a chain cut short or made anew shows.
    """
    with _database(_settings()).read() as session:
        broken, adrift = chain.broken_links(session), chain.count_adrift(session)
        entries, waiting, end = chain.count_entries(session), chain.count_waiting(session), chain.end_of_chain(session)
        holds = noted is None or chain.still_holds(session, noted)
        unproven = broken_chains(session)
    click.echo(f"{entries} entries, {len(broken)} broken links, {adrift} outside the chain, {waiting} to be linked")
    if broken or adrift:
        raise click.ClickException(f"broken links: {broken[:20]}; entries outside the chain: {adrift}")
    if unproven:
        raise click.ClickException(f"consents do not prove themselves, about: {', '.join(map(str, unproven[:20]))}")
    if not holds:
        raise click.ClickException(f"the chain does not run through {noted}: it was cut short or made anew")
    if end is not None:
        click.echo(f"Keep this elsewhere for the next run: {end}")


@main.command()
@click.argument("text")
def migration(text: str) -> None:
    """Write a new migration from what the models have become (developers)."""
    command.revision(_alembic(_settings()), message=text, autogenerate=True)


@main.command("assets")
def assets_build() -> None:
    """Build style sheets and scripts into the folder that is served (developers)."""
    assets.build(STATIC_SOURCES, STATIC)


def _settings() -> Settings:
    try:
        return Settings.from_env()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def _ready() -> Settings:
    """The settings of a site that may meet people: in production every promise is founded."""
    chosen = _settings()
    database_ = _database(chosen)
    try:
        check_promises(chosen, database_)
        log.info("the key of the anonymous conversations is held by: %s", _office(chosen).house_mode())
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    finally:
        # Who only watches over the workers holds no connection that one of them may need.
        database_.dispose()
    return chosen


def _office(chosen: Settings) -> Office:
    return office_of(chosen, chosen.clock)


def _counselling_desk() -> Desk:
    chosen = _settings()
    return Desk(_office(chosen), chosen.clock)


main.add_command(commands(_counselling_desk))


def _database(chosen: Settings) -> Database:
    return Database(chosen.database_url, chosen.keyring)


def _worker(chosen: Settings) -> Worker:
    database = _database(chosen)
    return Worker(
        database=database,
        clock=chosen.clock,
        transport=transport_for(chosen.mail_url),
        sender=chosen.mail_sender,
        base_url=chosen.base_url,
        journeys=JOURNEYS,
        apart=chores(_office(chosen), database),
    )


def _migrate(chosen: Settings) -> None:
    command.upgrade(_alembic(chosen), "head")


def _alembic(chosen: Settings) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = chosen.database_url
    return config


def _load_town(chosen: Settings, file: Path) -> None:
    def in_use(work: Work, codes: frozenset[str]) -> frozenset[str]:
        return frozenset(code for journey in JOURNEYS for code in journey.in_use(work, codes))

    try:
        with _database(chosen).write() as session:
            work = Work(session, chosen.clock.now(), SYSTEM)
            report = load_pack(work, _text_of(file), in_use)
            if chosen.is_production:
                check_pack(session)
            _tell_journeys(work, report.is_new)
    except (PackError, WouldOrphan, SettingsError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(f"town pack {file.name}: {'loaded' if report.is_new else 'in force already'}")


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: it is not written in UTF-8") from error


def _load_people(chosen: Settings, register: RegisterFile) -> None:
    with _database(chosen).write() as session:
        work = Work(session, chosen.clock.now(), SYSTEM)
        report = load_register(work, register)
        _tell_journeys(work, True)
    click.echo(f"people register: {report.persons} adults, {report.children} children, {len(report.merged)} merged")


def _tell_journeys(work: Work, changed: bool) -> None:
    for journey in JOURNEYS:
        if changed:
            journey.town_changed(work)
