"""From receipt to preliminary opinion on a real database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from services.common.contracts import intake
from services.common.policy.areas import VillageCode
from services.common.policy.law import Conflict, Forbidden, Invalid, Refused
from services.common.runtime import tables
from services.common.runtime.actor import SYSTEM
from services.intake.commands.acceptance import (
    AcceptApplication,
    DeclineApplication,
    ExtendClock,
    RequestSupplement,
)
from services.intake.commands.verification import RequestVerification
from services.intake.model.case import DeclineGround
from services.intake.model.ids import CaseId, HouseholdId, VisitId
from services.intake.model.survey import SurveyMode
from services.intake.model.verification import FactKind
from services.intake.queries import cases, dossier
from services.intake.storage.registry_tables import persons
from services.intake.storage.tasks import load_task
from tests.world.applications import (
    CASE,
    FAMILY,
    GRID_WORKER,
    HANDLER,
    HEAD,
    HEAD_MEMBER,
    HOUSEHOLD,
    NEIGHBOUR_TOWNSHIP,
    OFFICE_HEAD,
    PROVINCE,
    SON,
    SON_MEMBER,
    SURVEYOR,
    TOWNSHIP,
    VILLAGE,
    WIFE,
    WIFE_MEMBER,
    Village,
    facts,
    found,
)
from tests.world.services import TestClock, published, shanghai


async def test_the_proposal_is_what_the_familys_income_lacks_to_the_standard(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    accepted = await village.accept()
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))
    await village.survey()
    await village.verify(found(FactKind.BUSINESS, 100_000, WIFE))
    clock.move_to(shanghai("2026-09-22"))
    formed = await village.form_opinion()

    assert (accepted.target_on, accepted.due_on) == (date(2026, 10, 16), date(2026, 10, 30))
    assert (formed.eligible, formed.revision, formed.monthly_amount_fen) == (True, 1, 128_000)
    [opinion] = await published(village.intake, intake.PreliminaryOpinionFormed)
    assert opinion == intake.PreliminaryOpinionFormed(
        case_id=CASE,
        household_id=HOUSEHOLD,
        township=TOWNSHIP,
        village=VILLAGE,
        revision=1,
        category="dibao",
        head_name="王守田",
        household_size=3,
        cause="illness",
        insured_person_ids=[HEAD, WIFE, SON],
        monthly_amount_fen=128_000,
        formed_on="2026-09-22",
        handler_id=HANDLER.id,
        due_on="2026-10-30",
    )


async def test_village_receipt_and_township_acceptance_are_kept_apart(village: Village) -> None:
    await village.receive()
    await village.accept()

    view = await see_case(village)
    assert (view.received_on, view.accepted_on) == (date(2026, 9, 11), date(2026, 9, 14))
    assert (view.stage, view.working_days_left, view.head_name) == ("accepted", 30, "王守田")


async def test_timeline_reads_as_sentences_with_their_articles(village: Village) -> None:
    await village.receive()
    await village.accept()

    async with village.intake.reading(HANDLER) as tx:
        timeline = await cases.get_timeline(intake.GetTimelineRequest(case_id=CASE), tx)
    assert "R7.4" in [entry.article for entry in timeline.entries]
    assert any("30个工作日" in entry.text and "2026-10-30" in entry.text for entry in timeline.entries)


async def test_without_every_adults_authorisation_verification_is_blocked(village: Village) -> None:
    await village.receive(HEAD_MEMBER, replace(WIFE_MEMBER, authorised=False), SON_MEMBER)
    await village.accept()

    with pytest.raises(Refused, match="配偶尚未签署核对授权书") as refused:
        await village.verify()
    assert refused.value.article.id == "DB.9"


async def test_a_signature_brought_later_opens_the_way_to_verification(village: Village) -> None:
    await village.receive(HEAD_MEMBER, replace(WIFE_MEMBER, authorised=False), SON_MEMBER)
    await village.accept()
    await village.receive()

    assert (await village.verify()).verification_id


@pytest.mark.law("DB.10", "R7.3")
async def test_missing_material_is_told_once(village: Village) -> None:
    await village.receive()
    tell = RequestSupplement(case_id=CASE, missing=("户口簿复印件", "诊断证明"))
    told = await village.intake.perform(tell, HANDLER)

    assert told.due_on == date(2026, 9, 20)
    with pytest.raises(Refused, match="不得再次要求补正"):
        await village.intake.perform(tell, HANDLER)


@pytest.mark.law("R7.3")
async def test_nonacceptance_has_its_ground_and_is_announced_as_a_code(village: Village) -> None:
    await village.receive()
    refused = DeclineApplication(case_id=CASE, ground=DeclineGround.AUTHORISATION_REFUSED)
    with pytest.raises(Refused, match="须先一次性告知补正"):
        await village.intake.perform(refused, HANDLER)

    await village.intake.perform(
        DeclineApplication(case_id=CASE, ground=DeclineGround.OTHER_TOWNSHIP), HANDLER
    )
    [event] = await published(village.intake, intake.ApplicationNotAccepted)
    assert (event.ground, event.declined_on) == ("other-township", "2026-09-14")
    with pytest.raises(Conflict, match="不予受理"):
        await village.accept()


@pytest.mark.law("R7.4", "DB.22")
async def test_extension_needs_one_of_the_four_grounds_and_counts_from_acceptance(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    await village.accept()
    clock.move_to(shanghai("2026-10-29"))

    with pytest.raises(Refused, match="须写明下列理由之一"):
        await village.intake.perform(ExtendClock(case_id=CASE, ground="太忙"), HANDLER)
    longer = await village.intake.perform(ExtendClock(case_id=CASE, ground="separated-registration"), HANDLER)
    assert longer.due_on == date(2026, 11, 20)
    with pytest.raises(Refused, match="延长过"):
        await village.intake.perform(ExtendClock(case_id=CASE, ground="objection"), HANDLER)


@pytest.mark.law("R7.4")
async def test_a_term_that_is_over_is_not_extended(village: Village, clock: TestClock) -> None:
    await village.receive()
    await village.accept()
    clock.move_to(shanghai("2026-10-31"))

    with pytest.raises(Refused, match="届满"):
        await village.intake.perform(ExtendClock(case_id=CASE, ground="objection"), HANDLER)


@pytest.mark.law("DB.16")
async def test_one_surveyor_or_the_same_twice_is_refused(village: Village) -> None:
    await village.receive()
    await village.accept()

    for team in ((SURVEYOR,), (SURVEYOR, SURVEYOR)):
        with pytest.raises(Refused, match="不得少于2人"):
            await village.order_survey(*team)


@pytest.mark.law("DB.16")
async def test_a_survey_without_the_township_is_refused(village: Village) -> None:
    await village.hire(replace(GRID_WORKER, id="second-grid-worker"))
    await village.receive()
    await village.accept()

    with pytest.raises(Refused, match="镇"):
        await village.order_survey(GRID_WORKER, replace(GRID_WORKER, id="second-grid-worker"))


@pytest.mark.law("DB.16")
async def test_a_survey_by_people_who_were_not_sent_is_refused(village: Village) -> None:
    await village.receive()
    await village.accept()
    with pytest.raises(Refused, match="尚未安排"):
        await village.survey(visited_on=date(2026, 9, 14))
    await village.order_survey(HANDLER, GRID_WORKER)

    with pytest.raises(Refused, match="未经指派"):
        await village.survey(visited_on=date(2026, 9, 14))


@pytest.mark.law("DB.16")
async def test_a_visit_before_acceptance_never_counts_as_the_survey(village: Village) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey()

    with pytest.raises(Refused, match="受理之前"):
        await village.survey(visited_on=date(2026, 9, 13))


@pytest.mark.law("DB.16")
async def test_an_unsigned_survey_needs_a_reason_and_a_witness(village: Village, clock: TestClock) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))

    with pytest.raises(Refused, match="见证人"):
        await village.survey(signed_by_family=False, refusal_reason="不识字")
    await village.survey(signed_by_family=False, refusal_reason="不识字", witness="村会计")


@pytest.mark.law("DB.16")
async def test_a_video_survey_needs_a_declared_emergency(village: Village, clock: TestClock) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))

    with pytest.raises(Refused, match="突发事件"):
        await village.survey(mode=SurveyMode.VIDEO)


@pytest.mark.law("DB.18")
async def test_a_disputed_report_stops_the_opinion_until_the_facts_agree(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))
    await village.survey()
    returned = await village.verify(found(FactKind.WAGE, 20_000))
    assert returned.consistent is False
    with pytest.raises(Refused, match=r"工资性收入核对每月200\.00元,申报0\.00元"):
        await village.form_opinion()

    await village.survey(visit_id="01920000-0000-7000-8000-000000000003", facts=facts(wage_fen=20_000))
    assert (await village.form_opinion()).monthly_amount_fen == 108_000


async def test_an_opinion_without_survey_or_report_is_refused(village: Village, clock: TestClock) -> None:
    await village.receive()
    await village.accept()
    with pytest.raises(Refused, match="尚未提请"):
        await village.form_opinion()
    assert (await village.verify()).consistent is None
    with pytest.raises(Refused, match="尚无有效的入户调查"):
        await village.form_opinion()


async def test_what_is_not_eligible_is_kept_with_its_reasons_and_never_hung_out(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))
    await village.survey(facts=facts(wage_fen=900_000))
    await village.verify()
    formed = await village.form_opinion()

    assert (formed.eligible, formed.monthly_amount_fen) == (False, 0)
    [event] = await published(village.intake, intake.PreliminaryOpinionFormed)
    assert isinstance(event, intake.PreliminaryOpinionFormed)
    assert (event.head_name, list(event.insured_person_ids)) == ("", [])
    assert (await see_case(village)).stage == "opinion-formed"


async def test_what_was_not_eligible_is_judged_again_when_the_survey_is_corrected(
    village: Village, clock: TestClock
) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))
    await village.survey(facts=facts(wage_fen=900_000))
    await village.verify()
    assert not (await village.form_opinion()).eligible
    await village.order_survey()
    again = VisitId("01920000-0000-7000-8000-0000000f0002")
    await village.survey(visit_id=again, facts=facts())
    formed = await village.form_opinion()
    assert (formed.eligible, formed.revision) == (True, 2)


async def test_a_stranger_on_the_survey_stops_the_opinion(village: Village, clock: TestClock) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))
    await village.survey(facts=facts(members=(HEAD, WIFE, SON, "somebody-else")))
    await village.verify()

    with pytest.raises(Refused, match="不在申请之中"):
        await village.form_opinion()


async def test_the_same_paper_twice_is_one_application(village: Village) -> None:
    first = await village.receive()
    assert await village.receive() == first

    with pytest.raises(Conflict, match="另一份申请"):
        await village.receive(HEAD_MEMBER)
    with pytest.raises(Conflict, match="正在办理"):
        await village.receive(case_id=CaseId("01920000-0000-7000-8000-00000000ca5f"))


async def test_the_same_id_number_is_the_same_person_under_the_first_id(village: Village) -> None:
    await village.receive()
    await village.intake.perform(DeclineApplication(case_id=CASE, ground=DeclineGround.WITHDRAWN), HANDLER)
    again = await village.receive(
        replace(HEAD_MEMBER, person_id="01920000-0000-7000-8000-0000000000ff"),
        case_id=CaseId("01920000-0000-7000-8000-00000000ca5f"),
        household_id=HouseholdId("01920000-0000-7000-8000-0000000000ff"),
    )

    assert again.household_id == HOUSEHOLD
    async with village.intake.reading(SYSTEM) as tx:
        rows = await tx.all(select(persons.c.person_id).order_by(persons.c.person_id))
    assert [row.person_id for row in rows] == [HEAD, WIFE, SON]


async def test_id_numbers_lie_sealed_and_are_shown_masked(village: Village) -> None:
    await village.receive()
    async with village.intake.reading(SYSTEM) as tx:
        [head] = await tx.all(select(persons).where(persons.c.person_id == HEAD))
        file = await dossier.get_dossier(intake.GetDossierRequest(case_id=CASE), tx)

    number = HEAD_MEMBER.id_number.value
    assert number.encode() not in head.id_cipher
    assert head.id_masked == file.members[0].id_number_masked == "1404**********" + number[-4:]


async def test_only_the_verifying_system_sees_numbers_and_each_look_is_audited(village: Village) -> None:
    await village.receive()
    await village.accept()
    await village.intake.perform(RequestVerification(case_id=CASE), HANDLER)
    async with village.intake.reading(PROVINCE) as tx:
        page = await dossier.list_verification_requests(intake.ListVerificationRequestsRequest(), tx)
    [asked] = page.requests
    assert [person.id_number for person in asked.persons] == [one.id_number.value for one in FAMILY]
    async with village.intake.reading(SYSTEM) as tx:
        looks = await tx.all(
            select(tables.audit.c.actor, tables.audit.c.subject).where(
                tables.audit.c.action == "list-verification-requests"
            )
        )
    assert [tuple(look) for look in looks] == [(PROVINCE.id, CASE)]


async def test_an_assisted_application_needs_the_applicants_consent(village: Village) -> None:
    with pytest.raises(Refused, match="同意"):
        await village.receive(consent=False)


async def test_one_number_cannot_stand_twice_on_an_application(village: Village) -> None:
    with pytest.raises(Invalid, match="重复"):
        await village.receive(HEAD_MEMBER, replace(HEAD_MEMBER, person_id=WIFE))


async def test_a_handler_of_another_township_is_turned_away(village: Village) -> None:
    await village.receive()
    for stranger in (NEIGHBOUR_TOWNSHIP, GRID_WORKER, PROVINCE):
        with pytest.raises(Forbidden):
            await village.intake.perform(AcceptApplication(case_id=CASE), stranger)


async def test_cases_are_listed_by_what_is_due_first(village: Village, clock: TestClock) -> None:
    await village.receive()
    later = CaseId("01920000-0000-7000-8000-00000000ca50")
    await village.receive(
        replace(
            HEAD_MEMBER, person_id="01920000-0000-7000-8000-0000000000e1", id_number=SON_MEMBER.id_number
        ),
        case_id=later,
        household_id=HouseholdId("01920000-0000-7000-8000-0000000000e0"),
    )
    await village.accept()

    async with village.intake.reading(OFFICE_HEAD) as tx:
        first = await cases.list_cases(intake.ListCasesRequest(area=TOWNSHIP, page_size=1), tx)
        rest = await cases.list_cases(
            intake.ListCasesRequest(area=TOWNSHIP, page_size=1, page_token=first.next_page_token), tx
        )
    assert [case.case_id for case in (*first.cases, *rest.cases)] == [CASE, later]
    assert rest.next_page_token == ""


async def test_a_surveyor_gets_a_task_with_the_keys_of_the_members(village: Village) -> None:
    await village.receive()
    await village.accept()
    ordered = await village.order_survey()
    async with village.intake.reading(SYSTEM) as tx:
        task = await load_task(tx, ordered.task_id)
    assert [one["key"] for one in json.loads(task.subject["members"])] == [HEAD, WIFE, SON]
    assert set(task.assignees) == {SURVEYOR.id, GRID_WORKER.id}
    assert task.village == VillageCode(VILLAGE)


async def see_case(village: Village) -> cases.CaseView:
    async with village.intake.reading(HANDLER) as tx:
        return (await cases.get_case(intake.GetCaseRequest(case_id=CASE), tx)).case
