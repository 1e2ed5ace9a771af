"""Kin among staff: declared upwards, registered apart, recused on request, and examined anew when hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.common.contracts import intake
from services.common.papers import ledger
from services.common.policy.law import Forbidden, Invalid, Refused
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.service import Service
from services.intake.access import recused
from services.intake.commands.acceptance import AcceptApplication
from services.intake.commands.kin_declarations import (
    DeclareKin,
    FileKinDeclaration,
    FileKinEntry,
    ReviewKinDeclaration,
    WidenKin,
)
from services.intake.commands.opinion import FormOpinion
from services.intake.commands.progress import FollowDecision
from services.intake.commands.recusal_requests import AskRecusal, NameReplacement
from services.intake.commands.reexaminations import ConcludeReexamination, EndReexamination, OpenReexamination
from services.intake.commands.referrals import AnswerReferral, ReferAbuse
from services.intake.model.case import Cause, Stage
from services.intake.model.ids import StaffId
from services.intake.model.kinship import DeclarationStage
from services.intake.model.papers import PaperKind
from services.intake.model.reexamination import ReexaminationGround, ReexaminationOutcome
from services.intake.model.referral import ReferralKind
from services.intake.queries import kin as queries
from services.intake.storage import cases, kin_register, kinship
from tests.world.applications import (
    CASE,
    DISTRICT,
    GRID_WORKER,
    HANDLER,
    HEAD_MEMBER,
    HOUSEHOLD,
    NEIGHBOUR_TOWNSHIP,
    OFFICE_HEAD,
    SON_MEMBER,
    SURVEYOR,
    TOWNSHIP,
    VILLAGE,
    WIFE_MEMBER,
    Village,
    actor,
)
from tests.world.papers import words_of
from tests.world.services import TestClock, published, shanghai

DISTRICT_HANDLER = actor("district-handler", Role.DISTRICT_HANDLER, DISTRICT)
LEADER = actor("leader", Role.PRINCIPAL_LEADER, TOWNSHIP)
BUREAU = actor("bureau", Role.DISTRICT_LEADER, DISTRICT)
ACCOUNTANT = actor("accountant", Role.LIAISON, VILLAGE)
TOLD = "01920000-0000-7000-8000-0000000000d1"
SECOND_SURVEY = "01920000-0000-7000-8000-000000000003"


def declares(member=WIFE_MEMBER, relation: str = "姐姐") -> DeclareKin:  # type: ignore[no-untyped-def]
    return DeclareKin(
        declaration_id=TOLD,
        person_id=member.person_id,
        name=member.name,
        id_number=member.id_number,
        relation=relation,
    )


async def told_stage(service: Service) -> DeclarationStage:
    async with service.reading(SYSTEM) as tx:
        return (await kinship.load_staff_declaration(tx, TOLD)).stage


async def recused_now(service: Service) -> frozenset[str]:
    async with service.reading(SYSTEM) as tx:
        return await recused(tx, HOUSEHOLD)


async def surveyed_and_verified(village: Village, clock: TestClock) -> None:
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))
    await village.survey()
    await village.verify()


@pytest.mark.law("R3.7")
async def test_staff_declare_to_the_township_which_reviews_and_the_district_files(village: Village) -> None:
    await village.receive()
    await village.intake.perform(declares(), SURVEYOR)
    assert await recused_now(village.intake) == {SURVEYOR.id}, "it counts from the day it is said"

    with pytest.raises(Refused, match="须先经所在镇") as early:
        await village.intake.perform(FileKinDeclaration(declaration_id=TOLD), DISTRICT_HANDLER)
    assert early.value.article.id == "R3.7"
    review = ReviewKinDeclaration(declaration_id=TOLD, accepted=True, note="")
    await village.intake.perform(review, OFFICE_HEAD)
    await village.intake.perform(FileKinDeclaration(declaration_id=TOLD), DISTRICT_HANDLER)
    assert await told_stage(village.intake) is DeclarationStage.FILED


@pytest.mark.law("R3.7")
async def test_a_declaration_that_is_returned_says_why_and_recuses_nobody_until_corrected(
    village: Village,
) -> None:
    await village.receive()
    await village.intake.perform(declares(), SURVEYOR)
    with pytest.raises(Invalid, match="退回须写明"):
        await village.intake.perform(
            ReviewKinDeclaration(declaration_id=TOLD, accepted=False, note=" "), OFFICE_HEAD
        )
    await village.intake.perform(
        ReviewKinDeclaration(declaration_id=TOLD, accepted=False, note="关系应为妹妹"), OFFICE_HEAD
    )
    assert await recused_now(village.intake) == frozenset()
    await village.intake.perform(declares(relation="妹妹"), SURVEYOR)
    assert await told_stage(village.intake) is DeclarationStage.DECLARED
    assert await recused_now(village.intake) == {SURVEYOR.id}


@pytest.mark.law("R3.7", "R3.3")
async def test_district_staff_declare_to_the_bureau_and_nobody_files_his_own(village: Village) -> None:
    await village.hire(DISTRICT_HANDLER)
    await village.receive()
    await village.intake.perform(declares(), DISTRICT_HANDLER)
    with pytest.raises(Refused, match="本人的申报"):
        await village.intake.perform(FileKinDeclaration(declaration_id=TOLD), DISTRICT_HANDLER)
    colleague = replace(DISTRICT_HANDLER, id="district-colleague")
    await village.intake.perform(FileKinDeclaration(declaration_id=TOLD), colleague)
    assert await told_stage(village.intake) is DeclarationStage.FILED


@pytest.mark.law("R3.12")
async def test_kin_in_another_township_are_filed_where_the_benefit_is_handled_and_recused_there(
    village: Village,
) -> None:
    await village.receive()
    await village.accept()
    await village.intake.perform(declares(relation="母亲"), NEIGHBOUR_TOWNSHIP)

    assert await recused_now(village.intake) == {NEIGHBOUR_TOWNSHIP.id}
    async with village.intake.reading(OFFICE_HEAD) as tx:
        [entry] = await kin_register.entries_in(tx, [TOWNSHIP])
    assert (entry.township, entry.staff_ids) == (TOWNSHIP, (NEIGHBOUR_TOWNSHIP.id,))


@pytest.mark.law("R3.2", "R3.4", "DB.20")
async def test_an_accepted_application_with_kin_is_registered_apart_with_its_filing_form(
    village: Village,
) -> None:
    """Scenario 12: the applicant's son is the village accountant, and it is declared."""
    await village.hire(ACCOUNTANT)
    father = replace(HEAD_MEMBER, kin_relation="父亲", kin_staff_id=ACCOUNTANT.id)
    await village.receive(father, WIFE_MEMBER, SON_MEMBER)
    await village.accept()

    [event] = await published(village.intake, intake.KinRegistered)
    assert (event.case_id, list(event.staff_ids), event.late) == (CASE, [ACCOUNTANT.id], False)
    async with village.intake.reading(OFFICE_HEAD) as tx:
        form = await ledger.find_for_case(tx, CASE, PaperKind.KIN_FORM)
        assert form is not None
        text = words_of(await ledger.content_of(village.intake.documents, form))
    assert "王守田是工作人员的父亲" in text.replace("\n", "")
    assert "近亲属享受社会救助备案表" in text
    with pytest.raises(Refused, match="应当回避"):
        await village.order_survey(SURVEYOR, ACCOUNTANT)
    with pytest.raises(Forbidden, match="近亲属"):
        await village.survey(by=ACCOUNTANT)
    await village.intake.perform(FileKinEntry(case_id=CASE), DISTRICT_HANDLER)
    async with village.intake.reading(OFFICE_HEAD) as tx:
        [line] = await queries.register_lines(tx, [TOWNSHIP])
    assert (line.entry.filed_on, line.form) == (date(2026, 9, 14), "马民救近〔2026〕1号")


@pytest.mark.law("R3.5")
async def test_a_township_may_widen_the_list_and_every_declaration_is_matched_anew(village: Village) -> None:
    nephew = replace(HEAD_MEMBER, kin_relation="侄子", kin_staff_id=SURVEYOR.id)
    await village.receive(nephew, WIFE_MEMBER, SON_MEMBER)
    assert await recused_now(village.intake) == frozenset()
    widen = WidenKin(township=TOWNSHIP, from_on=date(2026, 9, 14), relations=("侄子",), reason="镇党委会议定")
    with pytest.raises(Forbidden):
        await village.intake.perform(widen, HANDLER)
    with pytest.raises(Invalid, match="不认识"):
        await village.intake.perform(replace(widen, relations=("隔壁老王",)), OFFICE_HEAD)
    await village.intake.perform(widen, OFFICE_HEAD)

    assert await recused_now(village.intake) == {SURVEYOR.id}


@pytest.mark.law("R3.10")
async def test_whoever_asks_is_out_at_once_and_the_head_names_who_does_it_instead(village: Village) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey(HANDLER, GRID_WORKER)
    asked = AskRecusal(request_id="request-1", case_id=CASE, reason="与申请人是同学")
    await village.intake.perform(asked, HANDLER)
    with pytest.raises(Forbidden, match="已申请回避"):
        await village.verify()
    with pytest.raises(Refused, match="另行指定"):
        await village.intake.perform(
            NameReplacement(request_id="request-1", replacement_id=StaffId(HANDLER.id)), OFFICE_HEAD
        )
    await village.intake.perform(
        NameReplacement(request_id="request-1", replacement_id=StaffId(SURVEYOR.id)), OFFICE_HEAD
    )

    async with village.intake.reading(OFFICE_HEAD) as tx:
        case = await cases.load_case(tx, CASE)
        entries = await kin_register.entries_in(tx, [TOWNSHIP])
    assert case.handler_id == SURVEYOR.id
    assert entries == [], "a request is no kinship: nothing is registered apart"


@pytest.mark.law("R3.10")
async def test_a_survey_by_somebody_who_turns_out_to_be_kin_counts_for_nothing(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    await village.accept()
    await surveyed_and_verified(village, clock)
    await village.intake.perform(declares(), SURVEYOR)

    with pytest.raises(Refused, match="另派人员重新调查") as refused:
        await village.form_opinion()
    assert refused.value.article.id == "R3.10"


@pytest.mark.law("R3.11", "R3.1")
async def test_kin_hidden_in_the_application_open_a_new_examination_that_keeps_the_history(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    await village.accept()
    await surveyed_and_verified(village, clock)
    before = await village.form_opinion()
    await village.intake.perform(
        FollowDecision(case_id=CASE, outcome="confirm", decided_on=date(2026, 9, 28)), SYSTEM
    )
    clock.move_to(shanghai("2026-10-12"))
    await village.hire(replace(GRID_WORKER, id="the-wife"), WIFE_MEMBER.id_number)

    [opened] = await published(village.intake, intake.ReexaminationOpened)
    assert (opened.ground, opened.opened_on) == ("undeclared-kin", "2026-10-12")
    [registered] = await published(village.intake, intake.KinRegistered)
    assert registered.late
    conclude = ConcludeReexamination(case_id=CASE)
    with pytest.raises(Refused, match="须重新入户调查并重新核对"):
        await village.intake.perform(conclude, OFFICE_HEAD)
    await village.order_survey(HANDLER, GRID_WORKER)
    clock.move_to(shanghai("2026-10-13"))
    await village.survey(
        visit_id=SECOND_SURVEY,
        surveyor_ids=(HANDLER.id, GRID_WORKER.id),
        visited_on=date(2026, 10, 13),
        by=HANDLER,
    )
    await village.verify(report_no="HD-2026-0002")
    ended = await village.intake.perform(conclude, OFFICE_HEAD)

    assert ended.outcome is ReexaminationOutcome.STANDS
    [event] = await published(village.intake, intake.ReexaminationConcluded)
    assert (event.eligible, event.monthly_amount_fen) == (True, before.monthly_amount_fen)
    async with village.intake.reading(OFFICE_HEAD) as tx:
        case = await cases.load_case(tx, CASE)
    assert (case.stage, case.opinion_revision) == (Stage.DECIDED, 1), "the benefit's history is kept"


@pytest.mark.law("R3.11")
async def test_somebody_who_became_staff_after_the_application_was_not_hidden(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    await village.accept()
    await surveyed_and_verified(village, clock)
    await village.form_opinion()
    newcomer = Actor("newcomer", (Post(Role.LIAISON, VILLAGE),))
    await village.hire(newcomer, WIFE_MEMBER.id_number, from_on=date(2026, 9, 15))

    assert await recused_now(village.intake) == {"newcomer"}
    assert await published(village.intake, intake.ReexaminationOpened) == []


@pytest.mark.law("DB.19", "R7.4")
async def test_an_objection_leads_to_a_new_opinion_after_a_new_survey(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    await village.accept()
    await surveyed_and_verified(village, clock)
    await village.form_opinion()
    raised = OpenReexamination(case_id=CASE, ground=ReexaminationGround.OBJECTION, source_id="objection-1")
    first = await village.intake.perform(raised, SYSTEM)
    assert await village.intake.perform(raised, SYSTEM) == first, "one objection opens it once"
    clock.move_to(shanghai("2026-09-21"))
    again = FormOpinion(case_id=CASE, cause=Cause.ILLNESS)
    async with village.intake.reading(SYSTEM) as tx:
        [one] = await kin_register.reexaminations_of(tx, CASE)
    assert one.opened_on == date(2026, 9, 16)
    await village.survey(visit_id=SECOND_SURVEY, visited_on=date(2026, 9, 21))
    formed = await village.intake.perform(again, HANDLER)

    assert formed.revision == 2
    [concluded] = await published(village.intake, intake.ReexaminationConcluded)
    assert concluded.outcome == "stands"
    ended = EndReexamination(case_id=CASE, source_id="objection-1")
    await village.intake.perform(ended, SYSTEM)
    assert len(await published(village.intake, intake.ReexaminationConcluded)) == 1


@pytest.mark.law("R3.13")
async def test_a_suspicion_goes_to_discipline_with_receipt_and_outcome_and_named_roles_alone_see_it(
    village: Village,
) -> None:
    refer = ReferAbuse(
        referral_id="referral-1",
        area=TOWNSHIP,
        kind=ReferralKind.DISCIPLINE,
        staff_id=StaffId(SURVEYOR.id),
        case_id="",
        facts="调查中为亲属隐瞒收入",
        authority="潞州区纪委监委",
    )
    for stranger in (HANDLER, OFFICE_HEAD, DISTRICT_HANDLER, SURVEYOR):
        with pytest.raises(Forbidden):
            await village.intake.perform(refer, stranger)
    await village.intake.perform(refer, LEADER)
    await village.intake.perform(
        AnswerReferral(
            referral_id="referral-1", receipt_no="潞纪2026-7", received_on=date(2026, 9, 14), outcome=""
        ),
        LEADER,
    )
    await village.intake.perform(
        AnswerReferral(
            referral_id="referral-1",
            receipt_no="潞纪2026-7",
            received_on=date(2026, 9, 14),
            outcome="给予警告处分",
        ),
        BUREAU,
    )
    async with village.intake.reading(BUREAU) as tx:
        [line] = await queries.referral_lines(tx, [DISTRICT])
    assert (line.outcome, line.is_open) == ("给予警告处分", False)
    async with village.intake.reading(replace(LEADER, id=SURVEYOR.id)) as tx:
        assert await queries.referral_lines(tx, [TOWNSHIP]) == [], "nobody reads what concerns himself"


@pytest.mark.law("R3.10")
async def test_acceptance_stays_possible_for_a_colleague_without_kin(village: Village) -> None:
    await village.receive()
    await village.intake.perform(declares(), HANDLER)
    with pytest.raises(Forbidden):
        await village.accept()
    await village.intake.perform(AcceptApplication(case_id=CASE), OFFICE_HEAD)
