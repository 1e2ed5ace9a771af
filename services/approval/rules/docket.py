"""When a case may come before a meeting (R4.2), and what still keeps it away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from services.approval.model import CaseId, DocketItem, Publicity
from services.common.policy.articles import DB_20, R4_2, R4_7
from services.common.policy.law import Finding, Invalid, Refused, rule
from services.common.policy.parameters import Policy


class PublicityNotOver(Refused):
    """The notice still hangs, or has not been hung."""

    code: ClassVar[str] = "publicity-not-over"


class DistrictVisitMissing(Refused):
    """Near kin of staff are declared and the district has not been to the home."""

    code: ClassVar[str] = "district-visit-missing"


@dataclass(frozen=True, slots=True)
class Entry:
    """A case of the docket beside what is known of its publicity."""

    item: DocketItem
    publicity: Publicity | None


@rule(R4_2)
def readiness(entry: Entry, on: date) -> Finding[date] | None:
    """The first day on which the case may be decided, once the publicity of its newest opinion is over.

    An opinion that found nobody eligible is not made public; the meeting may refuse it at once.
    """
    item, publicity = entry.item, entry.publicity
    if item.nobody_eligible:
        text = "初审意见为不符合条件，不予公示，可以上会作出不予确认的决定"
        return Finding(R4_7, on, {"revision": item.revision, "text": text})
    if publicity is None or publicity.concluded_on is None or publicity.revision != item.revision:
        return None
    ready_on = max(publicity.decidable_on or publicity.concluded_on, publicity.concluded_on)
    facts: dict[str, object] = {
        "revision": item.revision,
        "concluded_on": publicity.concluded_on.isoformat(),
        "text": f"初审公示无异议结束，{ready_on}起可以上会审核确认",
    }
    return Finding(R4_2, ready_on, facts)


@rule(R4_2, DB_20)
def blockers(entry: Entry, policy: Policy, on: date) -> tuple[Refused, ...]:
    """Everything that keeps the case from a meeting on that day; empty when it may be taken up."""
    found: list[Refused] = []
    item = entry.item
    if item.ready_on is None:
        found.append(PublicityNotOver(R4_2, _publicity_text(entry.publicity, item.revision)))
    elif on < item.ready_on:
        last_day = item.ready_on - timedelta(days=1)
        text = f"公示期到{last_day} 24时届满，{item.ready_on}起才可以召开会议审核确认"
        found.append(PublicityNotOver(R4_2, text))
    if item.kin_declared and item.district_visited_on is None and _visit_required(policy, on):
        text = "该家庭已备案近亲属关系，须由区民政局入户核查后才能上会"
        found.append(DistrictVisitMissing(DB_20, text))
    return tuple(found)


@rule(DB_20)
def district_visit(visited_on: date, today: date) -> Finding[date]:
    """The district's own visit to a household with declared kin."""
    if visited_on > today:
        raise Invalid("visited_on", f"入户日期不能晚于今天（{today}），请核对后重填")
    return Finding(DB_20, visited_on, {"text": f"区民政局于{visited_on}入户核查"})


@rule(R4_2)
def agenda(
    case_ids: tuple[CaseId, ...], entries: Mapping[CaseId, Entry], township: str, policy: Policy, on: date
) -> None:
    """Refuse a meeting whose agenda is empty, of another township, or names a case that is still blocked."""
    if not case_ids or len(set(case_ids)) != len(case_ids):
        raise Invalid("case_ids", "议程不能为空，同一案件也不能重复列入，请重新选择")
    for case_id in case_ids:
        entry = entries[case_id]
        if entry.item.township != township:
            raise Invalid("case_ids", "议程中有其他镇街的案件，每次会议只能审议本镇街的案件，请移出")
        for refused in blockers(entry, policy, on):
            raise refused


def _publicity_text(publicity: Publicity | None, revision: int) -> str:
    if publicity is None or publicity.revision != revision or publicity.ends_on is None:
        return "初审公示尚未张贴到位或未结束，公示无异议结束后才能上会"
    decidable = publicity.decidable_on or publicity.ends_on + timedelta(days=1)
    return f"公示期到{publicity.ends_on} 24时届满，无异议的{decidable}起才可以召开会议审核确认"


def _visit_required(policy: Policy, on: date) -> bool:
    return policy.flag("kin.district_visit_required", on)
