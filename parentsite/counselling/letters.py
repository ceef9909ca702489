"""The counsellors' one letter: a constant sentence, the same whoever waits and for whatever."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from parentsite.foundation.journey import BuildLetter
from parentsite.foundation.work import Work


def waiting(work: Work, receiver: UUID, **ids: str) -> Mapping[str, Any]:
    """Nothing but that somebody waits."""
    return {}


LETTERS: Mapping[str, BuildLetter] = {"waiting": waiting}
