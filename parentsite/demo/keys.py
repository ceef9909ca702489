"""The demo provider's signing key: made at the first start, and kept in the data folder for the next."""

import json
import os
from pathlib import Path

from joserfc.jwk import KeySet, RSAKey

ALGORITHM = "RS256"
KEY_FILE = "demo-provider-key.json"
_BITS = 2048


def signing_key(data_dir: Path) -> RSAKey:
    """The key in the folder, readable by its owner only; a new one where there is none."""
    path = data_dir / KEY_FILE
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return RSAKey.import_key(json.loads(path.read_text(encoding="ascii")))
    key = RSAKey.generate_key(_BITS, {"use": "sig", "alg": ALGORITHM}, auto_kid=True)
    with open(handle, "w", encoding="ascii") as file:
        json.dump(key.as_dict(private=True), file)
    return key


def public_keys(key: RSAKey) -> KeySet:
    """What the provider publishes and checks its own tokens with."""
    return KeySet([RSAKey.import_key(key.as_dict(private=False))])
