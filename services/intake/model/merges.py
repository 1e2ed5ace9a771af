"""What two tablets brought that does not go together: a task for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MergeKind(StrEnum):
    """Two contents under one id, fields that two people changed, or a second record of a task."""

    CONTENT = "content"
    HOUSEHOLD = "household"
    SECOND = "second"

    @property
    def chinese(self) -> str:
        return {
            MergeKind.CONTENT: "同一份记录收到两种内容",
            MergeKind.HOUSEHOLD: "两台平板改了同一户的信息",
            MergeKind.SECOND: "同一项任务收到第二份记录",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeTask:
    """Waits until somebody says what stands."""

    merge_task_id: str
    kind: MergeKind
    visit_id: str
    village: str
    household_id: str
    sent_by: str
    opened_at: datetime
    closed_at: datetime | None = None
    outcome: str = ""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
