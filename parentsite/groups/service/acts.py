"""What is done in the parents' groups, as the log says it."""

from parentsite.foundation.acts import Act
from parentsite.foundation.i18n import N_

ACTS = {
    "group.waiting": Act(N_("Joined the line of a group.")),
    "group.joined": Act(N_("Joined a group.")),
    "group.offered": Act(N_("A place in a group was offered.")),
    "group.offer_expired": Act(N_("An offer of a place in a group ended without an answer.")),
    "group.left": Act(N_("Left a group, or its line.")),
    "group.expired": Act(N_("A place in a group was not answered in time.")),
    "group.ended": Act(N_("A place in a group ended.")),
    "group.cannot_come": Act(N_("Told that one cannot come to a meeting.")),
    "group.can_come": Act(N_("Told that one comes to a meeting after all.")),
    "group.opened": Act(N_("Opened a new group.")),
    "group.resized": Act(N_("Changed how many a group has room for.")),
    "group.open": Act(N_("Opened a group to newcomers again.")),
    "group.closed": Act(N_("Closed a group to newcomers.")),
    "group.cancelled": Act(N_("Cancelled a group.")),
    "group.invited": Act(N_("Invited parents to a group.")),
    "group.written": Act(N_("Wrote to the members of a group.")),
    "group.meeting_planned": Act(N_("Planned a meeting of a group.")),
    "group.meeting_moved": Act(N_("Moved a meeting of a group.")),
    "group.meeting_cancelled": Act(N_("Cancelled a meeting of a group.")),
}
