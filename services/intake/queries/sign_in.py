"""Who stands behind an account and its password, for browsers, tablets and ODK Collect alike."""

from __future__ import annotations

import hmac

from services.common.policy.law import Forbidden
from services.common.runtime.actor import PUBLIC, Actor
from services.common.runtime.auth import NotSignedIn
from services.common.runtime.service import Service
from services.intake.queries.accounts import find_account

DEMO_PASSWORD = "jiuzhu-demo"  # noqa: S105 - development mode only; production refuses this door
WRONG = "账号或密码不对，或账号今日没有在任岗位"


async def identify(service: Service, account: str, password: str) -> tuple[Actor, str]:
    """The actor and name of an account; NotSignedIn without telling which of the two was wrong."""
    if not service.settings.is_development:
        raise Forbidden("正式环境须通过区统一身份认证登录，本入口未开放")
    # Compared in constant time and before the account is looked up: the answer tells nothing apart.
    right = hmac.compare_digest(password.encode(), DEMO_PASSWORD.encode())
    async with service.reading(PUBLIC) as tx:
        found = await find_account(tx, account)
    if found is None or not right:
        raise NotSignedIn(WRONG)
    return found
