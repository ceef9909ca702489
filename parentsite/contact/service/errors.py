"""Why a verb could not be done; the pages say it in words."""


class NotFound(Exception):
    """For this person there is no such letter, file or child."""


class NobodyThere(Exception):
    """The team cannot be written to about this: there is none, or the child goes to no house."""


class TooMany(Exception):
    """This parent has as many letters under way as one can have at once."""


class Closed(Exception):
    """The letter is closed, and nobody may write in it any more."""


class ChangedMeanwhile(Exception):
    """Something was written, or the letter was handed over, since it was read: it is to be read again first."""
