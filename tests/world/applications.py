"""People, posts and applications of one village, in the words of the procedure."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.common.policy.areas import VillageCode
from services.common.policy.household import Category
from services.common.policy.identity import IdNumber, check_digit
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import Actor
from services.common.runtime.service import Service
from services.intake.commands.acceptance import AcceptApplication
from services.intake.commands.applications import ApplicationMember, ReceiveApplication
from services.intake.commands.identity import SetPassword
from services.intake.commands.opinion import FormOpinion, OpinionFormed
from services.intake.commands.registry import PutArea, PutStaff
from services.intake.commands.survey import FileSurvey, OrderSurvey
from services.intake.commands.verification import RequestVerification, ReturnVerification
from services.intake.model.case import Cause
from services.intake.model.ids import CaseId, HouseholdId, PersonId, StaffId, VisitId
from services.intake.model.registry import HeldPost
from services.intake.model.survey import SurveyMode
from services.intake.model.verification import FactKind, VerifiedFact

DISTRICT, TOWNSHIP, VILLAGE = "140403", "140403103", VillageCode("140403103201")
OTHER_TOWNSHIP = "140403104"
CASE = CaseId("01920000-0000-7000-8000-00000000ca5e")
HOUSEHOLD = HouseholdId("01920000-0000-7000-8000-0000000000aa")
VISIT, SURVEY_VISIT = (
    VisitId("01920000-0000-7000-8000-000000000001"),
    VisitId("01920000-0000-7000-8000-000000000002"),
)
HEAD, WIFE, SON = (PersonId(f"01920000-0000-7000-8000-00000000000{n}") for n in "abc")


def id_number(born: str, serial: int = 1) -> IdNumber:
    """An invented but valid number of somebody born on that day; odd serials are men."""
    first = f"140403{born.replace('-', '')}{serial:03d}"
    return IdNumber.parse(first + check_digit(first))


def actor(staff_id: str, role: Role, area: str) -> Actor:
    return Actor(staff_id, (Post(role, area),))


OPERATOR = actor("operator", Role.OPERATOR, DISTRICT)
PROVINCE = actor("province", Role.EXTERNAL_SYSTEM, DISTRICT)
GRID_WORKER = actor("grid-worker", Role.GRID_WORKER, VILLAGE)
HANDLER = actor("handler", Role.TOWNSHIP_HANDLER, TOWNSHIP)
SURVEYOR = actor("surveyor", Role.TOWNSHIP_HANDLER, TOWNSHIP)
OFFICE_HEAD = actor("office-head", Role.OFFICE_HEAD, TOWNSHIP)
NEIGHBOUR_TOWNSHIP = actor("neighbour", Role.TOWNSHIP_HANDLER, OTHER_TOWNSHIP)
STAFF = (GRID_WORKER, HANDLER, SURVEYOR, OFFICE_HEAD, NEIGHBOUR_TOWNSHIP)
HIRED_ON = date(2020, 1, 1)


def member(
    person_id: PersonId,
    name: str,
    number: IdNumber,
    relation: str,
    *,
    authorised: bool = True,
    is_staff: bool = False,
    kin_relation: str = "",
    kin_staff_id: str = "",
) -> ApplicationMember:
    """One person of the application, counted, without kin among staff unless said."""
    return ApplicationMember(
        person_id=person_id,
        name=name,
        id_number=number,
        relation=relation,
        counted=True,
        authorised=authorised,
        is_staff=is_staff,
        kin_relation=kin_relation,
        kin_staff_id=kin_staff_id,
    )


HEAD_MEMBER = member(HEAD, "王守田", id_number("1966-03-05", 1), "户主")
WIFE_MEMBER = member(WIFE, "李秀兰", id_number("1968-07-19", 2), "配偶")
SON_MEMBER = member(SON, "王小军", id_number("2012-11-02", 3), "子", authorised=False)
FAMILY = (HEAD_MEMBER, WIFE_MEMBER, SON_MEMBER)

APPLICATION = ReceiveApplication(
    case_id=CASE,
    household_id=HOUSEHOLD,
    visit_id=VISIT,
    village=VILLAGE,
    compound="",
    address="村南3号",
    phone="13800000000",
    received_on=date(2026, 9, 11),
    category=Category.DIBAO,
    members=FAMILY,
    helped_by=StaffId(GRID_WORKER.id),
    consent=True,
    claim="去年生病以后没有收入",
)


def facts(*, wage_fen: int = 0, deposits_fen: int = 0, members: tuple[str, ...] = (HEAD, WIFE, SON)) -> str:
    """The surveyed facts as JSON: the wife's business earns 1,000 yuan a month, the head earns the wage."""
    people: dict[str, dict[str, Any]] = {
        HEAD: {"relation": "户主", "born_on": "1966-03-05"},
        WIFE: {
            "relation": "配偶",
            "born_on": "1968-07-19",
            "incomes": [{"kind": "business", "monthly_fen": 100_000}],
        },
        SON: {"relation": "子", "born_on": "2012-11-02"},
    }
    if wage_fen:
        people[HEAD]["incomes"] = [{"kind": "wage", "monthly_fen": wage_fen, "employment_cost_fen": 0}]
    return json.dumps(
        {
            "category": "dibao",
            "applied_on": "2026-09-11",
            "members": [{"key": key, **people.get(key, {"relation": "母"})} for key in members],
            "assets": {"deposits_fen": deposits_fen, "houses": 1, "vehicles": 0, "meets_limits": True},
        }
    )


SURVEY = FileSurvey(
    case_id=CASE,
    visit_id=SURVEY_VISIT,
    surveyor_ids=(StaffId(SURVEYOR.id), StaffId(GRID_WORKER.id)),
    visited_on=date(2026, 9, 16),
    mode=SurveyMode.HOME,
    signed_by_family=True,
    refusal_reason="",
    witness="",
    facts=facts(),
)


@dataclass(frozen=True, slots=True)
class Village:
    """One village of a running intake: each method is a step of the procedure, by who takes it."""

    intake: Service

    async def open(self) -> None:
        """Areas and staff as the operator enters them before anybody can apply."""
        await self.intake.perform(
            PutArea(code=TOWNSHIP, name="马厂镇", report_phone="0355-1234567"), OPERATOR
        )
        await self.intake.perform(PutArea(code=VILLAGE, name="南村", compounds=("一区",)), OPERATOR)
        for one in STAFF:
            await self.hire(one)

    async def hire(self, one: Actor, number: IdNumber | None = None, *, from_on: date = HIRED_ON) -> None:
        await self.intake.perform(
            PutStaff(
                staff_id=StaffId(one.id),
                name=f"{one.id}同志",
                id_number=number,
                phone="",
                posts=tuple(HeldPost(post.role, post.area, from_on) for post in one.posts),
                account=f"{one.id}@demo",
            ),
            OPERATOR,
        )

    async def let_in(self, *people: Actor, password: str) -> None:
        """The operator gives these accounts a password that they need not change."""
        for one in people:
            await self.intake.perform(
                SetPassword(staff_id=StaffId(one.id), password=password, settled=True), OPERATOR
            )

    async def receive(self, *members: ApplicationMember, **changes: Any) -> Any:
        chosen = {"members": members} if members else {}
        return await self.intake.perform(replace(APPLICATION, **chosen, **changes), GRID_WORKER)

    async def accept(self) -> Any:
        return await self.intake.perform(AcceptApplication(case_id=CASE), HANDLER)

    async def verify(self, *found: VerifiedFact, report_no: str = "HD-2026-0001") -> Any:
        """The township asks, the province answers."""
        asked = await self.intake.perform(RequestVerification(case_id=CASE), HANDLER)
        return await self.intake.perform(
            ReturnVerification(verification_id=asked.verification_id, report_no=report_no, facts=found),
            PROVINCE,
        )

    async def order_survey(self, *surveyors: Actor) -> Any:
        chosen = surveyors or (SURVEYOR, GRID_WORKER)
        ids = tuple(StaffId(one.id) for one in chosen)
        return await self.intake.perform(OrderSurvey(case_id=CASE, surveyor_ids=ids), HANDLER)

    async def survey(self, *, by: Actor = SURVEYOR, **changes: Any) -> None:
        await self.intake.perform(replace(SURVEY, **changes), by)

    async def form_opinion(self) -> OpinionFormed:
        formed: OpinionFormed = await self.intake.perform(
            FormOpinion(case_id=CASE, cause=Cause.ILLNESS), HANDLER
        )
        return formed


def found(kind: FactKind, amount_fen: int, person: PersonId = HEAD) -> VerifiedFact:
    """A line of the provincial report."""
    return VerifiedFact(person, kind, amount_fen)
