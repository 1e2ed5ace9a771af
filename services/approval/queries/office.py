"""What the pages of approval show: the docket with its blockers, meetings, and results not yet closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from services.approval.model import CaseId, Decision, DocketItem, MeetingId, Next, Outcome
from services.approval.rules.docket import Entry, blockers
from services.approval.storage import decisions as storage
from services.approval.storage import docket
from services.approval.storage.tables import agenda, decisions, meetings, recusals
from services.common.policy.law import Refused
from services.common.runtime.tx import Tx

LARGEST_LIST = 200
RECENT_MEETINGS = 12


@dataclass(frozen=True, slots=True)
class DocketEntry:
    """A case before a meeting, and what still keeps it away."""

    item: DocketItem
    blockers: Sequence[Refused]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the list."""

    meeting_id: MeetingId
    township: str
    starts_at: datetime
    place: str
    items: int


async def docket_of(tx: Tx, area: str) -> list[DocketEntry]:
    """Undecided cases, what is due first on top; those of the reader's kin are left out."""
    found = await docket.page_of_entries(tx, area, tx.actor.id, None, LARGEST_LIST)
    return [entry_of(entry, tx) for entry in found]


def entry_of(entry: Entry, tx: Tx) -> DocketEntry:
    return DocketEntry(entry.item, blockers(entry, tx.policy, tx.today))


async def meetings_of(tx: Tx, area: str, since: datetime | None = None) -> list[MeetingLine]:
    """The newest meetings of an area, or those from an instant on, soonest first."""
    wanted = (
        select(meetings, func.count(agenda.c.case_id).label("items"))
        .join(agenda, agenda.c.meeting_id == meetings.c.meeting_id)
        .where(meetings.c.township.startswith(area, autoescape=True))
        .group_by(*meetings.c)
        .limit(RECENT_MEETINGS)
    )
    if since:
        wanted = wanted.where(meetings.c.starts_at >= since).order_by(meetings.c.starts_at)
    else:
        wanted = wanted.order_by(meetings.c.starts_at.desc())
    return [
        MeetingLine(MeetingId(row.meeting_id), row.township, row.starts_at, row.place, row.items)
        for row in await tx.all(wanted)
    ]


async def unclosed(tx: Tx, area: str) -> list[Decision]:
    """Decided cases that still wait: for the district, for the notice, for the receipt."""
    kin = select(recusals.c.household_id).where(recusals.c.staff_id == tx.actor.id)
    awaits_district = and_(
        decisions.c.next == Next.DISTRICT_APPROVAL.value, decisions.c.district_outcome.is_(None)
    )
    unfiled = and_(decisions.c.next == Next.FILING.value, decisions.c.filed_on.is_(None))
    wanted = (
        select(decisions.c.case_id)
        .where(
            decisions.c.township.startswith(area, autoescape=True),
            decisions.c.household_id.not_in(kin),
            or_(decisions.c.notice_served_on.is_(None), awaits_district, unfiled),
        )
        .order_by(decisions.c.notice_due_on.is_(None), decisions.c.notice_due_on, decisions.c.decided_on)
        .limit(LARGEST_LIST)
    )
    return [await storage.load_decision(tx, CaseId(row.case_id)) for row in await tx.all(wanted)]


def owes_notice(decision: Decision) -> bool:
    """Whether the applicant may be told, and has not been."""
    return decision.notice_served_on is None and not decision.awaits_district


def owes_filing(decision: Decision) -> bool:
    return decision.next is Next.FILING and decision.outcome is Outcome.CONFIRM and decision.filed_on is None
