"""Where the kind of a group may be read: having joined some kinds says something about a parent.

A page's title stands in the history of a shared phone; mail lies in an inbox that others open; a calendar is shared.
"""

from enum import StrEnum, auto


class Where(StrEnum):
    PAGE = auto()
    """Inside a page that the parent has opened."""
    TITLE = auto()
    """In the browser's tab, in its history, in an address."""
    LETTER = auto()
    CALENDAR = auto()


def names_kind(where: Where, *, is_sensitive: bool) -> bool:
    """Whether the kind of group may stand there. Letters and calendars name none: naming the harmless ones would make
    the unnamed ones tell.
    """
    match where:
        case Where.PAGE:
            return True
        case Where.TITLE:
            return not is_sensitive
        case Where.LETTER | Where.CALENDAR:
            return False
