"""A tablet proves itself with the key it was enrolled with; then its person signs in on it."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from fastapi import APIRouter, Request
from pydantic import BaseModel

from services.common.policy.roles import covers
from services.common.runtime.actor import PUBLIC, SYSTEM, Actor
from services.common.runtime.auth import Keys, NotSignedIn
from services.common.runtime.clock import system_now
from services.common.runtime.codes import code_hash, fresh_code
from services.common.runtime.ids import new_id
from services.common.runtime.service import Service
from services.intake.access import DEVICE_SCOPES
from services.intake.commands.sign_in import identify
from services.intake.commands.tablets import EnrolDevice
from services.intake.model.identity import Device
from services.intake.rules.identity import CHALLENGE_LIFETIME
from services.intake.storage import devices as storage
from services.intake.storage.accounts import find_account
from services.intake.storage.identity import find_credential

UNKNOWN = "这台平板没有登记或已停用,请联系民政办重新登记"


AGAIN = "登录已到期或密码有变动，请在平板上重新登录"
LEASE = timedelta(days=14)


class DeviceEnded(NotSignedIn):
    """This tablet was ended in the office: it hands over what it has not sent and destroys its key."""

    code = "device-ended"

    def __init__(self) -> None:
        super().__init__("这台平板已被单位停用；未发送的记录将加密交回单位，随后清除本机数据")


class Enrolment(BaseModel):
    """The code from the QR code, the public half (PEM, P-256) of the key that the tablet made, its label."""

    code: str
    public_key: str
    name: str


class Enrolled(BaseModel):
    device_id: str


class ChallengeAsked(BaseModel):
    device_id: str


class Challenge(BaseModel):
    """To be signed once, within two minutes."""

    challenge: str


class DeviceSignIn(BaseModel):
    """`signature`: ECDSA with SHA-256 over `signed_text`, DER in base64."""

    device_id: str
    challenge: str
    signature: str
    account: str
    password: str


class Renewal(BaseModel):
    """The same proof by the tablet's key, without a password: for the account that signed in on it last."""

    device_id: str
    challenge: str
    signature: str
    account: str


class DeviceSession(BaseModel):
    """A token of five minutes that is good for the tablet's interface alone, and only while it is in use."""

    token: str
    staff_id: str
    name: str
    # Without a further sign-in the tablet closes itself then; both by our clock.
    lease_until: datetime
    server_time: datetime


def router(service: Service) -> APIRouter:
    api = APIRouter(prefix="/field/v1", tags=["field"])

    @api.post("/enrol", status_code=201)
    async def enrol(body: Enrolment) -> Enrolled:
        device_id = new_id()
        command = EnrolDevice(
            device_id=device_id,
            code_hash=code_hash(body.code),
            public_key=body.public_key,
            name=body.name,
        )
        await service.perform(command, PUBLIC)
        return Enrolled(device_id=device_id)

    @api.post("/challenge")
    async def challenge(body: ChallengeAsked) -> Challenge:
        made = fresh_code()
        async with service.transaction(SYSTEM) as tx:
            _require_in_use(await storage.find_device(tx, body.device_id))
            await storage.add_challenge(tx, made, body.device_id, tx.now + CHALLENGE_LIFETIME)
        return Challenge(challenge=made)

    @api.post("/session")
    async def session(body: DeviceSignIn, request: Request) -> DeviceSession:
        device = await _proved(service, body)
        actor, name = await identify(service, body.account, body.password)
        keys: Keys = request.app.state.keys
        bound = _on(device, actor)
        async with service.transaction(SYSTEM) as tx:
            # Looked at again: it may have been ended while the password was checked.
            _require_in_use(await storage.find_device(tx, device.device_id))
            await storage.note_use(tx, device.device_id)
            await storage.note_sign_in(tx, device.device_id, body.account, system_now())
            now = tx.now
        return DeviceSession(
            token=keys.issue(bound),
            staff_id=actor.id,
            name=name,
            lease_until=now + LEASE,
            server_time=now,
        )

    @api.post("/renewal")
    async def renewal(body: Renewal, request: Request) -> DeviceSession:
        """The tablet's key speaks for whoever signed in on it last, until the lease of that sign-in ends."""
        device = await _proved(service, body)
        keys: Keys = request.app.state.keys
        async with service.reading(SYSTEM) as tx:
            since = await storage.signed_in_at(tx, device.device_id, body.account)
            found = await find_account(tx, body.account)
            credential = await find_credential(tx, found.actor.id) if found else None
            now = tx.now
        if since is None or found is None or credential is None:
            raise NotSignedIn(AGAIN)
        if system_now() >= since + LEASE or credential.changed_at > since or credential.must_change:
            raise NotSignedIn(AGAIN)
        return DeviceSession(
            token=keys.issue(_on(device, found.actor)),
            staff_id=found.actor.id,
            name=found.name,
            lease_until=now + (since + LEASE - system_now()),
            server_time=now,
        )

    return api


def signed_text(device_id: str, challenge: str, account: str) -> bytes:
    """What a tablet signs: for which account too, so that a signature serves nobody else."""
    return f"jiuzhu-field-session|{device_id}|{challenge}|{account}".encode()


async def _proved(service: Service, body: DeviceSignIn | Renewal) -> Device:
    """The device whose key signed this challenge; a challenge is used up whatever comes of it."""
    async with service.transaction(SYSTEM) as tx:
        device = await storage.find_device(tx, body.device_id)
        is_fresh = await storage.use_challenge(tx, body.challenge, body.device_id)
    device = _require_in_use(device)
    if not is_fresh or not _signed(device, body):
        raise NotSignedIn("平板的签名无效或已过期,请重试")
    return device


def _signed(device: Device, body: DeviceSignIn | Renewal) -> bool:
    key = load_pem_public_key(device.public_key.encode())
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        signature = base64.b64decode(body.signature, validate=True)
        text = signed_text(body.device_id, body.challenge, body.account)
        key.verify(signature, text, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _on(device: Device, actor: Actor) -> Actor:
    """The person on this tablet: a tablet of one township is not used in another."""
    if not any(covers(device.area, area) or covers(area, device.area) for area in actor.areas):
        raise NotSignedIn("这台平板登记在别的镇街,请用本镇街的平板")
    return Actor(actor.id, actor.posts, actor.delegated, scopes=DEVICE_SCOPES, device=device.device_id)


def _require_in_use(device: Device | None) -> Device:
    if device is None:
        raise NotSignedIn(UNKNOWN)
    if device.revoked_at is not None:
        raise DeviceEnded()
    return device
