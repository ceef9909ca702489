"""What staff read of a child at school start: the child's own, told to those who decide about it or hold custody."""

from enum import StrEnum
from functools import partial

from parentsite.foundation.i18n import N_
from parentsite.foundation.reading import Reading, Whose
from parentsite.people.visibility import Facet
from parentsite.readiness.rules.vocabulary import DocumentKind, Reason
from parentsite.readiness.service.facts import PEDAGOGUE


class Purpose(StrEnum):
    """Why the daycare reads."""

    SCHOOL_START = "school_start"


class Listing(StrEnum):
    """Why a receiver looks at its list: it is asked for a reason when it opens a document, and not before."""

    FINDING = "finding"


REASONS = {
    Reason.FIRST_DAYS: N_("To prepare the child's first days"),
    Reason.CLASSES: N_("To put classes together"),
    Reason.SUPPORT: N_("To plan help for the child"),
}
"""What somebody at the receiver chooses from before a document is opened."""

_FACETS = frozenset({Facet.PLACE, Facet.TIME})
_at_house = partial(
    Reading,
    facets=_FACETS,
    whose=Whose.DECIDED,
    offices={PEDAGOGUE: N_("The staff of the daycare")},
    purposes={Purpose.SCHOOL_START: N_("To describe the child before school")},
)
_at_receiver = partial(
    Reading,
    facets=_FACETS,
    whose=Whose.DECIDED,
    offices={"school": N_("The school"), "bfo": N_("The after-school care (BFO)")},
)

PUPILS = _at_house("readiness.pupils_read", N_("Looked at the list of the children at the daycare."))
PAPERS = _at_house("readiness.papers_read", N_("Opened what the daycare writes about your child."))
TALKS = _at_house("readiness.talks_read", N_("Looked up whom the daycare may talk with about your child."))
ANSWERS = _at_house("readiness.answers_read", N_("Opened who has answered on paper about your child."))
LISTED = _at_receiver(
    "readiness.listed_read",
    N_("Looked at the list of the children whose documents it may read."),
    purposes={Listing.FINDING: N_("To see what it may read")},
)
DESCRIPTION = _at_receiver(
    "readiness.description_opened", N_("Opened the description of your child."), purposes=REASONS
)
ASSESSMENT = _at_receiver("readiness.assessment_opened", N_("Opened the assessment of your child."), purposes=REASONS)
OPENED = {DocumentKind.DESCRIPTION: DESCRIPTION, DocumentKind.ASSESSMENT: ASSESSMENT}
FOUND = _at_house("readiness.found_read", N_("Searched for a child at the daycare. Your child was among those found."))
READINGS = (PUPILS, PAPERS, TALKS, ANSWERS, LISTED, DESCRIPTION, ASSESSMENT, FOUND)
