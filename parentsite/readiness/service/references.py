"""Which codes of the town pack documents and consents refer to: what a new pack may not drop."""

from sqlalchemy import select

from parentsite.consent.service.reading import receivers_named
from parentsite.foundation.work import Work
from parentsite.readiness.models import DocumentDraft, DocumentVersion, DraftText, VersionText
from parentsite.readiness.rules.vocabulary import ReceiverKind


def codes_in_use(work: Work, codes: frozenset[str]) -> frozenset[str]:
    """The templates and areas among `codes` that something is written on, the houses that are writing, and the schools
    and after-school care that a yes names: the page must be able to take it back.
    """
    referring = (DocumentDraft.template, DocumentDraft.facility, DraftText.area, DocumentVersion.template)
    asked = [select(column).where(column.in_(codes)).distinct() for column in (*referring, VersionText.area)]
    written = frozenset(code for one in asked for code in work.session.scalars(one))
    return written | receivers_named(work, [kind.value for kind in ReceiverKind], codes)
