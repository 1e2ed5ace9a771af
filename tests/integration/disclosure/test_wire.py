"""The three questions over gRPC, and the whole publicity on the database of either deployment."""

from __future__ import annotations

import asyncio
from pathlib import Path

import grpc
import pytest

from services.common.contracts import disclosure as pb
from services.common.contracts.disclosure.v1.disclosure_pb2_grpc import DisclosureServiceStub
from services.common.policy.roles import Post, Role
from services.common.runtime import scheduler
from services.common.runtime.actor import PUBLIC, Actor
from services.common.runtime.auth import Keys
from services.common.runtime.migrations import upgrade
from services.common.runtime.rpc import start_server
from services.disclosure.main import blueprint
from tests.world.board_events import TOWNSHIP, VILLAGE, Household, Publishers, areas
from tests.world.services import TestClock, published, running, shanghai

HANDLER = Actor("handler", (Post(Role.TOWNSHIP_HANDLER, TOWNSHIP),))
POSTING_DAY = shanghai("2026-09-24")


@pytest.mark.law("R5.2a", "R5.2b")
async def test_staff_read_publicity_and_timeline_and_everybody_reads_the_board_by_grpc() -> None:
    keys = Keys.fresh()

    def signed(actor: Actor) -> list[tuple[str, str]]:
        return [("authorization", f"Bearer {keys.issue(actor)}")]

    async with running(blueprint(), TestClock(POSTING_DAY)) as service:
        household, receiving = Household(), Household(head_name="段腊梅")
        world = Publishers(service)
        await world.say(*areas(), receiving.opinion(), receiving.confirmed())
        await world.post(household, POSTING_DAY)
        server, port = await start_server([service], keys, "127.0.0.1:0")
        async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
            stub = DisclosureServiceStub(channel)
            asked = pb.GetPublicityRequest(case_id=household.case_id)
            publicity = (await stub.GetPublicity(asked, metadata=signed(HANDLER))).publicity
            assert (publicity.stage, publicity.ends_on, publicity.decidable_on) == (
                "posted", "2026-10-08", "2026-10-09"
            )  # fmt: skip
            assert [(p.place, p.posted_at) for p in publicity.postings] == [
                ("village-board", "2026-09-24T01:00:00+00:00")
            ]
            asked_timeline = pb.GetTimelineRequest(case_id=household.case_id)
            timeline = await stub.GetTimeline(asked_timeline, metadata=signed(HANDLER))
            assert any("顺延到2026-10-08" in entry.text for entry in timeline.entries)
            board = await stub.ListBoard(pb.ListBoardRequest(area=VILLAGE), metadata=signed(PUBLIC))
            assert [(entry.kind, entry.fields[0].text, entry.ends_on) for entry in board.entries] == [
                ("initial", "李守田", "2026-10-08"),
                ("long-term", "段腊梅", ""),
            ]
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await stub.GetPublicity(asked, metadata=signed(PUBLIC))
            assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
        await server.stop(None)


@pytest.mark.law("R5.2a", "R5.2b")
async def test_publicity_and_disclosure_run_the_same_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    await asyncio.to_thread(upgrade, "disclosure", postgres_url)
    clock = TestClock(POSTING_DAY)
    async with running(blueprint(), clock, database_url=postgres_url, folder=tmp_path) as service:
        world, household = Publishers(service), Household(compound="幸福小区")
        await world.say(*areas())
        await world.post(household, POSTING_DAY)
        assert len(await published(service, pb.PublicityPosted)) == 1
        clock.move_to(shanghai("2026-10-12"))
        await scheduler.run_due(service)
        assert len(await published(service, pb.PublicityConcluded)) == 1
        await world.say(household.confirmed())
        assert len(await published(service, pb.EntryListed)) == 1
