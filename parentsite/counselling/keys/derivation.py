"""From a phrase to keys, the one costly step: HMAC under the pepper, then Argon2id once, in the one slot of the site.

A stolen database holds neither pepper nor salt, so that no phrase can be tried on it.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from pathlib import Path

from nacl import pwhash, utils

from parentsite.counselling.keys.sealing import KEY_BYTES, derive
from parentsite.counselling.keys.slot import Slot
from parentsite.counselling.rules.phrase import Phrase

_SALT = pwhash.argon2id.SALTBYTES


@dataclass(frozen=True)
class Cost:
    """What one derivation takes: passes, and bytes of memory."""

    passes: int = 3
    memory: int = 64 * 1024 * 1024


@dataclass(frozen=True, repr=False)
class Derived:
    """What a phrase gives: by `lookup` its thread is found, `kek` opens the thread's key."""

    lookup: bytes
    kek: bytes


@dataclass(frozen=True, repr=False)
class Pepper:
    """What the site adds to every phrase; 48 bytes of a file that lies outside the database and its backup."""

    pepper: bytes
    salt: bytes

    @classmethod
    def at(cls, path: Path) -> "Pepper":
        """Read the file; made on the first start, readable by its owner only, and never overwritten."""
        known = kept_secret(path, utils.random(KEY_BYTES + _SALT))
        if len(known) != KEY_BYTES + _SALT:
            raise ValueError(f"{path.name} is no pepper")
        return cls(known[:KEY_BYTES], known[KEY_BYTES:])

    @property
    def sign(self) -> bytes:
        """By what it is known again."""
        return derive(self.pepper + self.salt, "pepper sign")


@dataclass(frozen=True, repr=False)
class Derivation:
    """Makes keys of phrases, one at a time on the whole site."""

    pepper: Pepper
    slot: Slot
    cost: Cost = field(default_factory=Cost)

    def of(self, phrase: Phrase) -> Derived:
        """A parent's keys. Raises `Busy` at once when others derive and one waits already."""
        root = self._root(phrase, self.pepper.salt)
        return Derived(derive(root, "lookup"), derive(root, "kek"))

    def wrapping_key(self, phrase: Phrase, salt: bytes) -> bytes:
        """The key that a counsellor's own key is wrapped under; `salt` is the counsellor's. Raises `Busy`."""
        return derive(self._root(phrase, salt), "counsellor")

    def _root(self, phrase: Phrase, salt: bytes) -> bytes:
        password = hmac.new(self.pepper.pepper, phrase.as_bytes, hashlib.sha256).digest()
        with self.slot.taken():
            return pwhash.argon2id.kdf(KEY_BYTES, password, salt, opslimit=self.cost.passes, memlimit=self.cost.memory)


def new_salt() -> bytes:
    """A salt of one's own."""
    return utils.random(_SALT)


def kept_secret(path: Path, new: bytes) -> bytes:
    """The bytes of a file that its owner alone can read; a missing file is made whole, holding `new`, at once."""
    if path.exists():
        return path.read_bytes()
    partial = path.with_name(f"{path.name}.{os.getpid()}.{utils.random(4).hex()}")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(new)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        # A link fails where the name is taken: of several first starts at once, one makes the file.
        os.link(partial, path)
    except FileExistsError:
        return path.read_bytes()
    finally:
        partial.unlink()
    return new
