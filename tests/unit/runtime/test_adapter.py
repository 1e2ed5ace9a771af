"""Proto messages, forms and JSON become commands by name and type; what does not fit names its field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

import pytest

from services.common.contracts import approval, intake
from services.common.policy.identity import IdNumber
from services.common.policy.law import Invalid
from services.common.runtime.adapter import fill, translate

CaseId = NewType("CaseId", str)


class Outcome(StrEnum):
    CONFIRM = "confirm"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    case_id: CaseId
    outcome: Outcome
    insured_person_ids: tuple[str, ...]
    monthly_amount_fen: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serve:
    case_id: CaseId
    served_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    name: str
    id_number: IdNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    household_id: str
    members: tuple[Person, ...]


def test_a_message_becomes_a_command_by_field_name_and_type() -> None:
    request = approval.DecideCaseRequest(
        case_id="c1", outcome="confirm", insured_person_ids=["p1", "p2"], monthly_amount_fen=128000
    )
    assert translate(request, Decide) == Decide(
        case_id=CaseId("c1"),
        outcome=Outcome.CONFIRM,
        insured_person_ids=("p1", "p2"),
        monthly_amount_fen=128000,
    )


def test_an_unknown_choice_names_its_field() -> None:
    with pytest.raises(Invalid) as error:
        translate(approval.DecideCaseRequest(case_id="c1", outcome="perhaps"), Decide)
    assert error.value.field == "outcome"


def test_an_empty_date_is_none_where_it_may_be_and_a_wrong_one_is_refused() -> None:
    assert translate(approval.ServeNoticeRequest(case_id="c1"), Serve).served_on is None
    with pytest.raises(Invalid) as error:
        translate({"case_id": "c1", "served_on": "2026-02-30"}, Serve)
    assert error.value.field == "served_on"


def test_nested_messages_and_id_numbers_are_converted() -> None:
    request = intake.RegisterHouseholdRequest(
        household_id="h1", members=[intake.Member(name="张三", id_number="14040319880308002 3")]
    )
    command = translate(request, Register)
    assert command.members[0].id_number.value == "140403198803080023"


def test_a_wrong_id_number_in_a_list_is_refused() -> None:
    with pytest.raises(Invalid):
        translate(
            {"household_id": "h1", "members": [{"name": "张三", "id_number": "140403198803080024"}]}, Register
        )


def test_a_reply_is_filled_from_the_result_and_then_from_the_command() -> None:
    @dataclass(frozen=True)
    class Done:
        due_on: date

    reply = fill(
        intake.ExtendClockResponse, Done(date(2026, 11, 20)), Serve(case_id=CaseId("c1"), served_on=None)
    )
    assert (reply.case_id, reply.due_on) == ("c1", "2026-11-20")  # type: ignore[attr-defined]
