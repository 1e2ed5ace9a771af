"""The district's side: what it sends back, what comes again, and whom it goes to see."""

from __future__ import annotations

import pytest

from services.approval.rules.district import CorrectionNeedsReason
from services.common.policy.law import Conflict, Forbidden, Invalid
from tests.integration.approval.hall import (
    DISTRICT_HANDLER,
    DISTRICT_LEADER,
    HANDLER,
    HEAD,
    Hall,
)


@pytest.mark.law("R4.8")
async def test_the_district_asks_for_a_correction_and_receipts_what_comes_again(hall: Hall) -> None:
    await hall.confirmed()
    case = {"case_id": "case-1"}
    with pytest.raises(CorrectionNeedsReason):
        await hall.calls(DISTRICT_HANDLER, "AskCorrection", **case, reason=" ")
    with pytest.raises(Forbidden):
        await hall.calls(HEAD, "AskCorrection", **case, reason="缺签字")
    await hall.calls(DISTRICT_HANDLER, "AskCorrection", **case, reason="结果表缺分管领导签字")
    with pytest.raises(Conflict, match="退回补正"):
        await hall.calls(DISTRICT_HANDLER, "ReceiptFiling", **case)
    await hall.calls(HANDLER, "SubmitCorrection", **case, answer="已补签并重新扫描")
    answer = await hall.calls(DISTRICT_HANDLER, "ReceiptFiling", **case)
    assert answer.receipt_no == "140403-2026-000001"
    assert [text for article, text in await hall.timeline() if "补正" in text] == [
        "区民政局退回补正：结果表缺分管领导签字",
        "已补正并重新报送：已补签并重新扫描",
    ]


@pytest.mark.law("R4.9")
async def test_the_district_returns_a_destitute_persons_form_and_decides_after_it_came_again(
    hall: Hall,
) -> None:
    await hall.confirmed(category="destitute")
    case = {"case_id": "case-1"}
    await hall.calls(DISTRICT_LEADER, "AskCorrection", **case, reason="缺自理能力评估")
    with pytest.raises(Conflict):
        await hall.calls(DISTRICT_LEADER, "DecideForDistrict", **case, outcome="confirm")
    await hall.calls(HANDLER, "SubmitCorrection", **case, answer="已补评估表")
    await hall.calls(DISTRICT_LEADER, "DecideForDistrict", **case, outcome="confirm")


@pytest.mark.law("TK.16", "R4.9")
async def test_three_in_ten_of_the_destitute_are_seen_by_the_district(hall: Hall) -> None:
    for number in range(1, 5):
        await hall.confirmed(f"case-{number}", category="destitute")
    with pytest.raises(Invalid):
        await hall.calls(DISTRICT_HANDLER, "RecordSpotCheck", case_id="case-1", visited_on="2026-10-10")
    await hall.calls(DISTRICT_HANDLER, "RecordSpotCheck", case_id="case-1", visited_on="2026-10-09")
    assert ("TK.16", "今年特困审批4件，已抽查1件，还应抽查1件") in await hall.timeline("case-1")
    await hall.calls(DISTRICT_HANDLER, "RecordSpotCheck", case_id="case-2", visited_on="2026-10-09")
    assert ("TK.16", "今年特困审批4件，已抽查2件，达到规定比例") in await hall.timeline("case-2")
