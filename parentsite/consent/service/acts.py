"""What is done with consents, as the log says it."""

from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import N_

ACTS = {
    "consent.answered": Act(N_("Said yes or no to what may be passed on.")),
    "consents.forgotten": Act(N_("Old answers about what may be passed on were deleted.")),
    "paper.recorded": Act(N_("Recorded answers that a parent gave on paper.")),
}
