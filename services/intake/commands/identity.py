"""Who may sign in and with what: passwords, identities at the district's provider, other systems."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.common.policy.law import Invalid, Missing
from services.common.policy.roles import area_level
from services.common.runtime.clock import system_now
from services.common.runtime.gate import action
from services.common.runtime.revocation import revoke
from services.common.runtime.tx import Tx
from services.intake.model.identity import Client, Credential
from services.intake.model.ids import StaffId
from services.intake.rules import identity as rules
from services.intake.storage import identity as storage
from services.intake.storage import registry

SHORTEST_SECRET = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword:
    """The operator's: its holder must change it, unless `settled` and in development."""

    staff_id: StaffId
    password: str
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """The holder's own, who has just shown that he knows the old one."""

    holder: str
    account: str
    fresh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkIdentity:
    """Whom the district's identity provider means by `subject`."""

    staff_id: StaffId
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutClient:
    """A system of the district with the actions it may do; a new secret replaces the old one at once."""

    client_id: str
    name: str
    area: str
    scopes: frozenset[str]
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeClient:
    client_id: str


@action("set-password")
async def set_password(cmd: SetPassword, tx: Tx) -> None:
    staff = await registry.find_staff(tx, cmd.staff_id)
    if staff is None or not staff.account:
        raise Missing("这个账号")
    rules.check_password(cmd.password, staff.account)
    settled = cmd.settled and tx.service.settings.is_development
    await _keep(tx, cmd.staff_id, cmd.password, must_change=not settled)


@action("change-password")
async def change_password(cmd: ChangePassword, tx: Tx) -> None:
    rules.check_password(cmd.fresh, cmd.account)
    await _keep(tx, cmd.holder, cmd.fresh, must_change=False)


@action("link-identity")
async def link_identity(cmd: LinkIdentity, tx: Tx) -> None:
    issuer = tx.service.settings.oidc_issuer
    if not issuer:
        raise Invalid("subject", "本系统没有接入统一身份登录,先设置 JIUZHU_OIDC_ISSUER")
    if not cmd.subject.strip():
        raise Invalid("subject", "请填写统一身份中的编号")
    if await registry.find_staff(tx, cmd.staff_id) is None:
        raise Missing("该工作人员")
    await storage.link_identity(tx, issuer, cmd.subject, cmd.staff_id)


@action("put-client")
async def put_client(cmd: PutClient, tx: Tx) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9-]{1,35}", cmd.client_id):
        raise Invalid("client_id", "系统编号由小写字母、数字和短横组成")
    if len(cmd.secret) < SHORTEST_SECRET:
        raise Invalid("secret", f"密钥至少{SHORTEST_SECRET}个字符")
    if not cmd.scopes or any(not re.fullmatch(r"[a-z][a-z-]*", scope) for scope in cmd.scopes):
        raise Invalid("scopes", "请写明该系统可以办理的事项")
    area_level(cmd.area)
    hashed = await tx.service.passwords.hash(cmd.secret)
    await storage.save_client(tx, Client(cmd.client_id, cmd.name, cmd.area, cmd.scopes, hashed))
    await revoke(tx, cmd.client_id)


@action("revoke-client")
async def revoke_client(cmd: RevokeClient, tx: Tx) -> None:
    await storage.revoke_client(tx, cmd.client_id, tx.now)
    await revoke(tx, cmd.client_id)


async def _keep(tx: Tx, holder: str, password: str, *, must_change: bool) -> None:
    """Whoever signed in with the old password is out; the second's fraction keeps the new session valid."""
    now = system_now()
    hashed = await tx.service.passwords.hash(password)
    await storage.save_credential(tx, Credential(holder, hashed, must_change, now))
    await revoke(tx, holder, now)
