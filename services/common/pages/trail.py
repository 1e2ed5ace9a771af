"""The timeline of a case in one service: what was found under which article, and what was announced of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from services.common.runtime import tables
from services.common.runtime.tx import Tx

# What an event says to people. One that is not listed is shown by its name rather than hidden.
EVENTS = {
    "VisitRecorded": "走访记录已收到",
    "ApplicationAccepted": "已告知其他环节：受理",
    "ApplicationNotAccepted": "已告知其他环节：不予受理",
    "PreliminaryOpinionFormed": "初审意见已送公示和审批",
    "ClockChanged": "办理时限已登记",
    "RecusalChanged": "回避名单已告知各环节",
    "PaperIssued": "文书已制发",
    "PaperScanned": "文书扫描件已归档",
    "BoardPosted": "公示照片已送公示",
    "PostingRequested": "已向网格员派发张贴任务",
    "PublicityPosted": "公示已张贴",
    "PublicityConcluded": "公示期满，已告知审批",
    "ObjectionRaised": "公示期间收到异议",
    "EntryListed": "已列入长期公示",
    "DecisionMade": "决定已告知受理和名册",
    "NoticeServed": "告知书已送达",
    "DecisionFiled": "区民政局已备案",
    "DistrictDecided": "区民政局已审批",
    "AssistanceConfirmed": "救助已确认，转入名册和长期公示",
    "RecipientEnrolled": "已纳入保障名册",
    "CaseTransferred": "案件已移交其他镇街",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline: a finding with its article, or an event."""

    at: str
    kind: str
    article: str
    text: str


async def trail_of(tx: Tx, case_id: str) -> list[Happening]:
    """Findings and events of the case, the newest first."""
    found, sent = tables.findings, tables.outbox
    findings = await tx.all(select(found).where(found.c.case_id == case_id).order_by(found.c.seq))
    events = await tx.all(
        select(sent.c.occurred_at, sent.c.type).where(sent.c.subject == case_id).order_by(sent.c.seq)
    )
    both: list[tuple[datetime, Happening]] = []
    for row in findings:
        text = str(row.facts.get("text") or row.value)
        both.append((row.at, Happening(row.at.isoformat(), "law", row.article, text)))
    for row in events:
        name = row.type.rsplit(".", 1)[-1]
        both.append(
            (row.occurred_at, Happening(row.occurred_at.isoformat(), "event", "", EVENTS.get(name, name)))
        )
    # A stable sort keeps findings before the events of the same commit.
    return [one for _, one in sorted(both, key=lambda each: each[0])][::-1]
