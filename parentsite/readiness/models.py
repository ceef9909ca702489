"""The tables of the journey: what is written about a child is sealed; what is published is never changed, and goes only
with the whole document, when its time is over.

A version's sealed words may be sealed anew under another key and nothing else: its digests, which no hand can change,
tell whether they still say what was published. Locks are taken in one order: document, draft, correction, consents.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from parentsite.foundation.database import Base, new_id, one_of
from parentsite.foundation.guards import guard_moves, kept_while, refuse, unchanging
from parentsite.people.models import Child, Person, StaffMember
from parentsite.readiness.rules.vocabulary import CORRECTION, REQUEST, CorrectionState, DocumentKind, RequestState

DRAFT_TEXT = "draft_text.text"
DRAFT_READINESS = "document_draft.readiness"
VERSION_TEXT = "version_text.text"
VERSION_READINESS = "document_version.readiness"
COMMENT = "parent_comment.text"
CORRECTION_TEXT = "correction_request.text"
CORRECTION_ANSWER = "correction_request.answer"


class SchoolDocument(Base):
    """The description of a child, or the assessment, with its `versions` counted: a series of each for every child.

    Once `forgotten_at` is said all of it may be deleted, and is in the same transaction.
    """

    __tablename__ = "school_document"
    __table_args__ = (
        one_of("kind", DocumentKind),
        CheckConstraint("versions >= 0", name="versions"),
        UniqueConstraint("child_id", "kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    kind: Mapped[str]
    versions: Mapped[int] = mapped_column(default=0)
    forgotten_at: Mapped[datetime | None]


class DocumentDraft(Base):
    """What one house is writing; it becomes the version with the same id. `revision` counts every save."""

    __tablename__ = "document_draft"
    __table_args__ = (UniqueConstraint("document_id", "facility"), Index(None, "facility"), Index(None, "changed_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    document_id: Mapped[UUID] = mapped_column(ForeignKey(SchoolDocument.id))
    facility: Mapped[str]
    template: Mapped[str]
    readiness: Mapped[bytes | None] = mapped_column(info={"sealed": DRAFT_READINESS})
    revision: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class DraftText(Base):
    """One area of a draft, with its own `revision`: two who write different areas never meet."""

    __tablename__ = "draft_text"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey(DocumentDraft.id), primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[bytes] = mapped_column(info={"sealed": DRAFT_TEXT})
    revision: Mapped[int]


class DocumentVersion(Base):
    """A version as parents read it, numbered from 1, written by one house on one template."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"), Index(None, "published_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey(SchoolDocument.id))
    number: Mapped[int]
    facility: Mapped[str]
    template: Mapped[str]
    readiness: Mapped[bytes] = mapped_column(info={"sealed": VERSION_READINESS})
    digest: Mapped[str]
    published_by: Mapped[UUID] = mapped_column(ForeignKey(StaffMember.id))
    published_at: Mapped[datetime]


class VersionText(Base):
    """One area of a version; `digest` is a keyed hash of its words and of where they stand."""

    __tablename__ = "version_text"

    version_id: Mapped[UUID] = mapped_column(ForeignKey(DocumentVersion.id), primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[bytes] = mapped_column(info={"sealed": VERSION_TEXT})
    digest: Mapped[str]


class ParentComment(Base):
    """One parent's own words beside a document: they travel with it, and the other parent does not see them.

    `language` is the one in which they were written, as its code.
    """

    __tablename__ = "parent_comment"
    __table_args__ = (Index(None, "person_id"),)

    document_id: Mapped[UUID] = mapped_column(ForeignKey(SchoolDocument.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    text: Mapped[bytes] = mapped_column(info={"sealed": COMMENT})
    language: Mapped[str]
    changed_at: Mapped[datetime]


class CorrectionRequest(Base):
    """A parent asks that a version is corrected. The answer stays on record: the version that is right, or why not.

    One that lapsed was closed at `answered_at` by nobody: the child had left the house.
    """

    __tablename__ = "correction_request"
    __table_args__ = (
        one_of("state", CorrectionState),
        CheckConstraint(
            "(state = 'corrected') = (corrected_in IS NOT NULL) AND (state = 'kept') = (answer IS NOT NULL)"
            " AND (state = 'open') = (answered_at IS NULL)"
            " AND (state IN ('corrected', 'kept')) = (answered_by IS NOT NULL)",
            name="answered",
        ),
        Index(
            "uq_correction_request_open",
            "version_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "version_id"),
        Index(None, "person_id"),
        # Only of those that wait, so that no list of one child's is looked for among all that wait.
        Index(
            "ix_correction_request_waits",
            "made_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version_id: Mapped[UUID] = mapped_column(ForeignKey(DocumentVersion.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    text: Mapped[bytes] = mapped_column(info={"sealed": CORRECTION_TEXT})
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default=CorrectionState.OPEN.value)
    made_at: Mapped[datetime]
    answer: Mapped[bytes | None] = mapped_column(info={"sealed": CORRECTION_ANSWER})
    corrected_in: Mapped[UUID | None] = mapped_column(ForeignKey(DocumentVersion.id))
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey(StaffMember.id))
    answered_at: Mapped[datetime | None]


class AssessmentRequest(Base):
    """A parent asks for the separate assessment (§ 29 a); each parent's request is that parent's own."""

    __tablename__ = "assessment_request"
    __table_args__ = (
        one_of("state", RequestState),
        Index(
            "uq_assessment_request_open",
            "child_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index(None, "child_id"),
        Index(None, "changed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child_id: Mapped[UUID] = mapped_column(ForeignKey(Child.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    state: Mapped[str] = mapped_column(default=RequestState.OPEN.value)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ConsentReminder(Base):
    """Those who had not answered about a document have been reminded, once; nobody of them is again."""

    __tablename__ = "consent_reminder"

    document_id: Mapped[UUID] = mapped_column(ForeignKey(SchoolDocument.id), primary_key=True)
    reminded_at: Mapped[datetime]


class HolderAsked(Base):
    """A custody holder has had a turn to be asked by letter about a document: when the others were reminded, or later,
    when custody was new. Nobody has two, not even one whose custody ended and began again.
    """

    __tablename__ = "holder_asked"

    document_id: Mapped[UUID] = mapped_column(ForeignKey(SchoolDocument.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
    asked_at: Mapped[datetime]


_DOCUMENT = "SELECT 1 FROM school_document WHERE id = OLD.document_id AND forgotten_at IS NULL"
_VERSION = (
    "SELECT 1 FROM document_version JOIN school_document ON school_document.id = document_version.document_id "
    "WHERE document_version.id = OLD.version_id AND school_document.forgotten_at IS NULL"
)
for _model, _there_is in (
    (DocumentVersion, _DOCUMENT),
    (VersionText, _VERSION),
    (ConsentReminder, _DOCUMENT),
    (HolderAsked, _DOCUMENT),
):
    unchanging(_model.__table__)  # type: ignore[arg-type]
    kept_while(_model.__table__, _there_is)  # type: ignore[arg-type]
kept_while(CorrectionRequest.__table__, _VERSION)  # type: ignore[arg-type]
refuse(
    SchoolDocument.__table__,  # type: ignore[arg-type]
    "school_document_stays",
    "DELETE",
    "OLD.forgotten_at IS NULL",
    "a school_document stays until it is forgotten",
)
for _moving, _moves in ((CorrectionRequest, CORRECTION), (AssessmentRequest, REQUEST)):
    guard_moves(_moving.__table__, _moves.name, _moves.pairs)  # type: ignore[arg-type]
refuse(
    CorrectionRequest.__table__,  # type: ignore[arg-type]
    "correction_request_answered",
    "UPDATE OF version_id, person_id, language, made_at, corrected_in, answered_by, answered_at",
    "OLD.state <> 'open'",
    "an answered correction_request stays",
)
refuse(
    SchoolDocument.__table__,  # type: ignore[arg-type]
    "school_document_grows",
    "UPDATE OF kind, versions",
    "NOT (OLD.kind = NEW.kind AND (NEW.versions = OLD.versions OR NEW.versions = OLD.versions + 1))",
    "a school_document grows by one",
)
