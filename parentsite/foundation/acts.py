"""What is done on the site, in words: each act that the audit names by a code, declared once where it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Act:
    """One kind of act. `words` say it as a whole sentence, `purposes` why it may be done; all marked with `N_`."""

    words: str
    purposes: Mapping[Any, str] = field(default_factory=dict, hash=False)
