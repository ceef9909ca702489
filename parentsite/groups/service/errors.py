"""Why a verb could not be done; the pages say it in words."""


class NotFound(Exception):
    """For this person there is no such child, group, place or meeting."""


class OtherAge(Exception):
    """The group is for children who are younger or older: staff can be asked."""


class GroupClosed(Exception):
    """Nobody new can join: the group is closed or cancelled, or its last meeting has begun."""


class ChildHasSeat(Exception):
    """This kind of group has one place for a child, and the other parent has it or stands in line for it."""


class OfferGone(Exception):
    """The place was not answered in time, or no place is offered."""


class TooLate(Exception):
    """The meeting has begun or is cancelled, or the group is cancelled."""


class TooSmall(Exception):
    """More parents have a place than the group would hold."""


class BadGroup(ValueError):
    """The kind, the part of town or a language is not the town's; or an open group with places, or one of the others
    without.
    """


class BadMeeting(ValueError):
    """The meeting would end before it begins, or begin in the past."""


class TextNeeded(Exception):
    """A message has no words."""


class NeverInvited(Exception):
    """Nobody is invited to a sensitive kind of group: the letter would say what the town thinks of a parent. A group
    without births has nobody whom it would be for.
    """
