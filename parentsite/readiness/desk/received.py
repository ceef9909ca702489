"""The school's and the after-school care's pages: what they may read now, and one document at a time.

Every opening is asked for a purpose and is a transaction of its own (`service/receiving.py`): a page that is loaded
again is another opening, and what was taken back meanwhile is found no more.
"""

from functools import partial
from uuid import UUID

from flask import Response

from parentsite.foundation.i18n import LANGUAGES
from parentsite.foundation.web.access import open_to
from parentsite.foundation.web.forms import PageForm, asked
from parentsite.foundation.web.pages import page
from parentsite.foundation.web.reading import read_for, written_down
from parentsite.foundation.web.transactions import work
from parentsite.readiness.desk.blueprint import desk, receivers
from parentsite.readiness.desk.reason import ReasonForm
from parentsite.readiness.rules.vocabulary import DocumentKind, Reason
from parentsite.readiness.service.allowing import name_of
from parentsite.readiness.service.errors import NotFound
from parentsite.readiness.service.listing import may_be_read
from parentsite.readiness.service.readings import LISTED, Listing
from parentsite.readiness.service.receiving import office_for, open_document

_list_read = partial(read_for, Listing.FINDING, LISTED, about=("document_list", "received"))


@desk.get("/modtaget")
@open_to(receivers)
def received() -> Response:
    """The documents that this school may read now, a page at a time."""
    sheet = may_be_read(work(), asked(PageForm).number)
    if sheet.rows:
        _list_read(shown={(one.child_id, one.child_id) for one in sheet.rows})
    return page("readiness/desk/received.html", sheet=sheet)


@desk.get("/modtaget/<uuid:child>/<document:kind>")
@open_to(receivers)
def received_document(child: UUID, kind: DocumentKind) -> Response:
    """One document; first of all, what it is needed for. Of one that may not be read not even that it is there."""
    reason = asked(ReasonForm).reason
    try:
        if reason is None:
            office_for(work(), child, kind)
            return page("readiness/desk/received_reason.html", child=child, kind=kind, reasons=Reason)
        opened = open_document(written_down, child, kind, reason)
    except NotFound:
        return page("readiness/desk/received_gone.html", status=404)
    reader = name_of(work(), opened.office)
    return page(
        "readiness/desk/received_document.html",
        child=child,
        opened=opened,
        reader=reader,
        reason=reason,
        spoken=LANGUAGES,
    )
