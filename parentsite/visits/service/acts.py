"""What is done to home visits and start talks, as the log says it."""

from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import N_
from parentsite.visits.rules.appointments import CalledOff

ACTS = {
    "visit.time_held": Act(N_("Picked a time for a home visit, and has not booked it yet.")),
    "visit.time_let_go": Act(N_("Let go of a time for a home visit.")),
    "visit.booked": Act(N_("Booked a home visit.")),
    "visit.proposed": Act(N_("Proposed a time for a home visit.")),
    "visit.confirmed": Act(N_("Said yes to the time of a home visit.")),
    "visit.moved": Act(N_("Moved a home visit.")),
    "visit.cancelled": Act(
        N_("Cancelled a home visit."),
        {
            CalledOff.FAMILY_CALLED: N_("The family asked for it"),
            CalledOff.CHILD_DIED: N_("The child has died"),
            CalledOff.MOVED_AWAY: N_("The family has moved away"),
        },
    ),
    "visit.done": Act(N_("Noted that a home visit was held.")),
    "visit.not_at_home": Act(N_("Noted that nobody was at home.")),
    "visit.asked_window_full": Act(N_("Asked for a time where none was free.")),
    "visit.asked_extra_visit": Act(N_("Asked for an extra home visit.")),
    "visit.asked_not_contacted": Act(N_("Told that nobody has been in touch since the birth.")),
    "visit.request_taken_back": Act(N_("Took back a request to the health visitors.")),
    "visit.request_answered": Act(N_("Answered a request from a family.")),
    "visit.contact_noted": Act(N_("Noted that the family has been called.")),
    "visit.contact_taken_back": Act(N_("Took back a note that the family has been called.")),
    "visit.home_told": Act(N_("Told how one gets into the home.")),
    "visit.window_shifted": Act(N_("Moved the days of a home visit.")),
    "visit.start_talk_asked": Act(N_("Asked the health visitor to the start talk.")),
    "visit.start_talk_taken_back": Act(N_("Took back that the health visitor comes to the start talk.")),
    "visit.start_talk_arranged": Act(N_("Noted that a start talk is arranged.")),
    "visit.forgotten": Act(N_("An old home visit was deleted.")),
    "visit.shift_forgotten": Act(N_("An old note on the days of a home visit was deleted.")),
    "visit.hours_saved": Act(N_("Changed a health visitor's working hours.")),
    "visit.absence_saved": Act(N_("Noted a health visitor's days off.")),
    "visit.absence_removed": Act(N_("Took back a health visitor's days off.")),
}
