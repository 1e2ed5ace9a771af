"""Letters to the office: sealed to its public key, so that nobody on the way reads them."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = b"JL1"
NONCE_BYTES, KEY_BYTES = 12, 32
PURPOSE = b"jiuzhu-letter"


class OfficeKey:
    """The office's key for letters, as it was published while the tablet was in use."""

    def __init__(self, public: ec.EllipticCurvePublicKey) -> None:
        self._public = public

    @classmethod
    def from_jwks(cls, published: Mapping[str, Any]) -> OfficeKey:
        """The P-256 key for encryption of a JWK set; LookupError where there is none."""
        for jwk in published.get("keys", ()):
            if (jwk.get("kty"), jwk.get("crv"), jwk.get("use")) == ("EC", "P-256", "enc"):
                x, y = (int.from_bytes(_bytes(jwk[name]), "big") for name in ("x", "y"))
                return cls(ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key())
        raise LookupError("the office published no key for letters")

    def seal(self, content: bytes, place: str) -> bytes:
        """The content for one place (device|visit|part); in another place it does not open."""
        own = ec.generate_private_key(ec.SECP256R1())
        point, theirs = _point(own.public_key()), _point(self._public)
        shared = own.exchange(ec.ECDH(), self._public)
        key = HKDF(hashes.SHA256(), KEY_BYTES, salt=point + theirs, info=PURPOSE).derive(shared)
        nonce = os.urandom(NONCE_BYTES)
        return MARK + point + nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
