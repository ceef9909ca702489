"""Where the pages are, and the one press that joins."""

from uuid import UUID

from tests.strict import Client, Page

GROUPS = "/mit/en/grupper"
PUBLIC = "/en/grupper"


def joined(parent: Client, of: UUID) -> Page:
    """Press the one button; leaves at the place."""
    return parent.follow(parent.submit(parent.get(f"{GROUPS}/{of}")))


def plain(page: Page) -> str:
    """What can be read, with plain blanks."""
    return page.text.replace("\N{NO-BREAK SPACE}", " ")
