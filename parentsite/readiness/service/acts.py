"""What is done at school start, as the log says it."""

from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import N_

ACTS = {
    "document.begun": Act(N_("Began to write about a child before school.")),
    "document.saved": Act(N_("Saved what is being written about a child.")),
    "document.discarded": Act(N_("Threw away what was being written about a child.")),
    "document.published": Act(N_("Published what is written about a child.")),
    "document.forgotten": Act(N_("Old documents about a child were deleted.")),
    "document.commented": Act(N_("Wrote a parent's own words beside the document.")),
    "correction.asked": Act(N_("Asked for a correction.")),
    "correction.answered": Act(N_("Answered a request for a correction.")),
    "correction.lapsed": Act(N_("A request for a correction was closed: nobody can answer it any more.")),
    "assessment.asked": Act(N_("Asked the daycare for an assessment.")),
    "assessment.request_forgotten": Act(N_("An old request for an assessment was deleted.")),
    "assessment.taken_back": Act(N_("Took back the request for an assessment.")),
}
