"""What a browser carries: 32 random bytes, of which the server knows a hash to find by and no key to open with."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from parentsite.counselling.keys.sealing import derive

TOKEN_BYTES = 32


@dataclass(frozen=True, repr=False)
class Token:
    """One cookie's worth; `written` is what stands in it."""

    written: str

    @classmethod
    def new(cls) -> "Token":
        """A token that nobody has had before."""
        return cls(secrets.token_urlsafe(TOKEN_BYTES))

    @classmethod
    def beside(cls, cookie: str) -> "Token":
        """What stands for a cookie of the site's own sessions: the hash that their table finds it by is no key here."""
        return cls(f"mailbox:{cookie}")

    @property
    def hash(self) -> bytes:
        """What the database finds it by."""
        return derive(self._root, "token hash")

    @property
    def key(self) -> bytes:
        """What the database cannot know: the key of what is kept under it."""
        return derive(self._root, "token key")

    @property
    def form(self) -> str:
        """What this browser's forms carry, so that no other page can send them."""
        return derive(self._root, "token form").hex()

    def made(self, form: str) -> bool:
        """Whether a form was this browser's."""
        return hmac.compare_digest(self.form.encode(), form.encode())

    @property
    def _root(self) -> bytes:
        return hashlib.sha256(self.written.encode()).digest()
