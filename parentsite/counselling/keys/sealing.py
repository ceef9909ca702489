"""XChaCha20-Poly1305 as the conversation uses it: each sealed value is a random nonce and the sealed bytes, bound to
what it belongs to, so that a value moved elsewhere does not open.
"""

import hashlib

from nacl import bindings, utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

KEY_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_KEYBYTES
_NONCE = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_LENGTH = 4
SMALLEST = 1024


class DoesNotOpen(Exception):
    """Another key, another place, or changed bytes."""


def new_key() -> bytes:
    """32 random bytes."""
    return utils.random(KEY_BYTES)


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Seal under a key, bound to what the bytes belong to."""
    nonce = utils.random(_NONCE)
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, key)


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Open what `seal` closed; `DoesNotOpen` when it cannot."""
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed[_NONCE:], bound_to, sealed[:_NONCE], key)
    except CryptoError as error:
        raise DoesNotOpen from error


def seal_to(public: bytes, plain: bytes) -> bytes:
    """Seal for the holder of a key pair, whoever seals: not even the sealer can open it again."""
    return SealedBox(PublicKey(public)).encrypt(plain)


def unseal_with(private: bytes, sealed: bytes) -> bytes:
    """Open what was sealed to the public half; `DoesNotOpen` when it was not."""
    try:
        return SealedBox(PrivateKey(private)).decrypt(sealed)
    except CryptoError as error:
        raise DoesNotOpen from error


def new_pair() -> tuple[bytes, bytes]:
    """A new key pair: the private half, the public half."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def public_of(private: bytes) -> bytes:
    """The public half that goes with a private one."""
    return bytes(PrivateKey(private).public_key)


def pad(text: str) -> bytes:
    """A text as bytes whose number (a power of two, 1,024 or more) tells little of how much was written."""
    plain = text.encode()
    size = SMALLEST
    while size < len(plain) + _LENGTH:
        size *= 2
    return len(plain).to_bytes(_LENGTH, "big") + plain.ljust(size - _LENGTH, b"\0")


def unpad(padded: bytes) -> str:
    """The text that was padded."""
    length = int.from_bytes(padded[:_LENGTH], "big")
    return padded[_LENGTH : _LENGTH + length].decode()


def bound(*parts: bytes | str | int) -> bytes:
    """What a value is bound to, as bytes that no other parts give."""
    written = (part if isinstance(part, bytes) else str(part).encode() for part in parts)
    return b"".join(len(part).to_bytes(2, "big") + part for part in written)


def derive(root: bytes, purpose: str) -> bytes:
    """A key for one purpose from another key."""
    return hashlib.blake2b(root, digest_size=KEY_BYTES, person=purpose.encode()).digest()
