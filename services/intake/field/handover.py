"""A tablet that was ended, or whose person moved, hands over unsent work: sealed, signed by its key."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from services.common.policy.law import TooLarge
from services.common.runtime.actor import PUBLIC, SYSTEM
from services.common.runtime.auth import NotSignedIn
from services.common.runtime.service import Service
from services.intake.commands.quarantine import KeepWork
from services.intake.field.receipts import ReceiptKey
from services.intake.model.identity import Device
from services.intake.model.ids import VisitId
from services.intake.storage import devices as storage
from services.intake.storage import quarantine

DEVICE, SIGNATURE = "x-jiuzhu-device", "x-jiuzhu-signature"
# A record may be larger than a photo's part; what the letter adds is some dozens of bytes.
OVERHEAD = 4_096
NOT_PROVED = "平板的签名无效，不能交接"


def router(service: Service, key: Callable[[], ReceiptKey]) -> APIRouter:
    api = APIRouter(prefix="/field/v1", tags=["field"])

    @api.put("/handover/{visit_id}/{part}")
    async def keep(visit_id: str, part: str, request: Request) -> JSONResponse:
        """Keep a letter. Its content is read by nobody before somebody in the office releases it."""
        letter = await _body(request, service.settings.photo_limit_bytes + OVERHEAD)
        digest = hashlib.sha256(letter).hexdigest()
        device_id = request.headers.get(DEVICE, "")
        async with service.reading(SYSTEM) as tx:
            device = await storage.find_device(tx, device_id)
        text = signed_text(device_id, visit_id, part, digest)
        if device is None or not _signed(device, request.headers.get(SIGNATURE, ""), text):
            raise NotSignedIn(NOT_PROVED)
        # Kept before it is entered: a crash in between repeats this.
        await service.documents.put(letter)
        command = KeepWork(
            visit_id=VisitId(visit_id), device_id=device_id, part=part, sha256=digest, size=len(letter)
        )
        await service.perform(command, PUBLIC)
        async with service.reading(SYSTEM) as tx:
            work = await quarantine.load_work(tx, visit_id)
        receipt: dict[str, object] = {
            "device_id": device_id,
            "visit_id": visit_id,
            "part": part,
            "arrived_at": work.arrived_at.isoformat(),
            "state": "quarantined",
        }
        return JSONResponse(key().sign(receipt), 201)

    return api


def signed_text(device_id: str, visit_id: str, part: str, sha256: str) -> bytes:
    """What the tablet signs: this letter, for this part. Sent again by whomever, it changes nothing."""
    return f"jiuzhu-field-handover|{device_id}|{visit_id}|{part}|{sha256}".encode()


async def _body(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > limit:
            raise TooLarge("part", f"最大{limit // 1_000_000}MB")
    return bytes(body)


def _signed(device: Device, signature: str, text: bytes) -> bool:
    key = load_pem_public_key(device.public_key.encode())
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(base64.b64decode(signature, validate=True), text, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True
