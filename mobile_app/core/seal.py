"""What lies on the tablet lies sealed: AES-256-GCM, the key behind a PIN and the device's own store."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mobile_app.core.disk import write_whole

KEY_BYTES, NONCE_BYTES, SALT_BYTES = 32, 12, 16
SHORTEST_PIN = 6
FREE_TRIES, MOST_TRIES = 3, 10
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": KEY_BYTES}


class KeyStore(Protocol):
    """The device's own key, which never leaves it: Android's key store, or a file on a desktop."""

    def wrap(self, key: bytes) -> bytes: ...
    def unwrap(self, wrapped: bytes) -> bytes: ...
    def destroy(self) -> None: ...


class Damaged(Exception):
    """Something sealed was altered, belongs elsewhere, or was sealed with another key."""


class WrongPin(Exception):
    """The PIN is wrong; `wait` says how long no other will be looked at."""

    def __init__(self, left: int, wait: timedelta) -> None:
        pause = f"，请{int(wait.total_seconds())}秒后再试" if wait else ""
        super().__init__(f"PIN不对，还可以试{left}次{pause}")
        self.left = left
        self.wait = wait


class PinLocked(Exception):
    """Too many wrong PINs: only the recovery key that the office keeps opens the tablet again."""


class Seal:
    """Seals bytes to the place they lie in: moved elsewhere they do not open."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, content: bytes, place: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise Damaged(f"本机数据损坏或密钥不符：{place.partition('|')[0]}") from error


class Vault:
    """The journal's key in a small file: under the PIN, and all of it under the device's own key."""

    def __init__(self, path: Path, store: KeyStore, now: Callable[[], datetime]) -> None:
        self._path = path
        self._store = store
        self._now = now

    @property
    def exists(self) -> bool:
        return self._path.exists()

    def create(self, pin: str) -> tuple[bytes, bytes]:
        """A fresh key, and the recovery key that the office keeps for a forgotten PIN."""
        if self.exists:
            raise ValueError("the vault exists already")
        key, recovery = os.urandom(KEY_BYTES), os.urandom(KEY_BYTES)
        again = Seal(recovery).seal(key, "recovery")
        self._save({"recovery": again.hex()} | self._under(pin, key))
        return key, recovery

    def open(self, pin: str) -> bytes:
        """The key. Raises WrongPin while tries are left and PinLocked afterwards."""
        kept = self._load()
        tries = int(kept["tries"])
        if tries >= MOST_TRIES:
            raise PinLocked("PIN错误次数过多，已锁定；请联系单位管理员解锁，本机数据仍然保留")
        now = self._now()
        if wait := self._wait(kept, now):
            raise WrongPin(MOST_TRIES - tries, wait)
        # Counted before it is looked at: pulling the battery does not give a try back.
        self._save(kept | {"tries": tries + 1, "tried_at": now.isoformat()})
        sealed, salt = bytes.fromhex(kept["key"]), bytes.fromhex(kept["salt"])
        try:
            key = Seal(_stretched(pin, salt)).open(sealed, "pin")
        except Damaged:
            left = MOST_TRIES - tries - 1
            raise WrongPin(left, self._wait(self._load(), now)) from None
        self._save(kept | {"tries": 0})
        return key

    def recover(self, recovery: bytes, pin: str) -> bytes:
        """Open with the office's recovery key and set another PIN. Raises Damaged for a wrong one."""
        kept = self._load()
        key = Seal(recovery).open(bytes.fromhex(kept["recovery"]), "recovery")
        self._save(kept | self._under(pin, key))
        return key

    def _under(self, pin: str, key: bytes) -> dict[str, Any]:
        if len(pin) < SHORTEST_PIN or len(set(pin)) == 1:
            raise ValueError(f"PIN至少{SHORTEST_PIN}位，且不能全部相同")
        salt = os.urandom(SALT_BYTES)
        sealed = Seal(_stretched(pin, salt)).seal(key, "pin")
        return {"salt": salt.hex(), "key": sealed.hex(), "tries": 0, "tried_at": self._now().isoformat()}

    def _wait(self, kept: dict[str, Any], now: datetime) -> timedelta:
        """How much of the pause is left; a clock put back makes it start again."""
        over = int(kept["tries"]) - FREE_TRIES
        if over < 0:
            return timedelta()
        pause: timedelta = min(FIRST_PAUSE * 2**over, LONGEST_PAUSE)
        passed = now - datetime.fromisoformat(kept["tried_at"])
        return max(pause - max(passed, timedelta()), timedelta())

    def _load(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._store.unwrap(self._path.read_bytes()))
        return found

    def _save(self, kept: dict[str, Any]) -> None:
        write_whole(self._path, self._store.wrap(json.dumps(kept).encode()))


def _stretched(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, **SCRYPT)
