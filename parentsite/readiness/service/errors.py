"""Why a verb could not be done; the pages say it in words."""


class NotFound(Exception):
    """For this person there is no such child, document or request."""


class ChangedMeanwhile(Exception):
    """Somebody else has saved since this was read: what was typed is to be shown beside what stands now."""


class Unfinished(Exception):
    """These areas are still empty, or it is not said whether the child is ready (`READINESS`)."""

    def __init__(self, areas: tuple[str, ...]) -> None:
        super().__init__(", ".join(areas))
        self.areas = areas


class NoSuchReceiver(Exception):
    """The child does not go to this school or after-school care, or not any more."""


class NotAsNew(Exception):
    """A correction is answered by a version that came after the one it is about."""


class NobodyAnswers(Exception):
    """The child no longer goes to the house that wrote it: nobody there sees any more what a parent asks."""


class Untrue(Exception):
    """A published text no longer says what was published."""
