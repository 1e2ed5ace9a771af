"""Signing in on a development system, and in production."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from services.common.runtime.auth import Keys
from services.common.runtime.http import office_app
from services.common.runtime.settings import Mode
from tests.world.applications import HANDLER, TOWNSHIP, Village

KEYS = Keys.fresh()
DEMO_PASSWORD = "jiuzhu-demo"


@pytest.fixture
def app(village: Village) -> FastAPI:
    return office_app([village.intake], KEYS)


@pytest.fixture
async def browser(village: Village, app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    await village.let_in(HANDLER, password=DEMO_PASSWORD)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office") as client:
        yield client


async def test_a_demo_account_gets_a_token_with_todays_posts(browser: httpx.AsyncClient) -> None:
    session = (await sign_in(browser, "handler@demo")).json()

    assert session["staff_id"] == HANDLER.id
    assert session["posts"] == [{"role": "township_handler", "area": TOWNSHIP}]
    assert KEYS.verify(session["token"]) == HANDLER
    me = await browser.get("/intake/whoami", headers={"authorization": f"Bearer {session['token']}"})
    assert me.json() == {"staff_id": HANDLER.id, "name": "handler同志", "posts": session["posts"]}


async def test_a_fresh_system_lets_the_registry_be_loaded(browser: httpx.AsyncClient) -> None:
    assert (await sign_in(browser, "operator")).json()["staff_id"] == "operator"


@pytest.mark.parametrize(
    ("account", "password"), [("handler@demo", "wrong"), ("nobody", DEMO_PASSWORD), ("", "")]
)
async def test_a_wrong_password_and_an_unknown_account_are_answered_alike(
    browser: httpx.AsyncClient, account: str, password: str
) -> None:
    answer = await sign_in(browser, account, password)

    assert answer.status_code == 401
    assert answer.json()["message"] == "账号或密码不对，或账号今日没有在任岗位"


async def test_an_account_without_a_post_today_does_not_sign_in(
    village: Village, browser: httpx.AsyncClient
) -> None:
    await village.hire(replace(HANDLER, posts=()))

    assert (await sign_in(browser, "handler@demo")).status_code == 401


async def test_in_production_no_account_has_a_password_before_the_operator_gave_one(
    village: Village, browser: httpx.AsyncClient
) -> None:
    assert village.intake.sealer  # made with the keys of the development system
    village.intake.settings.mode = Mode.PRODUCTION

    answer = await sign_in(browser, "operator")
    assert answer.status_code == 401


async def sign_in(browser: httpx.AsyncClient, account: str, password: str = DEMO_PASSWORD) -> httpx.Response:
    return await browser.post("/intake/session", json={"account": account, "password": password})
