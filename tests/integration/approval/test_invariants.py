"""What never happens, whatever people do in whatever order: state machines that try (Hypothesis)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from datetime import date, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from services.approval.commands.meetings import sitting_of
from services.approval.storage import docket, meetings
from services.common.contracts import approval
from services.common.policy.calendar import legal_day
from services.common.policy.law import Conflict, Forbidden, Invalid, Missing, Refused
from services.common.runtime.actor import SYSTEM
from tests.integration.approval.hall import (
    COLLEAGUE,
    DECIDABLE,
    DEPUTY,
    DISTRICT_LEADER,
    HANDLER,
    HEAD,
    LEADER,
    SEATS,
    Hall,
    concluded,
    open_hall,
    opinion,
    posted,
    recusal,
)
from tests.integration.approval.relief import FINANCE, MONDAY, Desk, open_desk
from tests.world.services import published, shanghai

T = TypeVar("T")
LAWFUL_NO = (Refused, Conflict, Invalid, Forbidden, Missing)
OUTCOMES = st.sampled_from(["confirm", "refuse", "defer", "return"])
FEW = settings(
    max_examples=4,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Machine(RuleBasedStateMachine):
    """A state machine whose steps are awaited on a loop of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()

    def does(self, what: Awaitable[T]) -> T | None:
        """What it comes to, or None where the law says no."""
        try:
            return self.loop.run_until_complete(what)  # type: ignore[arg-type]
        except LAWFUL_NO:
            return None

    def events(self, service: Any, type_: Any) -> list[Any]:
        return self.loop.run_until_complete(published(service, type_))

    def teardown(self) -> None:
        self.loop.run_until_complete(self.stack.aclose())
        self.loop.close()


class FundMachine(Machine):
    """A fund that is filled, drawn on and paid back in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk = self.loop.run_until_complete(self.stack.enter_async_context(open_desk(MONDAY)))
        self.does(self.desk.limited())
        self.allocated = self.granted = self.returned = 0
        self.paid: dict[str, int] = {}
        self.requests = 0

    @rule(fen=st.integers(1, 300_000))
    def fills(self, fen: int) -> None:
        async def asked() -> None:
            request = {"request_id": f"request-{self.requests}", "township": "140403103", "amount_fen": fen}
            await self.desk.calls(HEAD, "RequestFund", **request, exception_reason="例外")
            answer = {"request_id": request["request_id"], "amount_fen": fen}
            await self.desk.calls(DISTRICT_LEADER, "AllocateFund", **answer)
            self.allocated += fen

        self.requests += 1
        self.does(asked())

    @rule(fen=st.integers(1, 200_000))
    def grants(self, fen: int) -> None:
        answer = self.does(self.desk.emergency(amount_fen=fen))
        if answer:
            self.granted += fen
            self.paid[answer.relief_id] = fen

    @rule(share=st.integers(1, 4), pick=st.integers(0, 9))
    def pays_back(self, share: int, pick: int) -> None:
        if not self.paid:
            return
        relief_id = sorted(self.paid)[pick % len(self.paid)]
        fen = max(1, self.paid[relief_id] * share // 3)
        back = {"relief_id": relief_id, "number": 1, "amount_fen": fen, "reason": "overpaid"}
        before = self.loop.run_until_complete(self.desk.fund()).balance_fen
        self.does(self.desk.calls(FINANCE, "ReturnRelief", **back))
        after = self.loop.run_until_complete(self.desk.fund()).balance_fen
        self.returned += after - before

    @rule(outcome=st.sampled_from(["confirm", "refuse"]), reason=st.sampled_from(["", "不符合条件"]))
    def decides_before_or_after_publicity(self, outcome: str, reason: str) -> None:
        relief_id = self.does(self.desk.requested(50_000))
        self.does(
            self.desk.calls(LEADER, "DecideRelief", relief_id=relief_id, outcome=outcome, reason=reason)
        )
        relief = self.loop.run_until_complete(self.desk.relief(relief_id))
        assert relief.stage != "granted", "nothing of this kind is granted before its publicity"
        assert relief.stage != "refused" or relief.notice_due_on, "a refusal has its clock"

    @invariant()
    def fund_is_allocations_less_grants_plus_returns_and_never_below_zero(self) -> None:
        fund = self.loop.run_until_complete(self.desk.fund())
        assert fund.balance_fen == self.allocated - self.granted + self.returned
        assert fund.balance_fen >= 0


class MeetingMachine(Machine):
    """One case, a meeting, and people who sign, vote, are recused and decide in any order."""

    def __init__(self) -> None:
        super().__init__()
        opened = open_hall(DECIDABLE - timedelta(days=1))
        self.hall: Hall = self.loop.run_until_complete(self.stack.enter_async_context(opened))
        self.public = False
        self.kin: set[str] = set()
        self.meeting = ""
        self.for_: set[str] = set()
        self.decisions: list[bytes] = []

    @rule()
    def publicity_ends(self) -> None:
        if not self.public:
            self.does(self.hall.hears(opinion(), posted(), concluded()))
            self.public = True
            self.hall.clock.move_to(shanghai(DECIDABLE))

    @rule()
    def is_convened(self) -> None:
        day: date = legal_day(self.hall.clock.now())
        self.meeting = self.does(self.hall.convenes("case-1", day=day)) or self.meeting
        assert not self.meeting or self.public

    @rule(person=st.sampled_from([*SEATS, COLLEAGUE]))
    def signs(self, person: Any) -> None:
        seat = {"meeting_id": self.meeting, "seat": SEATS.get(person, "office-head")}
        self.does(self.hall.calls(person, "SignAttendance", **seat))

    @rule(vote=st.sampled_from(["for", "against"]), person=st.sampled_from([*SEATS, COLLEAGUE]))
    def votes(self, vote: str, person: Any) -> None:
        self.does(self.hall.votes(self.meeting, "case-1", vote, by=(person,)))

    @rule(person=st.sampled_from([DEPUTY, HEAD, HANDLER, COLLEAGUE]))
    def becomes_kin(self, person: Any) -> None:
        self.kin.add(person.id)
        self.does(self.hall.hears(recusal("case-1", *[one for one in SEATS if one.id in self.kin])))

    @rule(
        outcome=st.sampled_from(["confirm", "refuse", "defer", "return"]),
        reason=st.sampled_from(["", "理由"]),
    )
    def decides(self, outcome: str, reason: str) -> None:
        answer = self.does(self.hall.decides(self.meeting, "case-1", outcome=outcome, reason=reason))
        if answer and outcome == "refuse":
            assert answer.notice_due_on
            assert reason

    @rule()
    def everybody_signs_and_votes(self) -> None:
        for person in SEATS:
            self.signs(person)
            self.votes("for", person)

    @invariant()
    def no_confirmation_without_publicity_and_no_decision_changes(self) -> None:
        made = [one.SerializeToString() for one in self.events(self.hall.service, approval.DecisionMade)]
        assert made[: len(self.decisions)] == self.decisions
        assert len(made) <= 1
        assert not made or self.public
        self.decisions = made

    @invariant()
    def no_vote_of_kin_counts(self) -> None:
        async def counted() -> set[str]:
            async with self.hall.service.reading(SYSTEM) as tx:
                meeting = await meetings.load_meeting(tx, self.meeting)  # type: ignore[arg-type]
                item = await docket.load_item(tx, "case-1")  # type: ignore[arg-type]
                return set((await sitting_of(meeting, item, tx)).voters)

        if self.meeting:
            kin = self.kin - {COLLEAGUE.id}
            assert not self.loop.run_until_complete(counted()) & kin


@pytest.mark.law("R9.6", "R9.2", "R9.4")
def test_the_fund_is_exact_and_nothing_is_granted_unheard() -> None:
    run_state_machine_as_test(FundMachine, settings=FEW)


@pytest.mark.law("R4.1", "R4.2", "R4.7", "R3.10")
def test_nothing_is_confirmed_unpublished_and_no_kin_counts() -> None:
    run_state_machine_as_test(MeetingMachine, settings=FEW)
