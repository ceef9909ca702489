"""What was stated of each facility, and when: a case of last year can still say what its house was then."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from parentsite.foundation.work import Work
from parentsite.town import facilities as stated
from parentsite.town.facts import RoughDate, Source
from parentsite.town.models import Facility, FacilityRecord

_OPEN = select(FacilityRecord).where(FacilityRecord.valid_to.is_(None))


@dataclass(frozen=True, slots=True)
class Changes:
    """Codes of the facilities that a new pack added, changed, dropped, or brought back."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    returned: tuple[str, ...]


def keep_history(work: Work, facilities: Iterable[stated.Facility]) -> Changes:
    """Let the tables say what the pack says, and close what it no longer says."""
    session = work.session
    new = {facility.code: facility for facility in facilities}
    rows = {row.code: row for row in session.execute(select(Facility)).scalars()}
    open_records = {row.facility_code: row for row in session.execute(_OPEN).scalars()}
    changes = Changes(
        added=tuple(sorted(new.keys() - rows.keys())),
        changed=tuple(sorted(code for code, row in open_records.items() if _differs(new.get(code), row))),
        retired=tuple(sorted(code for code, row in rows.items() if code not in new and not row.retired_on)),
        returned=tuple(sorted(code for code, row in rows.items() if code in new and row.retired_on)),
    )
    for code in changes.added:
        session.add(Facility(code=code, kind=new[code].kind.value, first_loaded_at=work.now, retired_on=None))
    for code in (*changes.changed, *changes.returned):
        rows[code].kind, rows[code].retired_on = new[code].kind.value, None
    for code in changes.retired:
        rows[code].retired_on = work.today
    for code in (*changes.changed, *changes.retired):
        _close(open_records[code], work.now)
    session.flush()
    for code in (*changes.added, *changes.changed, *changes.returned):
        session.add(_record_of(new[code], work.now))
    session.flush()
    return changes


def facility_at(session: Session, code: str, moment: datetime) -> dict[str, Any] | None:
    """What was stated of a facility at a moment, by field names; none if it was in no pack then."""
    found = session.execute(
        select(FacilityRecord.record)
        .where(
            FacilityRecord.facility_code == code,
            FacilityRecord.valid_from <= moment,
            or_(FacilityRecord.valid_to.is_(None), FacilityRecord.valid_to > moment),
        )
        .order_by(FacilityRecord.valid_from.desc())
        .limit(1)
    ).scalar_one_or_none()
    return None if found is None else dict(json.loads(found))


def last_name(session: Session, code: str) -> str | None:
    """What a facility was last called, also one that the pack has dropped; none for one that never was."""
    newest = select(FacilityRecord.record).where(FacilityRecord.facility_code == code)
    found = session.scalars(newest.order_by(FacilityRecord.valid_from.desc()).limit(1)).one_or_none()
    return None if found is None else str(json.loads(found)["name"])


def _differs(facility: stated.Facility | None, row: FacilityRecord) -> bool:
    return facility is not None and _digest(_written(facility)) != row.digest


def _close(row: FacilityRecord, now: datetime) -> None:
    """Never before its beginning: a demo's clock can be set back."""
    row.valid_to = max(now, row.valid_from)


def _record_of(facility: stated.Facility, now: datetime) -> FacilityRecord:
    written = _written(facility)
    return FacilityRecord(
        facility_code=facility.code, valid_from=now, valid_to=None, digest=_digest(written), record=written
    )


def _written(facility: stated.Facility) -> str:
    return json.dumps(_stated(facility), sort_keys=True, ensure_ascii=False)


def _stated(value: object) -> object:
    """Plain values by field names; what is absent is left out, so that a new field changes no digest."""
    match value:
        case Source():
            return value.code
        case RoughDate():
            return f"~{value}" if value.about else str(value)
        case frozenset():
            return sorted(value)
        case tuple():
            return [_stated(each) for each in value]
        case None | bool() | int() | str():
            return value
        case Mapping():
            return dict(value)
        case _ if is_dataclass(value):
            pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
            return {name: _stated(part) for name, part in pairs if not _is_absent(part)}
    return str(value)


def _is_absent(value: object) -> bool:
    return value is None or value is False or value == ()


def _digest(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()
