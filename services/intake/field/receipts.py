"""Signed receipts: a tablet frees its storage by nothing else, and whoever is shown one can check it."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from services.common.policy.canonical import canonical
from services.common.runtime.settings import Settings

TYPE = "jiuzhu-receipt"
NUMBER_BYTES = 32
# RFC 6979: the same receipt always carries the same signature.
ALGORITHM = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class ReceiptKey:
    """Signs receipts by ES256 as a detached JWS over their canonical JSON."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self._private = private
        numbers = private.public_key().public_numbers()
        point = {"crv": "P-256", "kty": "EC", "x": _number(numbers.x), "y": _number(numbers.y)}
        # The thumbprint of RFC 7638 names the key.
        self.kid = _text(hashlib.sha256(canonical(point).encode()).digest())
        self.jwk = point | {"kid": self.kid, "use": "sig", "alg": "ES256"}
        header = {"alg": "ES256", "kid": self.kid, "typ": TYPE}
        self._header = _text(canonical(header).encode())

    @classmethod
    def from_settings(cls, settings: Settings) -> ReceiptKey:
        """The key of the settings; development makes its own in the data folder."""
        path = settings.receipt_key_file
        if path is None:
            if not settings.is_development:
                raise ValueError("JIUZHU_RECEIPT_KEY_FILE is needed in production")
            path = settings.data_dir / "keys" / "receipt.pem"
            _make(path)
        private = serialization.load_pem_private_key(path.read_bytes(), None)
        if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
            raise ValueError("JIUZHU_RECEIPT_KEY_FILE must hold a P-256 private key in PEM")
        return cls(private)

    def sign(self, receipt: dict[str, object]) -> dict[str, object]:
        """The receipt with its signature in it."""
        signed = f"{self._header}.{_text(canonical(receipt).encode())}"
        numbers = decode_dss_signature(self._private.sign(signed.encode(), ALGORITHM))
        signature = b"".join(number.to_bytes(NUMBER_BYTES, "big") for number in numbers)
        return receipt | {"signature": f"{self._header}..{_text(signature)}"}


def _make(path: Path) -> None:
    """A key of our own, once: of two processes starting at the same time one makes it."""
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
    # Linked whole or not at all: nobody ever reads half a key.
    with contextlib.suppress(FileExistsError):
        os.link(own, path)
    own.unlink()


def _number(value: int) -> str:
    return _text(value.to_bytes(NUMBER_BYTES, "big"))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
