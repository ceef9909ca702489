"""Codes and access tokens of the demo provider, in memory: one process, several threads."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

CODE_LASTS = timedelta(seconds=60)
TOKEN_LASTS = timedelta(minutes=5)
_FORGET_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code and all it is bound to. The methods are what Authlib asks a code."""

    value: str = field(repr=False)
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    account: str
    issued: datetime

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(self.issued.timestamp())

    def get_acr(self) -> str:
        return "substantial"

    def get_amr(self) -> list[str]:
        return ["demo"]


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What an access token opens: userinfo about one account, for one client."""

    client_id: str
    account: str
    scope: str
    code: str = field(repr=False)
    expires: datetime


class Vault:
    """Every code is redeemed once; a second try takes back what the first brought (RFC 6749, 4.1.2)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._codes: dict[str, Code] = {}
        self._spent: dict[str, datetime] = {}
        self._replayed: set[str] = set()
        self._nonces: dict[tuple[str, str], datetime] = {}
        self._tokens: dict[str, AccessToken] = {}

    def keep(self, code: Code) -> None:
        """Remember a code that has just been issued."""
        with self._lock:
            self._forget_before(code.issued - _FORGET_AFTER)
            self._codes[code.value] = code
            self._nonces[code.client_id, code.nonce] = code.issued

    def redeem(self, value: str, client_id: str, now: datetime) -> Code | None:
        """The code, if it is young, unused and this client's; from now on it is spent in any case."""
        with self._lock:
            if value in self._spent:
                self._replayed.add(value)
                self._tokens = {name: token for name, token in self._tokens.items() if token.code != value}
                return None
            code = self._codes.pop(value, None)
            if code is None:
                return None
            self._spent[value] = now
            young = timedelta() <= now - code.issued < CODE_LASTS
            return code if young and code.client_id == client_id else None

    def issue(self, value: str, token: AccessToken) -> None:
        """Remember an access token, unless its code was tried again meanwhile."""
        with self._lock:
            if token.code not in self._replayed:
                self._tokens[value] = token

    def token(self, value: str, now: datetime) -> AccessToken | None:
        """A living access token."""
        with self._lock:
            token = self._tokens.get(value)
        return token if token and now < token.expires else None

    def nonce_used(self, client_id: str, nonce: str) -> bool:
        """Whether this client has had a code for this nonce before."""
        with self._lock:
            return (client_id, nonce) in self._nonces

    def _forget_before(self, moment: datetime) -> None:
        self._codes = {name: code for name, code in self._codes.items() if code.issued > moment}
        self._spent = {name: when for name, when in self._spent.items() if when > moment}
        self._replayed &= self._spent.keys()
        self._nonces = {name: when for name, when in self._nonces.items() if when > moment}
        self._tokens = {name: token for name, token in self._tokens.items() if token.expires > moment}
