"""The house writes: area by area, saved as it is typed; nobody but the house to which the child goes sees a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from parentsite.foundation import audit
from parentsite.foundation.database import change, columns, lock, new_id
from parentsite.foundation.sealed import keyring_of, seal
from parentsite.foundation.work import Work
from parentsite.readiness.models import DRAFT_READINESS, DRAFT_TEXT, DocumentDraft, DraftText, SchoolDocument
from parentsite.readiness.policy import template_for
from parentsite.readiness.rules.vocabulary import READINESS, DocumentKind, Readiness
from parentsite.readiness.service import gate
from parentsite.readiness.service.errors import ChangedMeanwhile, NotFound
from parentsite.readiness.service.facts import house_asks, house_of
from parentsite.readiness.service.gate import Sealed
from parentsite.readiness.service.versions import newest_of_house
from parentsite.town.service import current_town


@dataclass(frozen=True)
class Written:
    """What stands in one area of a draft; `revision` is what a save of it must have seen, 0 before the first."""

    text: str
    revision: int


@dataclass(frozen=True)
class Draft:
    """A draft as its house sees it; the areas of its template in their order."""

    id: UUID
    child_id: UUID
    kind: DocumentKind
    template: str
    revision: int
    readiness: Readiness | None
    areas: Mapping[str, Written]

    @property
    def missing(self) -> tuple[str, ...]:
        """The areas that are still empty, and `READINESS` while nobody has said it."""
        empty = tuple(area for area, written in self.areas.items() if not written.text.strip())
        return empty if self.readiness else (*empty, READINESS)


def begin(work: Work, child_id: UUID, kind: DocumentKind) -> UUID:
    """Begin the next version, from what this house published last; again, while it is a draft, is the same draft.

    Raises `NotFound`.
    """
    house = house_of(work, child_id)
    document = _document(work, child_id, kind)
    made, template = new_id(), template_for(current_town(work.session), kind, work.today)
    row = {"id": made, "document_id": document, "facility": house, "template": template.code}
    try:
        with work.session.begin_nested():
            work.session.execute(insert(DocumentDraft).values(**row, begun_at=work.now, changed_at=work.now))
    except IntegrityError:
        existing = select(DocumentDraft.id).where(
            DocumentDraft.document_id == document, DocumentDraft.facility == house
        )
        return work.session.scalars(existing).one()
    before = newest_of_house(work, document, house)
    if before is not None:
        texts = gate.opened(house_asks(work, child_id, house), keyring_of(work.session), before.texts)
        for area in (area for area in template.areas if area in texts):
            _write_new(work, made, area, texts[area])
    audit.record(work, "document.begun", [child_id], about=("document", made))
    return made


_DRAFT = (
    select(
        DocumentDraft.id,
        DocumentDraft.document_id,
        DocumentDraft.facility,
        DocumentDraft.template,
        DocumentDraft.readiness,
        DocumentDraft.revision,
        SchoolDocument.child_id,
        SchoolDocument.kind,
    )
    .join(SchoolDocument, SchoolDocument.id == DocumentDraft.document_id)
    .where(DocumentDraft.id == bindparam("draft"))
)
_TEXTS = select(DraftText.area, DraftText.text, DraftText.revision).where(DraftText.draft_id == bindparam("draft"))


def read(work: Work, draft_id: UUID) -> Draft:
    """The draft, for its house. Raises `NotFound` for all others, and for what is published."""
    row = own_draft(work, draft_id)
    asking, keyring = house_asks(work, row.child_id, row.facility), keyring_of(work.session)
    rows = columns(work.session, _TEXTS, {"draft": draft_id}).all()
    texts = gate.opened(asking, keyring, {one.area: Sealed(one.text, DRAFT_TEXT) for one in rows})
    said = {READINESS: Sealed(row.readiness, DRAFT_READINESS)} if row.readiness else {}
    readiness = gate.opened(asking, keyring, said).get(READINESS)
    revisions = {one.area: one.revision for one in rows}
    template = current_town(work.session).document_template(row.template)
    areas = template.areas if template else tuple(texts)
    return Draft(
        id=row.id,
        child_id=row.child_id,
        kind=DocumentKind(row.kind),
        template=row.template,
        revision=row.revision,
        readiness=Readiness(readiness) if readiness else None,
        areas={area: Written(texts.get(area, ""), revisions.get(area, 0)) for area in areas},
    )


def save_area(work: Work, draft_id: UUID, area: str, text: str, seen: int) -> int:
    """Save what stands in one area, having seen its revision `seen`; the revision that it has now.

    Raises `NotFound`, `ChangedMeanwhile`: then nothing is saved, and the page shows both texts.
    """
    row = own_draft(work, draft_id)
    template = current_town(work.session).document_template(row.template)
    if template is None or area not in template.areas:
        raise NotFound(area)
    _touch(work, draft_id)
    if seen == 0:
        try:
            with work.session.begin_nested():
                _write_new(work, draft_id, area, text)
        except IntegrityError as error:
            raise ChangedMeanwhile(area) from error
    else:
        sealed = seal(work.session, text, DRAFT_TEXT)
        which = update(DraftText).where(DraftText.draft_id == draft_id, DraftText.area == area)
        saved = which.where(DraftText.revision == seen).values(text=sealed, revision=seen + 1)
        if not change(work.session, saved):
            raise ChangedMeanwhile(area)
    audit.record(work, "document.saved", [row.child_id], about=("document", draft_id))
    return seen + 1


def save_readiness(work: Work, draft_id: UUID, readiness: Readiness) -> None:
    """Say whether the child is ready for school. Raises `NotFound`."""
    row = own_draft(work, draft_id)
    _touch(work, draft_id, readiness=seal(work.session, readiness.value, DRAFT_READINESS))
    audit.record(work, "document.saved", [row.child_id], about=("document", draft_id))


_LOCKED = select(DocumentDraft.id).where(DocumentDraft.id == bindparam("draft")).with_for_update(key_share=True)


def answer_readiness(work: Work, draft_id: UUID, readiness: Readiness, seen: Readiness | None) -> None:
    """As `save_readiness`, having seen what stood there. Raises `ChangedMeanwhile` when it is something else by now,
    and not what is answered; `NotFound`.
    """
    lock(work.session, _LOCKED, {"draft": draft_id})
    if read(work, draft_id).readiness not in (seen, readiness):
        raise ChangedMeanwhile(READINESS)
    save_readiness(work, draft_id, readiness)


def discard(work: Work, draft_id: UUID) -> UUID:
    """Throw the draft away; the child it was about. What is published stays. Raises `NotFound`."""
    lock(work.session, _LOCKED, {"draft": draft_id})
    child: UUID = own_draft(work, draft_id).child_id
    throw_away(work, draft_id)
    audit.record(work, "document.discarded", [child], about=("document", draft_id))
    return child


def throw_away(work: Work, draft_id: UUID) -> None:
    """The draft is no more; whoever asks for it holds its lock."""
    change(work.session, delete(DraftText).where(DraftText.draft_id == draft_id))
    change(work.session, delete(DocumentDraft).where(DocumentDraft.id == draft_id))


def own_draft(work: Work, draft_id: UUID) -> Any:
    """The row of a draft of the house to which the child goes. Raises `NotFound`."""
    row = columns(work.session, _DRAFT, {"draft": draft_id}).one_or_none()
    if row is None or house_of(work, row.child_id) != row.facility:
        raise NotFound(draft_id)
    return row


def _document(work: Work, child_id: UUID, kind: DocumentKind) -> UUID:
    which = select(SchoolDocument.id).where(SchoolDocument.child_id == child_id, SchoolDocument.kind == kind.value)
    found = work.session.scalars(which).one_or_none()
    if found is not None:
        return found
    made = new_id()
    try:
        with work.session.begin_nested():
            work.session.execute(insert(SchoolDocument).values(id=made, child_id=child_id, kind=kind.value))
    except IntegrityError:
        return work.session.scalars(which).one()
    return made


def _touch(work: Work, draft_id: UUID, **values: object) -> None:
    """Count the save, on the draft's lock: whoever publishes knows what was seen. Raises `NotFound` when published."""
    which = update(DocumentDraft).where(DocumentDraft.id == draft_id)
    if not change(work.session, which.values(revision=DocumentDraft.revision + 1, changed_at=work.now, **values)):
        raise NotFound(draft_id)


def _write_new(work: Work, draft_id: UUID, area: str, text: str) -> None:
    row = {"draft_id": draft_id, "area": area, "text": seal(work.session, text, DRAFT_TEXT), "revision": 1}
    change(work.session, insert(DraftText), row)
