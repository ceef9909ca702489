"""What a form is, as the tables of forms tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Form:
    """One form. `fields` are a person's answers, `needed` those it is refused without (422, but for `refusals`).

    `unsent` is what it answers where no person can leave an answer out, `done` what it answers when all is well (a
    search shows what it found), `again` when it is sent once more; `at` is where it stands, if not at its own address;
    `roomy` are the fields that take pages of text, `files` go with it each time.
    """

    path: str
    fields: Mapping[str, str] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    refusals: Mapping[str, int] = field(default_factory=dict)
    unsent: Mapping[str, int] = field(default_factory=dict)
    done: int = 303
    again: int = 303
    at: str = ""
    roomy: frozenset[str] = frozenset()
    files: Mapping[str, bytes] = field(default_factory=dict)
