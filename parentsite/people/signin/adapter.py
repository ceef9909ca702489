"""What the site asks of a sign-in, whatever protocol carries it: OpenID Connect today, OIOSAML 3 beside it.

The site knows three steps: send the browser away (`begin`), read what it brings back (`finish`), and sign out
there too (`end`). Nothing here knows a web framework; the moment is a parameter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import Protocol

TAKES_AT_MOST = timedelta(minutes=30)
"""How long a begun sign-in waits for its answer: an app may first have to be found, charged or installed."""


class Reason(StrEnum):
    """Why a sign-in was refused. Only `CANCELLED`, `NOT_BEGUN` and `TOO_LATE` happen to honest people."""

    NOT_BEGUN = auto()
    """The browser's session holds no sign-in that was begun, such as after a reload."""
    TOO_LATE = auto()
    """The person took longer at the provider than a begun sign-in is kept."""
    WRONG_STATE = auto()
    """The answer belongs to another browser's sign-in, or to none."""
    WRONG_ISSUER = auto()
    """The answer comes from another provider than the one asked (RFC 9207)."""
    CANCELLED = auto()
    PROVIDER_REFUSED = auto()
    CODE_REFUSED = auto()
    """The provider does not take the code: used before, too old, or not ours."""
    UNTRUSTED_TOKEN = auto()
    """Signature, key, issuer, audience or another claim of the identity token is wrong."""
    EXPIRED_TOKEN = auto()
    WRONG_NONCE = auto()
    LOW_ASSURANCE = auto()
    """The person was identified on a lower NSIS level than the site demands."""
    MALFORMED_CLAIMS = auto()


class SignInRefused(Exception):
    """Nobody is signed in; `reason` says why. The message, for the log, holds nothing personal or secret."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason


class ProviderUnavailable(Exception):
    """The provider cannot be reached, or answers what no provider answers; trying again later may help."""


@dataclass(frozen=True, slots=True)
class Begin:
    """A sign-in that has begun: where to send the browser, and what its session has to keep until `finish`.

    `sealed_state` is opaque to the caller and JSON-ready. It is kept where only the server can change it, for
    this one browser, and is thrown away at the first `finish` that answers it, well or not.
    """

    redirect_url: str
    sealed_state: dict[str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who has signed in, as the provider says.

    `subject` is stable within its `issuer`, but a broker may change it in rare cases: look up the CPR first.
    `cpr` is ten digits, never shown, logged or put in a URL. `scopes` narrow a role, such as `institution` to
    the houses a pedagogue works in. `id_token` is for `end` alone; it is left out if it holds the CPR, which
    would get into a URL.
    """

    issuer: str
    subject: str
    cpr: str | None = field(repr=False)
    given_name: str
    family_name: str
    roles: frozenset[str]
    scopes: Mapping[str, frozenset[str]]
    id_token: str | None = field(repr=False)
    return_to: str | None
    """Where the person was going, as given to `begin`."""
    email: str | None = field(default=None, repr=False)
    """Where the provider says that letters go; only the town's own login is asked."""


class SignIn(Protocol):
    """One provider. All three steps may raise `ProviderUnavailable`."""

    def begin(self, return_to: str | None, *, now: datetime) -> Begin:
        """Start a sign-in; `return_to` is a path of this site, given back in the identity."""
        ...

    def finish(self, begun: Mapping[str, str], callback_params: Mapping[str, str], *, now: datetime) -> Identity:
        """Read the provider's answer (query of the call-back, or the form it posted) to the begun sign-in.

        `begun` is the `sealed_state` from `begin`, or an empty mapping when the session has none. Raises
        `SignInRefused`.
        """
        ...

    def end(self, id_token: str | None, return_url: str, *, now: datetime) -> str | None:
        """Where to send the browser so that the provider signs out too; none when the provider cannot."""
        ...
