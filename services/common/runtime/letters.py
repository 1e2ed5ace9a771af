"""Letters that only we can open: sealed on another device to our public key (ECDH on P-256, AES-256-GCM)."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.common.policy.canonical import canonical
from services.common.runtime.settings import Settings

MARK = b"JL1"
POINT_BYTES, NONCE_BYTES, KEY_BYTES = 65, 12, 32
PURPOSE = b"jiuzhu-letter"


class Unreadable(Exception):
    """Not a letter to us, or not for the place it lies in."""


class LetterKey:
    """Opens letters; its public half is published as a JWK for encryption."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private
        self._own = _point(private.public_key())
        numbers = private.public_key().public_numbers()
        point = {"crv": "P-256", "kty": "EC", "x": _number(numbers.x), "y": _number(numbers.y)}
        kid = _text(hashlib.sha256(canonical(point).encode()).digest())
        self.jwk = point | {"kid": kid, "use": "enc", "alg": "ECDH-ES"}

    @classmethod
    def from_settings(cls, settings: Settings) -> LetterKey:
        """The key of the settings; development makes its own in the data folder."""
        path = settings.letter_key_file
        if path is None:
            if not settings.is_development:
                raise ValueError("JIUZHU_LETTER_KEY_FILE is needed in production")
            path = settings.data_dir / "keys" / "letter.pem"
            _make(path)
        return _loaded(path)

    def open(self, letter: bytes, place: str) -> bytes:
        """What was sealed for `place`. Raises Unreadable."""
        body = letter[len(MARK) :]
        point, nonce = body[:POINT_BYTES], body[POINT_BYTES : POINT_BYTES + NONCE_BYTES]
        try:
            if not letter.startswith(MARK):
                raise Unreadable("not a letter")
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
            shared = self._private.exchange(ec.ECDH(), theirs)
            key = HKDF(hashes.SHA256(), KEY_BYTES, salt=point + self._own, info=PURPOSE).derive(shared)
            return AESGCM(key).decrypt(nonce, body[POINT_BYTES + NONCE_BYTES :], place.encode())
        except (InvalidTag, ValueError) as error:
            raise Unreadable("altered, or sealed to another key or place") from error


@lru_cache(maxsize=4)
def _loaded(path: Path) -> LetterKey:
    private = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise ValueError("JIUZHU_LETTER_KEY_FILE must hold a P-256 private key in PEM")
    return LetterKey(private)


def _make(path: Path) -> None:
    """A key of our own, once, whole or not at all."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    own = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    with contextlib.suppress(FileExistsError):
        os.link(own, path)
    own.unlink()


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _number(value: int) -> str:
    return _text(value.to_bytes(KEY_BYTES, "big"))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
