"""Who this tablet is to the office: its key pair, the person on it, and how long it may be used alone."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from mobile_app.core.journal import Journal

NOTE = "identity"


class NotEnrolled(Exception):
    """The tablet has not been enrolled with an office."""

    def __init__(self) -> None:
        super().__init__("这台平板还没有登记，请在办公室扫描登记码")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the journal keeps sealed of the enrolment. `keys` is the office's JWK set."""

    device_id: str
    office_url: str
    private_key: str
    keys: dict[str, Any]
    account: str = ""
    staff_id: str = ""
    name: str = ""
    lease_until: str = ""

    def sign(self, text: bytes) -> str:
        """The tablet's word, as the office checks it."""
        key = serialization.load_pem_private_key(self.private_key.encode(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("the tablet's key is not on an elliptic curve")
        return base64.b64encode(key.sign(text, ec.ECDSA(hashes.SHA256()))).decode()

    def lease_ended(self, now: datetime) -> bool:
        """Whether the tablet was away from the office for too long: it opens again after a sign-in there."""
        return bool(self.lease_until) and now > datetime.fromisoformat(self.lease_until)


def fresh_key() -> tuple[str, str]:
    """A key pair for a tablet, as PEM: private, public."""
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def find_identity(journal: Journal) -> Identity | None:
    kept = journal.note(NOTE)
    return Identity(**journal.open(bytes.fromhex(kept), NOTE)) if kept else None


def load_identity(journal: Journal) -> Identity:
    identity = find_identity(journal)
    if identity is None:
        raise NotEnrolled
    return identity


def save_identity(journal: Journal, identity: Identity) -> None:
    fields = {name: getattr(identity, name) for name in Identity.__slots__}
    journal.set_note(NOTE, journal.sealed(fields, NOTE).hex())


def signed_in(identity: Identity, account: str, session: dict[str, Any]) -> Identity:
    """The person who signed in on it, and the new lease."""
    return replace(
        identity,
        account=account,
        staff_id=session["staff_id"],
        name=session["name"],
        lease_until=session["lease_until"],
    )
