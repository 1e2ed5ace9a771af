"""Rows of tablets, the codes that enrol them and the challenges that they sign, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.intake.model.identity import Device
from services.intake.storage.identity_tables import device_challenges, devices, enrolment_codes


async def add_code(tx: Tx, code_hash: str, area: str, expires_at: datetime) -> None:
    await tx.execute(
        insert(enrolment_codes).values(
            code_hash=code_hash, area=area, made_by=tx.actor.id, expires_at=expires_at
        )
    )


async def find_area_of_code(tx: Tx, code_hash: str) -> str | None:
    """Where a code enrols, whether or not it still does."""
    at = enrolment_codes.c
    found = await tx.scalar(select(at.area).where(at.code_hash == code_hash))
    return str(found) if found else None


async def use_code(tx: Tx, code_hash: str) -> bool:
    """Whether the code was still good; afterwards it is not."""
    at = enrolment_codes.c
    good = update(enrolment_codes).where(
        at.code_hash == code_hash, at.used_at.is_(None), at.expires_at > tx.now
    )
    return (await tx.execute(good.values(used_at=tx.now))).rowcount == 1


async def add_device(tx: Tx, device: Device) -> None:
    await tx.execute(
        insert(devices).values(
            device_id=device.device_id,
            name=device.name,
            area=device.area,
            public_key=device.public_key,
            enrolled_at=device.enrolled_at,
        )
    )


async def find_device(tx: Tx, device_id: str) -> Device | None:
    row = await tx.one(select(devices).where(devices.c.device_id == device_id))
    return _device(row) if row else None


async def load_device(tx: Tx, device_id: str) -> Device:
    device = await find_device(tx, device_id)
    if device is None:
        raise Missing("这台平板")
    return device


async def devices_in(tx: Tx, areas: Sequence[str]) -> list[Device]:
    """The tablets of areas, those in use first."""
    at = devices.c
    here = or_(*(at.area.startswith(area, autoescape=True) for area in areas))
    rows = await tx.all(
        select(devices).where(here).order_by(at.revoked_at.is_not(None), at.enrolled_at.desc())
    )
    return [_device(row) for row in rows]


async def revoke_device(tx: Tx, device_id: str) -> None:
    mine = devices.c.device_id == device_id
    await tx.execute(update(devices).where(mine).values(revoked_at=tx.now))
    await tx.execute(delete(device_challenges).where(device_challenges.c.device_id == device_id))


async def note_use(tx: Tx, device_id: str) -> None:
    await tx.execute(update(devices).where(devices.c.device_id == device_id).values(last_used_at=tx.now))


async def note_sign_in(tx: Tx, device_id: str, account: str, at: datetime) -> None:
    """Who uses the tablet from now on, by real time; the one before him has to sign in again."""
    mine = devices.c.device_id == device_id
    await tx.execute(update(devices).where(mine).values(held_by=account, held_since=at))


async def signed_in_at(tx: Tx, device_id: str, account: str) -> datetime | None:
    """When this account signed in on the tablet, if nobody did since."""
    at = devices.c
    found = await tx.one(
        select(at.held_since).where(at.device_id == device_id, at.held_by == account, at.held_by != "")
    )
    return found.held_since if found else None


async def add_challenge(tx: Tx, challenge: str, device_id: str, expires_at: datetime) -> None:
    """Also clears away what was never answered."""
    await tx.execute(delete(device_challenges).where(device_challenges.c.expires_at <= tx.now))
    await tx.execute(
        insert(device_challenges).values(challenge=challenge, device_id=device_id, expires_at=expires_at)
    )


async def use_challenge(tx: Tx, challenge: str, device_id: str) -> bool:
    """Whether it was given to this device and not answered yet; afterwards it is gone."""
    at = device_challenges.c
    good = delete(device_challenges).where(
        at.challenge == challenge, at.device_id == device_id, at.expires_at > tx.now
    )
    return (await tx.execute(good)).rowcount == 1


def _device(row: Row[Any]) -> Device:
    return Device(
        device_id=row.device_id,
        name=row.name,
        area=row.area,
        public_key=row.public_key,
        enrolled_at=row.enrolled_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
