"""The one place where what was written about a child is opened, whatever way it is asked for.

Nothing else in the site unseals these texts: a test reads the source for it. A published text must still be what was
published, by its keyed digest.
"""

import hmac
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from parentsite.foundation.sealed import Keyring
from parentsite.readiness.rules.gate import Asking, may_open
from parentsite.readiness.service.errors import NotFound, Untrue

K = TypeVar("K", bound=Hashable)
_DIGEST = "document_version.digest"


@dataclass(frozen=True)
class Sealed:
    """A sealed text, and the column it is from; of what is published also its place and digest."""

    blob: bytes
    context: str
    place: str | None = None
    digest: str | None = None


def opened(asking: Asking, keyring: Keyring, texts: Mapping[K, Sealed]) -> Mapping[K, str]:
    """The texts in the open, for one who may open them. Raises `NotFound` for all others, `Untrue`, `WrongKey`."""
    if not may_open(asking):
        raise NotFound
    return {key: _open(keyring, sealed) for key, sealed in texts.items()}


def digest_of(keyring: Keyring, place: str, text: str) -> str:
    """A keyed hash of a published text and of where it stands: without the key it tells nothing."""
    return keyring.index(f"{place}:{text}", _DIGEST)


def place_of(version: UUID, area: str) -> str:
    """Where a published text stands."""
    return f"{version}:{area}"


def _open(keyring: Keyring, sealed: Sealed) -> str:
    text = keyring.unseal(sealed.blob, sealed.context)
    if sealed.place is not None and not hmac.compare_digest(
        sealed.digest or "", digest_of(keyring, sealed.place, text)
    ):
        raise Untrue(sealed.place)
    return text
