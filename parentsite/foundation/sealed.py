"""Free text about a family, encrypted at rest; keys come from the environment and can be rotated while the site runs.

A sealed value is: version byte, 4-byte key id, 24-byte nonce, XChaCha20-Poly1305 of the text. The context (table and
column) is bound in, so that a value moved elsewhere does not open.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from nacl import bindings, utils
from nacl.exceptions import CryptoError
from sqlalchemy.orm import Session

_VERSION = b"\x01"
HEAD_BYTES = 5
_NONCE = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
KEY_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_KEYBYTES


class WrongKey(Exception):
    """No key at hand opens the sealed value."""


@dataclass(frozen=True)
class Keyring:
    """The keys in use, newest first: the first seals, all open; `index_key` is for keyed hashes and never rotates."""

    keys: tuple[bytes, ...]
    index_key: bytes

    @classmethod
    def from_text(cls, keys: str, index_key: str) -> "Keyring":
        """Read comma-separated base64 keys of 32 bytes, newest first; ValueError when one is malformed."""
        ring = tuple(base64.b64decode(part, validate=True) for part in keys.split(",") if part.strip())
        index = base64.b64decode(index_key, validate=True)
        if not ring or any(len(key) != KEY_BYTES for key in (*ring, index)):
            raise ValueError(f"each key is {KEY_BYTES} bytes in base64")
        return cls(ring, index)

    def seal(self, text: str, context: str) -> bytes:
        """Encrypt a text under the newest key."""
        return self.seal_bytes(text.encode(), context)

    def seal_bytes(self, content: bytes, context: str) -> bytes:
        """Encrypt whatever it is under the newest key."""
        nonce = utils.random(_NONCE)
        head = _VERSION + _key_id(self.keys[0])
        body = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
            content, head + context.encode(), nonce, self.keys[0]
        )
        return head + nonce + body

    def unseal(self, blob: bytes, context: str) -> str:
        """Decrypt a text; raises `WrongKey`."""
        return self.unseal_bytes(blob, context).decode()

    def unseal_bytes(self, blob: bytes, context: str) -> bytes:
        """Decrypt; raises `WrongKey` for an unknown key, another context, or a changed value."""
        head, nonce, body = blob[:HEAD_BYTES], blob[HEAD_BYTES : HEAD_BYTES + _NONCE], blob[HEAD_BYTES + _NONCE :]
        for key in self.keys:
            if hmac.compare_digest(head, _VERSION + _key_id(key)):
                try:
                    return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
                        body, head + context.encode(), nonce, key
                    )
                except CryptoError as error:
                    raise WrongKey(context) from error
        raise WrongKey(context)

    def sealed_by_newest(self, blob: bytes) -> bool:
        """Whether a value needs no re-sealing after a rotation; its first `HEAD_BYTES` tell."""
        return blob[:HEAD_BYTES] == _VERSION + _key_id(self.keys[0])

    def has_sealed(self, head: bytes) -> bool:
        """Whether a key at hand has sealed a value that begins with these `HEAD_BYTES`."""
        return head in {_VERSION + _key_id(key) for key in self.keys}

    def index(self, value: str, context: str) -> str:
        """A keyed hash, for finding a row by a value (a personal number) that is not kept in the open."""
        return hmac.new(self.index_key, f"{context}:{value}".encode(), hashlib.sha256).hexdigest()


def keyring_of(session: Session) -> Keyring:
    """The keys that came with the session's database."""
    keyring = session.info["keyring"]
    assert isinstance(keyring, Keyring)
    return keyring


def seal(session: Session, text: str, context: str) -> bytes:
    """Seal `text` for the column named by `context` (`table.column`)."""
    return keyring_of(session).seal(text, context)


def unseal(session: Session, blob: bytes, context: str) -> str:
    """Open what `seal` closed; `WrongKey` when it cannot."""
    return keyring_of(session).unseal(blob, context)


def _key_id(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=4, person=b"key id").digest()
