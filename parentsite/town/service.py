"""Loading a town pack into the database, and the town as every page sees it."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from parentsite.foundation.audit import record
from parentsite.foundation.database import columns
from parentsite.foundation.work import Work
from parentsite.town.history import keep_history
from parentsite.town.models import Facility, TownVersion
from parentsite.town.pack.parse import digest_of, parse_pack
from parentsite.town.town import Town

_LOAD_LOCK = 7_302_650_141
_KEPT_TOWNS = 4
_IN_SESSION = "town"
_REFERRED_TO = ("districts", "group_kinds", "schools", "after_school", "areas", "document_templates", "letter_teams")
"""The tables of a pack, beside its facilities, whose codes live cases may refer to."""
_NEWEST_DIGEST = select(TownVersion.digest).order_by(TownVersion.number.desc()).limit(1)
_towns: dict[str, Town] = {}


class NoTown(Exception):
    """No pack was ever loaded."""


class WouldOrphan(Exception):
    """Live cases refer to what the pack drops; `codes` are its codes."""

    def __init__(self, codes: frozenset[str]) -> None:
        super().__init__(f"live cases still refer to {', '.join(sorted(codes))}")
        self.codes = codes


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, by facility codes; nothing at all when the same pack was in force already."""

    digest: str
    is_new: bool
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()


def load_pack(work: Work, document: str, in_use: Callable[[Work, frozenset[str]], frozenset[str]]) -> LoadReport:
    """Put a pack in force: all of it, or nothing.

    The pack in force again changes nothing; two loads at once go one after the other. `in_use` is given the
    codes about to vanish and answers which of them live cases refer to. Raises `PackError`, or `WouldOrphan`.
    """
    town = parse_pack(document)
    _wait_for_other_loads(work.session)
    before = _document_in_force(work.session)
    if before is not None and digest_of(before) == town.digest:
        return LoadReport(town.digest, is_new=False)
    vanishing = _codes_before(work.session, before) - town.codes
    if orphans := in_use(work, vanishing) if vanishing else frozenset():
        raise WouldOrphan(orphans)
    version = _put_in_force(work, town.digest, document)
    work.session.info.pop(_IN_SESSION, None)
    changes = keep_history(work, town.facilities)
    record(work, "town.loaded", (), about=("town_version", version.id))
    return LoadReport(town.digest, True, changes.added, changes.changed, changes.retired, changes.returned)


def current_town(session: Session) -> Town:
    """The town in force: one short read in each session, and a parse only when the pack has changed.

    Raises `NoTown`; `PackError` when newer code refuses the pack, which then must be loaded anew.
    """
    known: Town | None = session.info.get(_IN_SESSION)
    if known is not None:
        return known
    digest = columns(session, _NEWEST_DIGEST).scalar_one_or_none()
    if digest is None:
        raise NoTown
    town = _towns.get(digest)
    if town is None:
        town = parse_pack(_document(session, digest))
        if len(_towns) >= _KEPT_TOWNS:
            _towns.clear()
        _towns[digest] = town
    session.info[_IN_SESSION] = town
    return town


def _wait_for_other_loads(session: Session) -> None:
    """On SQLite a writer is alone already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOAD_LOCK)))


def _document(session: Session, digest: str) -> str:
    return session.execute(select(TownVersion.document).where(TownVersion.digest == digest)).scalar_one()


def _document_in_force(session: Session) -> str | None:
    digest = session.execute(_NEWEST_DIGEST).scalar_one_or_none()
    return None if digest is None else _document(session, digest)


def _codes_before(session: Session, document: str | None) -> frozenset[str]:
    """Read without the checks: a pack loaded by older code must not stand in the way of its successor."""
    # FOR UPDATE waits for wishes that are being written this moment, so that `in_use` sees them.
    live = select(Facility.code).where(Facility.retired_on.is_(None)).with_for_update()
    pack = tomllib.loads(document) if document else {}
    return frozenset(session.execute(live).scalars()).union(*(pack.get(table, {}) for table in _REFERRED_TO))


def _put_in_force(work: Work, digest: str, document: str) -> TownVersion:
    session = work.session
    number = session.execute(select(func.coalesce(func.max(TownVersion.number), 0) + 1)).scalar_one()
    version = session.execute(select(TownVersion).where(TownVersion.digest == digest)).scalar_one_or_none()
    if version is None:
        version = TownVersion(digest=digest, number=number, loaded_at=work.now, document=document)
        session.add(version)
    else:
        version.number, version.loaded_at = number, work.now
    session.flush()
    return version
