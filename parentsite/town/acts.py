"""What is done with the town's own facts, as the log says it."""

from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import N_

ACTS = {"town.loaded": Act(N_("The facts about the town were loaded."))}
