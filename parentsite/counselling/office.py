"""What the anonymous conversation stands on, opened once in a process: database, pepper, slot, budget, house key."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from parentsite.counselling.budget import Budget
from parentsite.counselling.keys.derivation import Derivation, Pepper, kept_secret
from parentsite.counselling.keys.sealing import new_pair, public_of
from parentsite.counselling.keys.slot import Slot
from parentsite.counselling.models import HouseKey, PepperSign
from parentsite.counselling.rules.vocabulary import HouseMode
from parentsite.counselling.store import cut_log, open_store
from parentsite.foundation.database import Database, change
from parentsite.foundation.settings import Settings

EXTENSION = "parentsite.office"
"""Where the apps that hold anonymous conversations find the function that opens the office, once in a process."""

_MODE = select(HouseKey.mode)


class OtherPepper(Exception):
    """The pepper at this path is gone, or another: no phrase that a parent has would lead anywhere."""


@dataclass(frozen=True)
class Office:
    """The parts. `embedded` is where the house key lies while no counsellors hold it."""

    path: Path
    database: Database
    derivation: Derivation
    budget: Budget
    embedded: Path

    def house_mode(self) -> HouseMode:
        """Who holds the house key."""
        with self.database.read() as session:
            return house_mode(session)

    def embedded_secret(self) -> bytes | None:
        """The house key's private half, where a file holds it."""
        return self.embedded.read_bytes() if self.embedded.exists() else None

    def forget_embedded(self) -> None:
        """Delete the key file, once the counsellors hold the key."""
        self.embedded.unlink(missing_ok=True)

    def cut_log(self) -> bool:
        """Let deleted bytes be gone; false while somebody is busy, and then the worker tries again."""
        return cut_log(self.path)


def open_office(settings: Settings, today: date) -> Office:
    """Open the office where the settings say. Outside production a file holds the house key until counsellors do."""
    apart = settings.apart
    office = office_at(apart.database, apart.keys, apart.begun_each_hour)
    if not settings.is_production:
        embed_house_key(office, today)
    return office


def office_at(path: Path, keys: Path, each_hour: int) -> Office:
    """Open the database at `path` with the secrets in the folder `keys`; what a new one lacks is made.

    Raises `OtherPepper`, `OtherTables`.
    """
    for folder in (path.parent, keys):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = open_store(path)
    derivation = Derivation(_pepper(database, keys / "pepper"), Slot(keys))
    return Office(path, database, derivation, Budget(keys, each_hour), keys / "house-key")


def embed_house_key(office: Office, today: date) -> None:
    """Let a file hold the house key, where nobody holds one yet: a demo, or a town that tries things out."""
    if office.house_mode() is not HouseMode.NONE:
        return
    secret = kept_secret(office.embedded, new_pair()[0])
    with office.database.write() as session:
        if house_mode(session) is HouseMode.NONE:
            session.add(HouseKey(mode=HouseMode.EMBEDDED, public=public_of(secret), made_on=today))


def _pepper(database: Database, path: Path) -> Pepper:
    """The pepper that the database knows; a new one only for a new database."""
    with database.read() as session:
        known = session.scalar(select(PepperSign.sign))
    if known is not None and not path.exists():
        raise OtherPepper(path)
    pepper = Pepper.at(path)
    if known is None:
        with database.write() as session:
            change(session, insert(PepperSign).on_conflict_do_nothing(), {"one": 1, "sign": pepper.sign})
    elif known != pepper.sign:
        raise OtherPepper(path)
    return pepper


def house_mode(session: Session) -> HouseMode:
    """Who holds the house key."""
    mode = session.scalar(_MODE)
    return HouseMode(mode) if mode else HouseMode.NONE
