"""What people and systems read from the roll and the household files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from services.common.policy.household_terms import Category
from services.common.policy.law import Invalid
from services.common.runtime import tables
from services.common.runtime.tx import Tx
from services.review import storage
from services.review.model import CaseId, HouseholdId, PaperKind, RecipientId, RollEntry, Stage

LARGEST_PAGE = 200
USUAL_PAGE = 50
# Papers of one day lie in the order of the procedure.
_ORDER = {kind: place for place, kind in enumerate(PaperKind)}


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the roll."""

    recipient_id: RecipientId
    case_id: CaseId
    household_id: HouseholdId
    township: str
    category: Category
    persons: int
    monthly_amount_fen: int
    add_on_fen: int
    first_month: str
    enrolled_on: date
    stage: Stage


@dataclass(frozen=True, slots=True)
class RecipientFound:
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class RollPage:
    recipients: tuple[Recipient, ...]
    next_page_token: str


@dataclass(frozen=True, slots=True)
class PaperInFile:
    kind: PaperKind
    event: str
    filed_on: date


@dataclass(frozen=True, slots=True)
class FileFound:
    """A household's file with its papers, the oldest first."""

    file_no: str
    opened_on: date
    kept_apart: bool
    papers: tuple[PaperInFile, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding of a case, as a timeline shows it."""

    at: datetime
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    entries: tuple[Entry, ...]


async def get_recipient(request: Any, tx: Tx) -> RecipientFound:
    return RecipientFound(_recipient(await storage.load_recipient(tx, HouseholdId(request.household_id))))


async def list_roll(request: Any, tx: Tx) -> RollPage:
    """The roll of an area in the order of enrolment, page by page."""
    size = page_size(request.page_size)
    mine = storage.roll.c.village.startswith(request.area, autoescape=True)
    page = select(storage.roll).where(mine, storage.roll.c.recipient_id > request.page_token)
    rows = await tx.all(page.order_by(storage.roll.c.recipient_id).limit(size + 1))
    entries = tuple(_recipient(storage.entry_of(row)) for row in rows[:size])
    return RollPage(entries, entries[-1].recipient_id if len(rows) > size else "")


async def get_household_file(request: Any, tx: Tx) -> FileFound:
    file = await storage.load_file(tx, HouseholdId(request.household_id))
    papers = await papers_of(tx, file.household_id)
    return FileFound(file.file_no, file.opened_on, file.kept_apart, papers)


async def papers_of(tx: Tx, household_id: HouseholdId) -> tuple[PaperInFile, ...]:
    """The papers of a household in the order of the procedure, also before its file is opened."""
    rows = await tx.all(select(storage.papers).where(storage.papers.c.household_id == household_id))
    papers = [PaperInFile(PaperKind(row.kind), row.event, row.filed_on) for row in rows]
    return tuple(sorted(papers, key=lambda paper: (paper.filed_on, _ORDER[paper.kind])))


@dataclass(frozen=True, slots=True)
class RollTotal:
    """What the active entries of an area come to."""

    households: int
    persons: int
    monthly_fen: int


async def roll_total(tx: Tx, area: str) -> RollTotal:
    """Households, persons and monthly money of an area today."""
    active = storage.roll.c.stage == Stage.ACTIVE.value
    mine = storage.roll.c.village.startswith(area, autoescape=True)
    entries = [storage.entry_of(row) for row in await tx.all(select(storage.roll).where(active, mine))]
    return RollTotal(
        households=len(entries),
        persons=sum(entry.persons for entry in entries),
        monthly_fen=sum(entry.monthly_amount_fen + entry.add_on_fen for entry in entries),
    )


async def newest_on_roll(tx: Tx, area: str, limit: int) -> tuple[Recipient, ...]:
    """The last who were enrolled."""
    mine = select(storage.roll).where(storage.roll.c.village.startswith(area, autoescape=True))
    rows = await tx.all(mine.order_by(storage.roll.c.recipient_id.desc()).limit(limit))
    return tuple(_recipient(storage.entry_of(row)) for row in rows)


async def townships_on_roll(tx: Tx, area: str) -> tuple[str, ...]:
    """Townships of an area that have entries."""
    mine = select(storage.roll.c.township).where(storage.roll.c.township.startswith(area, autoescape=True))
    rows = await tx.all(mine.distinct().order_by(storage.roll.c.township))
    return tuple(row.township for row in rows)


async def get_timeline(request: Any, tx: Tx) -> Timeline:
    """The findings of a case in the order they were made."""
    found = tables.findings
    rows = await tx.all(select(found).where(found.c.case_id == request.case_id).order_by(found.c.seq))
    return Timeline(tuple(Entry(row.at, row.article, row.facts.get("text") or row.value) for row in rows))


def page_size(asked: int) -> int:
    """How many lines a page holds; 0 leaves it to us."""
    if asked < 0 or asked > LARGEST_PAGE:
        raise Invalid("page_size", f"每页最多{LARGEST_PAGE}条")
    return asked or USUAL_PAGE


def _recipient(entry: RollEntry) -> Recipient:
    return Recipient(
        recipient_id=entry.recipient_id,
        case_id=entry.case_id,
        household_id=entry.household_id,
        township=entry.township,
        category=entry.category,
        persons=entry.persons,
        monthly_amount_fen=entry.monthly_amount_fen,
        add_on_fen=entry.add_on_fen,
        first_month=str(entry.first_month),
        enrolled_on=entry.enrolled_on,
        stage=entry.stage,
    )
