"""Values that lie encrypted in the database: sealed to the place they stand in, found by a keyed hash."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from services.common.runtime.settings import Settings

VERSION = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12


class Sealer:
    """Seals with one key and indexes with another, so that neither key alone opens or links anything."""

    def __init__(self, cipher_key: bytes, index_key: bytes) -> None:
        if len(cipher_key) != KEY_BYTES or len(index_key) != KEY_BYTES:
            raise ValueError(f"a sealing key has {KEY_BYTES} bytes")
        if hmac.compare_digest(cipher_key, index_key):
            raise ValueError("the cipher key and the index key must differ")
        self._cipher = AESGCMSIV(cipher_key)
        self._index_key = index_key

    @classmethod
    def from_settings(cls, settings: Settings) -> Sealer:
        """Keys from the files of the settings; development makes its own in the data folder."""
        keys = settings.data_dir / "keys"
        return cls(
            _key(settings.cipher_key_file, keys / "cipher.key", settings),
            _key(settings.index_key_file, keys / "index.key", settings),
        )

    def seal(self, value: str, place: str) -> bytes:
        """The value encrypted for `place` (table|column|row id): moved elsewhere it does not open."""
        nonce = os.urandom(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, value.encode(), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """The value again; InvalidTag if it was altered or belongs to another place."""
        if sealed[:1] != VERSION:
            raise ValueError("sealed by a version this program does not know")
        nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        return self._cipher.decrypt(nonce, ciphertext, place.encode()).decode()

    def index(self, value: str) -> str:
        """The same value always gives the same hash; without the key nobody can try values."""
        return hmac.new(self._index_key, value.encode(), hashlib.sha256).hexdigest()


def _key(path: Path | None, own: Path, settings: Settings) -> bytes:
    if path is not None:
        return path.read_bytes()
    if not settings.is_development:
        raise ValueError("JIUZHU_CIPHER_KEY_FILE and JIUZHU_INDEX_KEY_FILE are needed in production")
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        # Created exclusively: two processes starting at once must not each keep a key of their own.
        try:
            descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return own.read_bytes()
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(KEY_BYTES))
    return own.read_bytes()
