"""What was given up is applied once, by a named person; a read model is made again from the outbox alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from services.common.contracts import intake
from services.common.policy.law import Conflict, Invalid, Missing
from services.common.policy.roles import Post, Role
from services.common.runtime import inbox, tables
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.clock import SystemClock
from services.common.runtime.records import unreadable
from services.common.runtime.service import Service
from services.local_servers import LocalKafka, LocalPostgres
from services.ops import dead_letters, replay
from services.ops.site import operator
from tests.world.deployment import Deployment, deployed
from tests.world.machine import TOWNSHIP, Announce, failing, noted, notes, toys

WORKER = Actor("s1", (Post(Role.GRID_WORKER, TOWNSHIP),))


@pytest.fixture
async def house(
    deployment_kind: str,
    servers: tuple[LocalPostgres, LocalKafka] | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Deployment]:
    """The toys; what the listener notes is declared a read model of visits."""
    monkeypatch.setattr(inbox, "FIRST_RETRY", timedelta(milliseconds=5))
    failing.clear()
    publisher, listener = toys()
    listener = replace(listener, read_models={intake.VisitRecorded: (notes,)})
    async with deployed(
        deployment_kind, (publisher, listener), SystemClock(), tmp_path, servers, attempts=2
    ) as house:
        yield house
    failing.clear()


async def announce(house: Deployment, household: str, *kinds: str) -> None:
    await house["intake"].perform(Announce(household_id=household, kinds=kinds), WORKER)


async def one_letter(house: Deployment) -> dead_letters.Letter:
    """The letter of an event that failed and, since then, would not."""
    failing.add("bad")
    await announce(house, "h1", "bad", "later")
    await house.settle()
    failing.clear()
    [letter] = await dead_letters.waiting(house.services.values())
    return letter


async def audited(service: Service, action: str) -> list[tuple[str, str]]:
    async with service.database.read("*") as db:
        rows = (await db.execute(select(tables.audit).where(tables.audit.c.action == action))).all()
    return [(row.actor, row.subject) for row in rows]


async def test_a_dead_letter_is_applied_after_all_and_leaves_the_list(house: Deployment) -> None:
    letter = await one_letter(house)
    assert (letter.service, letter.stream, letter.version) == ("approval", "h1", 1)
    assert letter.reason == "RuntimeError: cannot be applied"
    await dead_letters.replay(house["approval"], letter.seq, operator("wang"))
    assert await noted(house["approval"]) == {"h1-case": (2, "bad")}
    assert await dead_letters.waiting(house.services.values()) == []
    [again] = await dead_letters.waiting(house.services.values(), replayed=True)
    assert again.replayed_at
    assert await audited(house["approval"], dead_letters.ACTION) == [("wang", letter.event_id)]


async def test_a_dead_letter_is_not_applied_a_second_time(house: Deployment) -> None:
    letter = await one_letter(house)
    await dead_letters.replay(house["approval"], letter.seq, operator("wang"))
    with pytest.raises(Conflict):
        await dead_letters.replay(house["approval"], letter.seq, operator("wang"))
    assert (await noted(house["approval"]))["h1-case"][0] == 2


async def test_a_dead_letter_that_still_fails_stays_where_it_is(house: Deployment) -> None:
    letter = await one_letter(house)
    failing.add("bad")
    with pytest.raises(RuntimeError):
        await dead_letters.replay(house["approval"], letter.seq, operator("wang"))
    assert len(await dead_letters.waiting(house.services.values())) == 1
    assert await audited(house["approval"], dead_letters.ACTION) == []


async def test_a_letter_that_is_no_event_can_be_seen_but_not_applied(house: Deployment) -> None:
    @dataclass
    class Record:
        topic: str = "jiuzhu.intake.shared"
        partition: int = 0
        offset: int = 7
        key: bytes = b"\xff"
        value: bytes = b"\x00"

    async with house["approval"].transaction(SYSTEM) as tx:
        await inbox.bury(unreadable(Record()), "no headers", tx)  # type: ignore[arg-type]
    [letter] = await dead_letters.waiting([house["approval"]])
    assert (await dead_letters.envelope(house["approval"], letter.seq))["envelope"]["lane"] == "shared"
    with pytest.raises(Invalid):
        await dead_letters.replay(house["approval"], letter.seq, operator("wang"))


async def test_a_letter_that_does_not_exist_is_said_to_be_missing(house: Deployment) -> None:
    with pytest.raises(Missing):
        await dead_letters.replay(house["approval"], 99, operator("wang"))


async def test_a_read_model_is_made_again_from_the_outbox_without_what_was_given_up(
    house: Deployment,
) -> None:
    await one_letter(house)
    await announce(house, "h2", "a", "b", "c")
    await house.settle()
    good = await noted(house["approval"])
    async with house["approval"].database.begin() as db:
        await db.execute(update(notes).values(times=99, last_kind="wrong"))
        await db.execute(delete(notes).where(notes.c.case_id == "h1-case"))
    written = await replay.rebuild(house["approval"], house["intake"], operator("wang"))
    assert await noted(house["approval"]) == good == {"h1-case": (1, "later"), "h2-case": (3, "c")}
    assert written == {"notes": 2}
    assert await audited(house["approval"], replay.ACTION) == [("wang", "intake")]
    await announce(house, "h2", "d")
    await house.settle()
    assert (await noted(house["approval"]))["h2-case"] == (4, "d")


async def test_a_rebuild_that_would_write_elsewhere_changes_nothing(house: Deployment) -> None:
    await announce(house, "h1", "a")
    await house.settle()
    listener = house["approval"]

    async def writes_elsewhere(_: object, tx: object) -> None:
        await tx.execute(tables.job_runs.insert().values(job="x", lane="x", period="x", ran_at=tx.now))  # type: ignore[attr-defined]

    listener.reactions["jiuzhu.intake.v1.VisitRecorded"] = (intake.VisitRecorded, writes_elsewhere)
    with pytest.raises(replay.NotDerived):
        await replay.rebuild(listener, house["intake"])
    assert await noted(listener) == {"h1-case": (1, "a")}


async def test_a_rebuild_that_would_announce_again_changes_nothing(house: Deployment) -> None:
    await announce(house, "h1", "a")
    await house.settle()
    listener = house["approval"]

    async def announces(event: intake.VisitRecorded, tx: object) -> None:
        tx.publish(event)  # type: ignore[attr-defined]

    listener.reactions["jiuzhu.intake.v1.VisitRecorded"] = (intake.VisitRecorded, announces)
    with pytest.raises(replay.NotDerived):
        await replay.rebuild(listener, house["intake"])
    assert await noted(listener) == {"h1-case": (1, "a")}


async def test_what_is_not_declared_a_read_model_is_not_rebuilt(house: Deployment) -> None:
    with pytest.raises(replay.NotDerived):
        await replay.rebuild(house["intake"], house["approval"])


async def test_what_a_listener_never_got_is_handed_to_it_in_order(house: Deployment) -> None:
    await announce(house, "h1", "a", "b")
    await house.settle()
    async with house["intake"].database.begin() as db:  # as if Kafka's copies had been lost on the way
        rows = [
            {
                "id": f"lost-{version}",
                "aggregatetype": "intake",
                "aggregateid": "h9",
                "version": version,
                "type": "jiuzhu.intake.v1.VisitRecorded",
                "payload": f'{{"case_id": "h9-case", "kind": "k{version}"}}',
                "subject": "h9-case",
                "township": TOWNSHIP,
                "lane": "shared",
                "occurred_at": SystemClock().now(),
                "sent_at": SystemClock().now(),
            }
            for version in (1, 2, 3)
        ]
        await db.execute(tables.outbox.insert(), rows)
    assert await replay.hand_missing(house["approval"], house["intake"]) == 3
    assert await noted(house["approval"]) == {"h1-case": (2, "b"), "h9-case": (3, "k3")}
    assert await replay.hand_missing(house["approval"], house["intake"]) == 0
    with pytest.raises(Invalid):
        await replay.hand_missing(house["intake"], house["approval"])
