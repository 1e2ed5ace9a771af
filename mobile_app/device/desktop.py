"""A desktop's key store: a key file that only its owner can read."""

from __future__ import annotations

import os
from pathlib import Path

from mobile_app.core.seal import KEY_BYTES, Seal

PLACE = "desktop"


class FileKeyStore:
    """Wraps the journal's key with a key file; a tablet uses its hardware key store instead."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def wrap(self, key: bytes) -> bytes:
        return Seal(self._own(make=True)).seal(key, PLACE)

    def unwrap(self, wrapped: bytes) -> bytes:
        return Seal(self._own(make=False)).open(wrapped, PLACE)

    def destroy(self) -> None:
        """What this key wrapped is lost from now on."""
        if self._path.exists():
            with self._path.open("r+b") as file:
                file.write(os.urandom(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            self._path.unlink()

    def _own(self, *, make: bool) -> bytes:
        if make and not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(os.urandom(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
        return self._path.read_bytes()
