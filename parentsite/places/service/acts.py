"""What is done to applications, offers and places, as the log says it."""

from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import N_
from parentsite.places.rules.vocabulary import Purpose

_TOGETHER = {Purpose.TOGETHER: N_("Both parents agree")}

ACTS = {
    "application.started": Act(N_("Began an application for a place.")),
    "application.draft_saved": Act(N_("Saved an application that is not sent yet.")),
    "application.draft_deleted": Act(N_("Deleted an application that was not sent.")),
    "application.draft_forgotten": Act(N_("An old application that was never sent was deleted.")),
    "application.sent": Act(N_("Sent an application for a place.")),
    "application.dates_moved": Act(N_("The dates of an application were moved: the birth date is known.")),
    "application.confirmed": Act(
        N_("Read and confirmed an application."),
        {
            Purpose.SPECIAL_NEED_GRANTED: N_("The special need counts"),
            Purpose.SPECIAL_NEED_NOT_GRANTED: N_("No special need counts"),
        },
    ),
    "application.withdrawn": Act(N_("Withdrew an application."), _TOGETHER),
    "application.guarantee_met": Act(N_("The guarantee of a place was met.")),
    "application.closed": Act(N_("An application was closed: the child has its place.")),
    "vacancy.opened": Act(N_("Noted a free place at a house.")),
    "vacancy.withdrawn": Act(N_("Took back a free place.")),
    "offer.made": Act(
        N_("Offered a place."),
        {
            Purpose.IN_ORDER: N_("The child was first in line"),
            Purpose.OUT_OF_ORDER: N_("Out of order, with a written reason"),
        },
    ),
    "offer.accepted": Act(N_("Said yes to a place."), _TOGETHER),
    "offer.declined": Act(N_("Said no to a place."), _TOGETHER),
    "offer.expired": Act(N_("An offer ended without an answer.")),
    "offer.taken_back": Act(N_("Took an offer back.")),
    "placement.running": Act(N_("A place began.")),
    "placement.ended": Act(N_("A place ended.")),
}
