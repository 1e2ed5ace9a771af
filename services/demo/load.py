"""Loads the demonstration district into a running system, through the interfaces everyone else uses."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import httpx

from services.common.contracts import intake
from services.common.contracts.intake.v1 import intake_pb2_grpc
from services.common.policy.areas import DISTRICT
from services.demo.district import DemoArea, areas
from services.demo.households import DemoHousehold, households
from services.demo.people import OFFICE_SINCE, PASSWORD, PROVINCE, DemoClient, DemoStaff, staff

FORMS = Path(__file__).parents[1] / "intake" / "forms"
OPERATOR = "operator"
AT_ONCE = 8
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the system was told; loading it again tells the same."""

    areas: int
    staff: int
    forms: tuple[str, ...]
    households: int


async def load(intake_address: str, http_url: str) -> Loaded:
    """Load areas, staff, forms and families; the ids never change, so a second time adds nothing."""
    token = await sign_in(http_url, OPERATOR, PASSWORD)
    async with grpc.aio.insecure_channel(intake_address) as channel:
        desk = _Desk(intake_pb2_grpc.IntakeServiceStub(channel), token)  # type: ignore[no-untyped-call]
        # An area before who works in it, a member of staff before the family it belongs to.
        for of_one_size in ((6,), (9,), (12,)):
            await _together(desk.put_area(area) for area in areas() if len(area.code) in of_one_size)
        await _together(desk.put_staff(person) for person in staff())
        await _together(desk.set_password(person) for person in staff())
        await desk.put_client(PROVINCE)
        forms = await _together(desk.publish_form(path) for path in sorted(FORMS.glob("*.xlsx")))
        await _together(desk.register(family) for family in households())
    return Loaded(len(areas()), len(staff()), tuple(forms), len(households()))


async def sign_in(http_url: str, account: str, password: str) -> str:
    """A token of five minutes for one account."""
    async with httpx.AsyncClient(timeout=SECONDS) as http:
        answer = await http.post(
            f"{http_url}/intake/session", json={"account": account, "password": password}
        )
        answer.raise_for_status()
        return str(answer.json()["token"])


async def sign_in_system(http_url: str, client_id: str, secret: str) -> str:
    """A token of five minutes for a system of the district."""
    async with httpx.AsyncClient(timeout=SECONDS) as http:
        form = {"grant_type": "client_credentials"}
        answer = await http.post(f"{http_url}/intake/token", data=form, auth=(client_id, secret))
        answer.raise_for_status()
        return str(answer.json()["access_token"])


@dataclass(frozen=True, slots=True)
class _Desk:
    """Intake's gRPC interface with the operator's token."""

    stub: Any
    token: str

    async def put_area(self, area: DemoArea) -> None:
        request = intake.PutAreaRequest(
            code=area.code, name=area.name, compounds=area.compounds, report_phone=area.report_phone
        )
        await self._call(self.stub.PutArea, request)

    async def put_staff(self, person: DemoStaff) -> None:
        posts = [
            intake.Post(role=post.role.value, area=post.area, from_on=OFFICE_SINCE) for post in person.posts
        ]
        request = intake.PutStaffRequest(
            staff_id=person.staff_id,
            name=person.name,
            id_number=person.id_number,
            phone=person.phone,
            posts=posts,
            account=person.account,
        )
        await self._call(self.stub.PutStaff, request)

    async def set_password(self, person: DemoStaff) -> None:
        request = intake.SetPasswordRequest(staff_id=person.staff_id, password=PASSWORD, settled=True)
        await self._call(self.stub.SetPassword, request)

    async def put_client(self, system: DemoClient) -> None:
        request = intake.PutClientRequest(
            client_id=system.client_id,
            name=system.name,
            area=DISTRICT.code,
            scopes=system.scopes,
            secret=system.secret,
        )
        await self._call(self.stub.PutClient, request)

    async def publish_form(self, path: Path) -> str:
        content = await asyncio.to_thread(path.read_bytes)
        answer = await self._call(self.stub.PublishForm, intake.PublishFormRequest(xlsx=content))
        return f"{answer.form_id} {answer.version}"

    async def register(self, family: DemoHousehold) -> None:
        members = [
            intake.Member(
                person_id=member.person_id,
                name=member.name,
                id_number=member.id_number,
                relation=member.relation,
            )
            for member in family.members
        ]
        request = intake.RegisterHouseholdRequest(
            household_id=family.household_id,
            village=family.village,
            address=family.address,
            phone=family.phone,
            members=members,
        )
        await self._call(self.stub.RegisterHousehold, request)

    async def _call(self, method: Any, request: Any) -> Any:
        metadata = (("authorization", f"Bearer {self.token}"),)
        return await method(request, metadata=metadata, timeout=SECONDS)


async def _together(calls: Iterable[Awaitable[Any]]) -> list[Any]:
    """Run the calls a few at a time, in any order; the answers in the order of the calls."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(call: Awaitable[Any]) -> Any:
        async with gate:
            return await call

    return await asyncio.gather(*(one(call) for call in calls))
