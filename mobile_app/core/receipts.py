"""Receipts are believed only with the office's signature, and only about what this tablet sent."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from mobile_app.core.envelope import Envelope, Receipt
from services.common.policy.canonical import canonical

TYPE = "jiuzhu-receipt"
NUMBER_BYTES = 32


class Forged(Exception):
    """A receipt that the office did not give, or not for this; nothing is freed by it."""


class ReceiptKeys:
    """The office's keys as they were published, by name."""

    def __init__(self, keys: Mapping[str, ec.EllipticCurvePublicKey]) -> None:
        self._keys = dict(keys)

    @classmethod
    def from_jwks(cls, published: Mapping[str, Any]) -> ReceiptKeys:
        """The P-256 keys of a JWK set; keys of another kind are not for us."""
        keys = {}
        for jwk in published.get("keys", ()):
            if (jwk.get("kty"), jwk.get("crv"), jwk.get("alg")) == ("EC", "P-256", "ES256"):
                x, y = (int.from_bytes(_bytes(jwk[name]), "big") for name in ("x", "y"))
                keys[str(jwk["kid"])] = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        return cls(keys)

    def verify(self, answer: Mapping[str, Any]) -> Receipt:
        """The receipt, if its signature is the office's; Forged otherwise."""
        try:
            return Receipt.from_json(self._checked(answer))
        except (KeyError, TypeError) as error:
            raise Forged("回执不完整，照片和记录仍保留在本机") from error

    def _checked(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        """What was signed."""
        header, key = self._key(answer)
        receipt = {name: value for name, value in answer.items() if name != "signature"}
        signed = f"{header}.{_text(canonical(receipt).encode())}".encode()
        try:
            raw = _bytes(str(answer["signature"]).rpartition(".")[2])
            r, s = (int.from_bytes(raw[at : at + NUMBER_BYTES], "big") for at in (0, NUMBER_BYTES))
            if len(raw) != 2 * NUMBER_BYTES:
                raise Forged("回执的签名不完整")
            key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
            return receipt
        except (InvalidSignature, KeyError, TypeError, ValueError, binascii.Error) as error:
            raise Forged("回执的签名不对，照片和记录仍保留在本机") from error

    def verify_handover(self, answer: Mapping[str, Any], visit_id: str, part: str) -> None:
        """Forged unless the office says that exactly this part of this visit lies with it."""
        self._checked(answer)
        named = (answer.get("visit_id"), answer.get("part"), answer.get("state"))
        if named != (visit_id, part, "quarantined"):
            raise Forged("回执说的不是这份记录")

    def _key(self, answer: Mapping[str, Any]) -> tuple[str, ec.EllipticCurvePublicKey]:
        header, dots, _ = str(answer.get("signature", "")).partition("..")
        try:
            said = json.loads(_bytes(header)) if dots else {}
        except (ValueError, binascii.Error):
            said = {}
        # The algorithm is ours to choose, never the message's.
        if not isinstance(said, dict) or (said.get("alg"), said.get("typ")) != ("ES256", TYPE):
            raise Forged("回执没有签名")
        key = self._keys.get(str(said.get("kid")))
        if key is None:
            raise Forged("回执的签名用的不是已登记的密钥")
        return header, key


def check_about(receipt: Receipt, envelope: Envelope) -> None:
    """Forged unless the receipt is about exactly this record with exactly these photos."""
    if (receipt.visit_id, receipt.content_sha256) != (envelope.visit_id, envelope.sha256):
        raise Forged("回执说的不是这份记录")
    sent = sorted((one.name, one.sha256, one.size) for one in envelope.photos)
    if sorted((one.name, one.sha256, one.size) for one in receipt.photos) != sent:
        raise Forged("回执列出的照片与发送的不一致")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
