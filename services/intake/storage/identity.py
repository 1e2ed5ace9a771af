"""Rows of passwords, identities elsewhere and systems, and back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from services.common.policy.law import Conflict, Missing
from services.common.runtime.tx import Tx
from services.intake.model.identity import Client, Credential
from services.intake.model.ids import StaffId
from services.intake.storage.identity_tables import clients, credentials, external_identities


async def find_credential(tx: Tx, holder: str) -> Credential | None:
    row = await tx.one(select(credentials).where(credentials.c.holder == holder))
    return Credential(row.holder, row.password_hash, row.must_change, row.changed_at) if row else None


async def save_credential(tx: Tx, credential: Credential) -> None:
    values = {
        "password_hash": credential.password_hash,
        "must_change": credential.must_change,
        "changed_at": credential.changed_at,
    }
    mine = credentials.c.holder == credential.holder
    if not (await tx.execute(update(credentials).where(mine).values(values))).rowcount:
        await tx.execute(insert(credentials).values(holder=credential.holder, **values))


async def link_identity(tx: Tx, issuer: str, subject: str, staff_id: StaffId) -> None:
    """One person, one identity there; an identity that is another's is refused."""
    at = external_identities.c
    taken = await staff_of_identity(tx, issuer, subject)
    if taken is not None and taken != staff_id:
        raise Conflict("该统一身份已对应另一名工作人员,请核对")
    await tx.execute(delete(external_identities).where(at.issuer == issuer, at.staff_id == staff_id))
    await tx.execute(insert(external_identities).values(issuer=issuer, subject=subject, staff_id=staff_id))


async def staff_of_identity(tx: Tx, issuer: str, subject: str) -> StaffId | None:
    at = external_identities.c
    found = await tx.scalar(select(at.staff_id).where(at.issuer == issuer, at.subject == subject))
    return StaffId(found) if found else None


async def save_client(tx: Tx, client: Client) -> None:
    values = {
        "name": client.name,
        "area": client.area,
        "scopes": sorted(client.scopes),
        "secret_hash": client.secret_hash,
        "revoked_at": client.revoked_at,
    }
    mine = clients.c.client_id == client.client_id
    if not (await tx.execute(update(clients).where(mine).values(values))).rowcount:
        await tx.execute(insert(clients).values(client_id=client.client_id, **values))


async def find_client(tx: Tx, client_id: str) -> Client | None:
    row = await tx.one(select(clients).where(clients.c.client_id == client_id))
    if row is None:
        return None
    return Client(row.client_id, row.name, row.area, frozenset(row.scopes), row.secret_hash, row.revoked_at)


async def revoke_client(tx: Tx, client_id: str, at: datetime) -> None:
    found = await tx.execute(
        update(clients)
        .where(clients.c.client_id == client_id, clients.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    if not found.rowcount:
        raise Missing("这个在用的系统")
