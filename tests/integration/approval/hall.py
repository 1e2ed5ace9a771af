"""A township's meeting hall for tests: approval at work, its staff, and events as others send them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from sqlalchemy import select

from services.approval.main import blueprint
from services.approval.rpc import RPC
from services.common.contracts import disclosure, intake
from services.common.policy.calendar import legal_day
from services.common.policy.roles import Post, Role
from services.common.runtime import tables
from services.common.runtime.actor import Actor
from services.common.runtime.adapter import fill, translate
from services.common.runtime.gate import check
from services.common.runtime.ids import new_id
from services.common.runtime.service import Service
from tests.world.services import Stream, TestClock, running, shanghai

TOWNSHIP, OTHER_TOWNSHIP, DISTRICT = "140403103", "140403104", "140403"
VILLAGE = "140403103001"
POSTED_ON, LAST_DAY, DECIDABLE = date(2026, 9, 24), date(2026, 10, 8), date(2026, 10, 9)
FAMILY = ("person-1", "person-2", "person-3")


def somebody(name: str, role: Role, area: str = TOWNSHIP) -> Actor:
    return Actor(name, (Post(role, area),))


LEADER = somebody("leader", Role.PRINCIPAL_LEADER)
DEPUTY = somebody("deputy", Role.DEPUTY_LEADER)
HEAD = somebody("head", Role.OFFICE_HEAD)
HANDLER = somebody("handler", Role.TOWNSHIP_HANDLER)
COLLEAGUE = somebody("colleague", Role.TOWNSHIP_HANDLER)
VILLAGE_HEAD = somebody("village-head", Role.VILLAGE_HEAD, VILLAGE)
STRANGER = somebody("stranger", Role.OFFICE_HEAD, OTHER_TOWNSHIP)
DISTRICT_HANDLER = somebody("district-handler", Role.DISTRICT_HANDLER, DISTRICT)
DISTRICT_LEADER = somebody("district-leader", Role.DISTRICT_LEADER, DISTRICT)
STAFF = (LEADER, DEPUTY, HEAD, HANDLER, COLLEAGUE, VILLAGE_HEAD, DISTRICT_HANDLER, DISTRICT_LEADER)
SEATS = {LEADER: "principal-leader", DEPUTY: "deputy-leader", HEAD: "office-head", HANDLER: "handler"}


@dataclass
class Hall:
    """Approval with a clock, and the streams of the two services it listens to."""

    service: Service
    clock: TestClock
    streams: dict[str, Stream] = field(default_factory=dict)

    async def hears(self, *events: Message) -> None:
        """Receive events in this order, each publisher's own with versions that follow."""
        for event in events:
            publisher = event.DESCRIPTOR.full_name.split(".")[1]
            stream = self.streams.setdefault(publisher, Stream(publisher, self.clock.now()))
            key = str(getattr(event, "household_id", "") or getattr(event, "staff_id", "") or "policy")
            await self.service.receive([stream.envelope(event, stream=key)])

    async def staffed(self, staff: Sequence[Actor] = STAFF) -> None:
        for person in staff:
            posts = [intake.Post(role=post.role.value, area=post.area) for post in person.posts]
            await self.hears(intake.StaffChanged(staff_id=person.id, posts=posts))

    async def calls(self, actor: Actor, method: str, /, **request: Any) -> Any:
        """One act or question as the wire would bring it."""
        contract = RPC.descriptor.methods_by_name[method]
        message = GetMessageClass(contract.input_type)(**request)
        answer = GetMessageClass(contract.output_type)
        if method in RPC.acts:
            command = translate(message, RPC.acts[method])
            return fill(answer, await self.service.perform(command, actor), command)
        question = RPC.reads[method]
        async with self.service.reading(actor) as tx:
            place = await question.locate(message, tx)
            access = self.service.blueprint.access[question.action]
            await check(access, question.action, tx, place, self.service.blueprint.recused)
            return fill(answer, await question.answer(message, tx))

    async def ready(self, case: str = "case-1", **proposal: Any) -> str:
        """A case whose publicity has ended without objection."""
        await self.hears(opinion(case, **proposal), posted(case), concluded(case))
        return case

    async def convenes(self, *cases: str, by: Actor = HEAD, day: date | None = None, **more: Any) -> str:
        meeting_id = new_id()
        request = {
            "meeting_id": meeting_id,
            "township": TOWNSHIP,
            "starts_at": shanghai(day or legal_day(self.clock.now())).isoformat(),
            "place": "二楼会议室",
            "case_ids": cases,
        }
        await self.calls(by, "ConveneMeeting", **(request | more))
        return meeting_id

    async def sits(self, meeting_id: str, seats: dict[Actor, str] | None = None) -> None:
        for person, seat in (seats or SEATS).items():
            await self.calls(person, "SignAttendance", meeting_id=meeting_id, seat=seat)

    async def votes(
        self, meeting_id: str, case: str, vote: str = "for", by: Sequence[Actor] = tuple(SEATS)
    ) -> None:
        for person in by:
            await self.calls(person, "CastVote", meeting_id=meeting_id, case_id=case, vote=vote)

    async def decides(self, meeting_id: str, case: str, by: Actor = LEADER, **change: Any) -> Any:
        request = {
            "meeting_id": meeting_id,
            "case_id": case,
            "outcome": "confirm",
            "category": "dibao",
            "insured_person_ids": FAMILY,
            "monthly_amount_fen": 128000,
        }
        return await self.calls(by, "DecideCase", **(request | change))

    async def confirmed(self, case: str = "case-1", **proposal: Any) -> Any:
        """A case decided as proposed by a full meeting."""
        await self.ready(case, **proposal)
        meeting_id = await self.convenes(case)
        await self.sits(meeting_id)
        await self.votes(meeting_id, case)
        return await self.decides(meeting_id, case, category=proposal.get("category", "dibao"))

    async def refused(self, case: str = "case-1") -> Any:
        await self.ready(case)
        meeting_id = await self.convenes(case)
        await self.sits(meeting_id)
        await self.votes(meeting_id, case, "against")
        return await self.decides(meeting_id, case, outcome="refuse", reason="家庭收入超过标准")

    async def timeline(self, case: str = "case-1") -> list[tuple[str, str]]:
        answer = await self.calls(LEADER, "GetTimeline", case_id=case)
        return [(entry.article, entry.text) for entry in answer.entries]

    async def docket(self, by: Actor = HEAD) -> dict[str, Any]:
        answer = await self.calls(by, "ListDocket", township=TOWNSHIP)
        return {item.case_id: item for item in answer.items}

    async def buried(self) -> int:
        async with self.service.database.read() as db:
            parked = (await db.execute(select(tables.parked))).all()
            return len(parked) + len((await db.execute(select(tables.dead_letters))).all())


@asynccontextmanager
async def open_hall(day: date = DECIDABLE, database_url: str = "") -> AsyncIterator[Hall]:
    """The hall on the first day on which the notice posted before 国庆 lets a meeting decide, or another."""
    clock = TestClock(shanghai(day))
    async with running(blueprint(), clock, database_url=database_url) as service:
        hall = Hall(service, clock)
        await hall.staffed()
        yield hall


def household_of(case: str) -> str:
    return case.replace("case", "household")


def of_case(case: str) -> dict[str, str]:
    return {"case_id": case, "household_id": household_of(case), "township": TOWNSHIP}


def opinion(case: str = "case-1", **change: Any) -> intake.PreliminaryOpinionFormed:
    proposal = {
        "village": VILLAGE,
        "revision": 1,
        "category": "dibao",
        "head_name": "张三",
        "household_size": 3,
        "cause": "illness",
        "insured_person_ids": FAMILY,
        "monthly_amount_fen": 128000,
        "formed_on": "2026-09-23",
        "handler_id": HANDLER.id,
        "due_on": "2026-10-30",
    }
    return intake.PreliminaryOpinionFormed(**of_case(case), **(proposal | change))


def posted(case: str = "case-1", revision: int = 1, kind: str = "initial") -> disclosure.PublicityPosted:
    return disclosure.PublicityPosted(
        **of_case(case),
        publicity_id=f"publicity-{revision}",
        kind=kind,
        revision=revision,
        posted_on=POSTED_ON.isoformat(),
        first_day=(POSTED_ON + timedelta(days=1)).isoformat(),
        ends_on=LAST_DAY.isoformat(),
        decidable_on=DECIDABLE.isoformat(),
    )


def concluded(
    case: str = "case-1", revision: int = 1, kind: str = "initial"
) -> disclosure.PublicityConcluded:
    return disclosure.PublicityConcluded(
        **of_case(case),
        publicity_id=f"publicity-{revision}",
        kind=kind,
        revision=revision,
        concluded_on=LAST_DAY.isoformat(),
    )


def recusal(case: str, *people: Actor) -> intake.RecusalChanged:
    return intake.RecusalChanged(
        household_id=household_of(case), township=TOWNSHIP, staff_ids=[person.id for person in people]
    )
