"""Levels of assurance: how sure the provider is of who somebody is (NSIS; eIDAS uses the same names)."""

import re

LEVELS = ("low", "substantial", "high")
"""Danish: lav, betydelig, høj. Lowest first."""


def level_of(claim: object) -> int | None:
    """The rank of a level in any form brokers write (`Substantial`, `…/LoA/substantial`); none if unknown."""
    if not isinstance(claim, str):
        return None
    word = re.split(r"[/:#]", claim)[-1].lower()
    return LEVELS.index(word) if word in LEVELS else None


def meets(claim: object, minimum: str | None) -> bool:
    """Whether a claimed level is at least the minimum; an unknown or missing level meets only no minimum."""
    if minimum is None:
        return True
    claimed, least = level_of(claim), level_of(minimum)
    return claimed is not None and least is not None and claimed >= least
