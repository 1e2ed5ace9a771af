"""The regulation as intake applies it, sentence by sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from services.common.policy.calendar import WorkCalendar
from services.common.policy.household import HouseholdFacts
from services.common.policy.law import Conflict, Invalid, Refused
from services.common.policy.parameters import Policy
from services.common.policy.roles import Role
from services.intake.model.case import MOVES, Case, CaseMember, DeclineGround, Stage, Supplement
from services.intake.model.ids import PersonId, StaffId
from services.intake.model.kinship import KinDeclaration
from services.intake.model.registry import HeldPost
from services.intake.model.survey import Surveyor
from services.intake.model.verification import FactKind, VerifiedFact
from services.intake.rules import acceptance, kinship, opinion, survey, verification
from tests.world.applications import (
    APPLICATION,
    CASE,
    HOUSEHOLD,
    TOWNSHIP,
    VILLAGE,
    facts,
    found,
)

POLICY, CALENDAR = Policy.shipped(), WorkCalendar.shipped()
DAY = date(2026, 9, 16)


def surveyed(**changes: int) -> HouseholdFacts:
    return HouseholdFacts.from_json(json.loads(facts(**changes)))


def person(relation: str, born_on: str, *, authorised: bool, counted: bool = True) -> CaseMember:
    return CaseMember(
        PersonId(relation), relation, date.fromisoformat(born_on), relation, counted, authorised
    )


# ---- survey ----


@pytest.mark.law("DB.16")
@pytest.mark.parametrize(
    ("team", "refusal"),
    [
        ((Surveyor(StaffId("a"), True),), survey.TooFewSurveyors),
        ((Surveyor(StaffId("a"), True), Surveyor(StaffId("a"), True)), survey.TooFewSurveyors),
        ((Surveyor(StaffId("a"), False), Surveyor(StaffId("b"), False)), survey.NoTownshipSurveyor),
    ],
)
def test_at_least_two_different_surveyors_one_of_them_of_the_township(
    team: tuple[Surveyor, ...], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        survey.survey_team(team, POLICY, DAY)


@pytest.mark.law("DB.16")
def test_a_township_handler_and_a_grid_worker_are_a_team() -> None:
    team = (Surveyor(StaffId("a"), True), Surveyor(StaffId("b"), False))
    assert survey.survey_team(team, POLICY, DAY).value == 2


# ---- verification ----


@pytest.mark.law("DB.9")
def test_a_child_signs_no_authorisation_and_whoever_is_not_counted_neither() -> None:
    family = (
        person("户主", "1966-03-05", authorised=True),
        person("子", "2012-11-02", authorised=False),
        person("兄", "1960-01-01", authorised=False, counted=False),
    )
    assert verification.authorised(family, POLICY, DAY).value


@pytest.mark.law("DB.9")
def test_a_member_signs_from_the_eighteenth_birthday_on() -> None:
    turning = (person("户主", "1966-03-05", authorised=True), person("子", "2008-09-16", authorised=False))
    assert verification.authorised(turning, POLICY, date(2026, 9, 15)).value
    with pytest.raises(verification.AuthorisationMissing, match="子尚未签署"):
        verification.authorised(turning, POLICY, date(2026, 9, 16))


@pytest.mark.law("DB.18")
@pytest.mark.parametrize(
    "report",
    [
        (found(FactKind.WAGE, 1),),
        (found(FactKind.BUSINESS, 100_001),),
        (found(FactKind.DEPOSIT, 1),),
        (found(FactKind.VEHICLE, 0),),
        (found(FactKind.HOUSING, 0), found(FactKind.HOUSING, 0)),
        (found(FactKind.ENTERPRISE, 0),),
    ],
)
def test_a_report_that_found_more_than_was_said_disagrees(report: tuple[VerifiedFact, ...]) -> None:
    compared = verification.compare(report, surveyed())
    assert not compared.value
    with pytest.raises(verification.VerificationDisputed):
        verification.require_agreement(compared)


@pytest.mark.law("DB.18")
@pytest.mark.parametrize(
    "report",
    [
        (),
        (found(FactKind.BUSINESS, 100_000), found(FactKind.HOUSING, 0)),
        (found(FactKind.BUSINESS, 50_000),),
    ],
)
def test_a_report_that_found_no_more_than_was_said_agrees(report: tuple[VerifiedFact, ...]) -> None:
    assert verification.compare(report, surveyed()).value


# ---- kin ----


@pytest.mark.law("R3.10", "R3.6")
def test_recused_are_named_near_kin_and_members_on_the_staff() -> None:
    declared = (
        KinDeclaration(PersonId("p1"), StaffId("father-in-law"), "岳父", False),
        KinDeclaration(PersonId("p2"), StaffId("cousin"), "表弟", False),
        KinDeclaration(PersonId("p3"), StaffId(""), "儿子", False),
    )
    recused = kinship.recused_staff(declared, {StaffId("member")}, POLICY, DAY)
    assert recused.value == {"father-in-law", "member"}


@pytest.mark.law("R3.1")
def test_a_member_who_is_staff_and_names_no_one_still_puts_the_case_apart() -> None:
    declared = (KinDeclaration(PersonId("p1"), StaffId(""), "", True),)
    assert kinship.kin_declared(declared, (), POLICY, DAY).value


@pytest.mark.law("R3.2")
def test_without_kin_nothing_is_kept_apart() -> None:
    assert not kinship.kin_declared((), (), POLICY, DAY).value


# ---- acceptance ----


@pytest.mark.law("R1.9")
def test_who_applies_alone_needs_nobodys_consent() -> None:
    assert acceptance.assisted(None, consent=False).value is False


@pytest.mark.law("DB.10")
def test_a_supplement_notice_without_anything_missing_is_refused() -> None:
    with pytest.raises(Invalid):
        acceptance.tell_missing_once((" ",), None, DAY, CALENDAR, POLICY)


@pytest.mark.law("R7.3")
def test_refused_authorisation_is_a_ground_once_the_supplement_was_told() -> None:
    told = Supplement(("核对授权书",), date(2026, 9, 14), date(2026, 9, 20))
    ground = acceptance.decline(DeclineGround.AUTHORISATION_REFUSED, told)
    assert ground.value is DeclineGround.AUTHORISATION_REFUSED


# ---- publication ----


@pytest.mark.law("R5.2a", "PIPL.28")
@pytest.mark.parametrize(
    ("born_on", "shown"), [("1966-03-05", "王守田"), ("2016-09-16", "王*"), ("2012-09-16", "王守田")]
)
def test_the_name_of_a_head_under_14_is_masked(born_on: str, shown: str) -> None:
    assert opinion.published_name("王守田", date.fromisoformat(born_on), DAY, POLICY).value == shown


# ---- model ----


def test_every_stage_has_its_row_of_moves() -> None:
    assert set(MOVES) == set(Stage)


def test_a_case_takes_one_step_at_a_time_and_news_never_set_it_back() -> None:
    received = Case(
        case_id=CASE,
        household_id=HOUSEHOLD,
        township=TOWNSHIP,
        village=VILLAGE,
        category=APPLICATION.category,
        stage=Stage.RECEIVED,
        received_on=APPLICATION.received_on,
    )
    assert received.move(Stage.ACCEPTED).stage is Stage.ACCEPTED
    with pytest.raises(Conflict):
        received.move(Stage.OPINION_FORMED)
    enrolled = replace(received, stage=Stage.ENROLLED)
    assert enrolled.reached(Stage.IN_PUBLICITY).stage is Stage.ENROLLED


def test_a_post_holds_from_its_first_to_its_last_day() -> None:
    held = HeldPost(Role.GRID_WORKER, VILLAGE, date(2026, 1, 1), date(2026, 6, 30))
    assert [held.holds_on(day) for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30))] == [
        False,
        True,
        True,
    ]
    assert not held.holds_on(date(2026, 7, 1))
