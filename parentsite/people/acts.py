"""What is done with people, sign-in and calendars, as the log says it."""

from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import N_

ACTS = {
    "parent.signed_in": Act(N_("Signed in as a parent.")),
    "staff.signed_in": Act(N_("Signed in at the desk.")),
    "person.contact_saved": Act(N_("Saved contact details.")),
    "child.declared": Act(N_("Told the town of a child.")),
    "child.merged": Act(N_("A child that a parent had told of was found in the register.")),
    "calendar.made": Act(N_("Made a calendar address.")),
    "calendar.place_shown": Act(N_("Let the calendar show places.")),
    "calendar.place_hidden": Act(N_("Let the calendar hide places.")),
    "calendar.replaced": Act(N_("Replaced the calendar address.")),
    "calendar.stopped": Act(N_("Stopped the calendar address.")),
    "register.loaded": Act(N_("The people register was loaded.")),
}
