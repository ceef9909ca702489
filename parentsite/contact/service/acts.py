"""What is done with letters between parents and teams, as the log says it."""

from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import N_

ACTS = {
    "letter.begun": Act(N_("Wrote a new letter to the town.")),
    "letter.written": Act(N_("Wrote further in a letter.")),
    "letter.reopened": Act(N_("Wrote again in a letter that was closed.")),
    "letter.shared": Act(N_("Shared a letter with the child's other parent.")),
    "letter.claimed": Act(N_("Took a letter to answer it.")),
    "letter.let_go": Act(N_("Gave a letter back to the team.")),
    "letter.answered": Act(N_("Answered a letter.")),
    "letter.handed_over": Act(N_("Handed a letter over to another team.")),
    "letter.closed": Act(N_("A letter was closed.")),
    "letter.forgotten": Act(N_("An old letter was deleted.")),
}
