"""Why an answer could not be given or written down; the pages say it in words."""


class NotAsked(Exception):
    """This adult does not answer in the matter: holds no custody today, is shut out, or it concerns somebody else."""


class SignedOutOfTime(Exception):
    """A paper signed on a day to come, before custody began, or so long ago that its yes has ended."""


class AnsweredSince(Exception):
    """The custody holder has answered otherwise after the paper was signed."""


class NothingToRecord(Exception):
    """The paper takes back what nobody has said."""


class NoSuchPaper(Exception):
    """This office has written down no such paper about the child."""
