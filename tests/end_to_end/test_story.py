"""One household from the home visit to the notice on the board, on a real system of either deployment."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text

from services import launch
from services.common.runtime import runner
from services.common.runtime.runner import Addresses
from services.demo import sign_ins
from services.demo.load import load
from services.story import StoryFailed, family, tell
from services.story.scene import START


@pytest.mark.law("R7.4", "R5.2a", "R4.2", "R4.5", "R5.2b", "R8.1", "R3.10")
@pytest.mark.parametrize("target", ["embedded", "distributed"])
async def test_one_household_goes_from_the_visit_to_the_board(target: str, tmp_path: Path) -> None:
    told: list[str] = []

    await tell(target, tmp_path, pause=0.0, say=told.append)

    chapters = [line.strip()[1] for line in told if line.startswith("\n第")]
    assert chapters == list("1234678"), "step 5 is an objection, and nobody objected"
    assert "全部事实核对无误" in told[-1]


async def test_a_wrong_amount_ends_the_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(family, "AMOUNT_FEN", 128_001)

    with pytest.raises(StoryFailed, match="保障金额（分）：应为 128001，实际是 128000"):
        await tell("embedded", tmp_path, pause=0.0, say=lambda _: None)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Addresses]:
    settings = launch.embedded_settings(tmp_path, 0, START)
    async with runner.running(launch.blueprints(), settings) as addresses:
        yield addresses


async def test_the_demonstration_can_be_loaded_twice_and_is_there_once(
    office: Addresses, tmp_path: Path
) -> None:
    started = time.monotonic()
    first = await load(office.grpc, office.http)
    seconds = time.monotonic() - started
    before = counts(tmp_path)
    second = await load(office.grpc, office.http)

    assert second == first
    assert counts(tmp_path) == before
    assert before["households"] == 40
    assert seconds < 15, "somebody waits in front of this at every start"


async def test_everyone_of_the_demonstration_can_sign_in(office: Addresses) -> None:
    await load(office.grpc, office.http)

    async with httpx.AsyncClient(base_url=office.http) as http:
        for line in sign_ins():
            answer = await http.post(
                "/intake/session", json={"account": line.account, "password": line.password}
            )
            assert answer.status_code == 200, line.account
            assert answer.json()["posts"], line.account


def counts(data_dir: Path) -> dict[str, int]:
    """Rows of intake's registry, read beside the running system."""
    engine = create_engine(f"sqlite:///{data_dir / 'intake.db'}")
    tables = ("areas", "staff", "posts", "persons", "households", "household_members", "forms", "recusals")
    with engine.connect() as connection:
        found = {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            for table in tables
        }
    engine.dispose()
    return found
