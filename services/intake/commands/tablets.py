"""Tablets: a code made in the office enrols one, its key proves it, and a word from the office ends it."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from services.common.policy.law import Conflict, Invalid
from services.common.runtime.gate import action
from services.common.runtime.revocation import device_subject, revoke
from services.common.runtime.tx import Tx
from services.intake.model.identity import Device
from services.intake.rules import identity as rules
from services.intake.storage import devices as storage

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeEnrolmentCode:
    """A code for one tablet of an area; only its hash is kept."""

    code_hash: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolDevice:
    """A tablet that scanned a code shows the key it made."""

    device_id: str
    code_hash: str
    public_key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeDevice:
    device_id: str


@action("make-enrolment-code")
async def make_enrolment_code(cmd: MakeEnrolmentCode, tx: Tx) -> None:
    await storage.add_code(tx, cmd.code_hash, cmd.area, tx.now + rules.CODE_LIFETIME)


@action("enrol-device")
async def enrol_device(cmd: EnrolDevice, tx: Tx) -> None:
    name = cmd.name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid("name", f"请给平板起一个{LONGEST_NAME}字以内的名称")
    _check_key(cmd.public_key)
    area = await storage.find_area_of_code(tx, cmd.code_hash)
    if area is None or not await storage.use_code(tx, cmd.code_hash):
        raise Conflict("登记码已用过或已过期,请在办公室重新生成")
    await storage.add_device(tx, Device(cmd.device_id, name, area, cmd.public_key, enrolled_at=tx.now))


@action("revoke-device")
async def revoke_device(cmd: RevokeDevice, tx: Tx) -> None:
    device = await storage.load_device(tx, cmd.device_id)
    if device.revoked_at is not None:
        raise Conflict("这台平板已经停用")
    await storage.revoke_device(tx, cmd.device_id)
    await revoke(tx, device_subject(cmd.device_id))


def _check_key(pem: str) -> None:
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Invalid("public_key", "平板的密钥无法识别") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Invalid("public_key", "平板的密钥须为P-256")
