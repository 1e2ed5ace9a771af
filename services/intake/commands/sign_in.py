"""Signing in: every try is counted before it is looked at, and every wrong one is answered alike."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.policy.areas import DISTRICT
from services.common.policy.law import Invalid
from services.common.policy.roles import Post, Role
from services.common.runtime import origin
from services.common.runtime.actor import PUBLIC, SYSTEM, Actor
from services.common.runtime.auth import NotSignedIn
from services.common.runtime.clock import system_now
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from services.intake.commands.identity import ChangePassword
from services.intake.model.identity import Counted, Credential
from services.intake.rules import identity as rules
from services.intake.storage import identity as storage
from services.intake.storage import sign_in as counting
from services.intake.storage.accounts import BOOTSTRAP, Account, find_account, find_staff_account

DEMO_PASSWORD = "jiuzhu-demo"  # noqa: S105 - of a fresh development system's operator, and of nobody else
WRONG = "账号或密码不对，或账号今日没有在任岗位"
WRONG_CLIENT = "系统编号或密钥不对"
NOT_LINKED = "该统一身份没有对应的在任工作人员,请联系系统运维人员登记"


class TooManyTries(NotSignedIn):
    """Tries from there wait; others are not held up by them."""

    code = "too-many-tries"


class MustChange(NotSignedIn):
    """The password was set by somebody else: nothing is open before its holder has chosen his own."""

    code = "password-must-change"


@dataclass(frozen=True, slots=True)
class _Try:
    """A sign-in that was counted as failed before it was looked at."""

    keys: counting.Keys
    counted: tuple[Counted, ...]


async def identify(
    service: Service, account: str, password: str, *, may_be_new: bool = False
) -> tuple[Actor, str]:
    """The actor and name of an account; NotSignedIn without telling which of the two was wrong."""
    found, credential = await _checked(service, account, password)
    if credential.must_change and not may_be_new:
        raise MustChange("密码是他人设置的，请先在办公页面登录并改成自己的密码")
    if service.passwords.is_outdated(credential.password_hash):
        await _rehash(service, credential, password)
    return found.actor, found.name


async def identify_often(service: Service, account: str, password: str) -> Actor:
    """For HTTP Basic, which brings the password with every call: the costly check is done once a minute."""
    async with service.reading(PUBLIC) as tx:
        found = await find_account(tx, account)
        credential = await storage.find_credential(tx, found.actor.id) if found else None
    if found is None or credential is None:
        actor, _ = await identify(service, account, password)
        return actor
    async with service.passwords.one_check(password, credential.password_hash):
        if not service.passwords.was_right(password, credential.password_hash):
            await identify(service, account, password)
            service.passwords.remember(password, credential.password_hash)
    return found.actor


async def identify_elsewhere(service: Service, issuer: str, subject: str) -> Account:
    """The account of somebody whom the district's identity provider vouches for."""
    async with service.reading(PUBLIC) as tx:
        staff_id = await storage.staff_of_identity(tx, issuer, subject)
        found = await find_staff_account(tx, staff_id) if staff_id else None
    if found is None:
        raise NotSignedIn(NOT_LINKED)
    return found


async def identify_client(service: Service, client_id: str, secret: str, wanted: frozenset[str]) -> Actor:
    """A system of the district, for the scopes it asks for or for all it has."""
    tried = await _count(service, f"client:{client_id}")
    async with service.reading(PUBLIC) as tx:
        client = await storage.find_client(tx, client_id)
    is_right = await service.passwords.fits(secret, client.secret_hash if client else None)
    if client is None or not is_right or client.revoked_at is not None:
        raise NotSignedIn(WRONG_CLIENT)
    await _succeeded(service, tried)
    if not wanted <= client.scopes:
        raise Invalid("scope", "该系统没有被授权办理所要的事项")
    return Actor(client.client_id, (Post(Role.EXTERNAL_SYSTEM, client.area),), scopes=wanted or client.scopes)


async def change_password(service: Service, account: str, password: str, fresh: str, again: str) -> None:
    """Whoever knows the old password chooses a new one; every older session of his is over."""
    actor, _ = await identify(service, account, password, may_be_new=True)
    if fresh != again:
        raise Invalid("again", "两次输入的新密码不一样")
    if fresh == password:
        raise Invalid("fresh", "新密码不能与旧密码相同")
    await service.perform(ChangePassword(holder=actor.id, account=account, fresh=fresh), actor)


async def _checked(service: Service, account: str, password: str) -> tuple[Account, Credential]:
    tried = await _count(service, account)
    async with service.reading(PUBLIC) as tx:
        found = await find_account(tx, account)
        credential = await _credential(tx, found) if found else None
    is_right = await service.passwords.fits(password, credential.password_hash if credential else None)
    if found is None or credential is None or not is_right:
        raise NotSignedIn(WRONG)
    await _succeeded(service, tried)
    return found, credential


async def _credential(tx: Tx, found: Account) -> Credential | None:
    kept = await storage.find_credential(tx, found.actor.id)
    if kept is None and found.actor.id in BOOTSTRAP and tx.service.settings.is_development:
        hashed = await tx.service.passwords.hash(DEMO_PASSWORD)
        return Credential(found.actor.id, hashed, must_change=False, changed_at=system_now())
    return kept


async def _rehash(service: Service, credential: Credential, password: str) -> None:
    """Costs rise with the years; the only moment a password is known is when it was right."""
    hashed = await service.passwords.hash(password)
    async with service.transaction(SYSTEM) as tx:
        await storage.save_credential(
            tx, Credential(credential.holder, hashed, credential.must_change, credential.changed_at)
        )


async def _count(service: Service, account: str) -> _Try:
    """Enter the try as failed before it is looked at: guesses sent all at once are counted too."""
    now = system_now()
    async with service.transaction(SYSTEM) as tx:
        keys = counting.keys_of(tx, account, _source())
        familiar = await counting.is_familiar(tx, keys[Counted.PAIR], now - rules.FAMILIAR_FOR)
        tries = await counting.lock_tries(tx, keys)
        counted = rules.counted_for(familiar=familiar)
        if wait := rules.seconds_to_wait([tries[one] for one in counted], now):
            raise TooManyTries(f"登录尝试太频繁，请{wait}秒后再试")
        for one in counted:
            await counting.save_tries(tx, keys[one], rules.failed_again(tries[one], one, now))
    return _Try(keys, counted)


async def _succeeded(service: Service, tried: _Try) -> None:
    """A right one ends its own count; from those of the source and the account it only takes itself back."""
    async with service.transaction(SYSTEM) as tx:
        tries = await counting.lock_tries(tx, tried.keys)
        for one in tried.counted:
            await counting.save_tries(tx, tried.keys[one], rules.right_after_all(tries[one], one))
        await counting.forget_tries(tx, tried.keys[Counted.PAIR])
        await counting.make_familiar(tx, tried.keys[Counted.PAIR], system_now())


def _source() -> str:
    """The peer's address, without what its headers claim."""
    return (origin.here().place.split() or [DISTRICT.code])[0]
