"""Why an answer could not be given; the pages say it in words."""


class NotAsked(Exception):
    """This adult does not answer in the matter: holds no custody today, is shut out, or it concerns somebody else."""
