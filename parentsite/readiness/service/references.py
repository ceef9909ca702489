"""Which codes of the town pack documents refer to: what a new pack may not drop."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from parentsite.readiness.models import DocumentDraft, DocumentVersion, DraftText, VersionText


def codes_in_use(session: Session, codes: frozenset[str]) -> frozenset[str]:
    """The templates and areas among `codes` that something is written on, and the houses that are writing."""
    referring = (DocumentDraft.template, DocumentDraft.facility, DraftText.area, DocumentVersion.template)
    asked = [select(column).where(column.in_(codes)).distinct() for column in (*referring, VersionText.area)]
    return frozenset(code for one in asked for code in session.scalars(one))
