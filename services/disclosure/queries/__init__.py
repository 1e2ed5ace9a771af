"""What disclosure can be asked: a case's publicity and timeline, and the public board of an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from services.common.contracts import disclosure
from services.common.policy.areas import DISTRICT, UNITS, unit
from services.common.policy.law import Missing
from services.common.policy.publicity import PublicityKind
from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime import tables
from services.common.runtime.tx import Tx
from services.disclosure.model import (
    Area,
    BoardKind,
    CaseId,
    Notice,
    Posting,
    PostingStage,
    Publicity,
    Shelf,
    Stage,
)
from services.disclosure.rules.fields import PublishedField, published_fields
from services.disclosure.rules.wording import chinese_day, quarters_used, time_left
from services.disclosure.storage import board, publicities, registry

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class PublicityView:
    """A publicity as staff and other services read it."""

    publicity_id: str
    case_id: str
    kind: PublicityKind
    stage: Stage
    revision: int
    posted_on: date | None
    first_day: date | None
    ends_on: date | None
    decidable_on: date | None
    provisional: bool
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class PublicityAnswer:
    """The answer to GetPublicity."""

    publicity: PublicityView


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One finding with its article."""

    at: datetime
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class TimelineAnswer:
    """The answer to GetTimeline."""

    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class BoardEntry:
    """One notice with exactly its published fields; the words about time are for the page."""

    entry_id: str
    kind: BoardKind
    fields: tuple[PublishedField, ...]
    ends_on: date | None = None
    until: str = ""
    left: str = ""
    quarters: int = 0
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class BoardAnswer:
    """The answer to ListBoard."""

    entries: tuple[BoardEntry, ...]


@dataclass(frozen=True, slots=True)
class VillageLine:
    """A village in the list of a township: how many notices are due there."""

    code: str
    name: str
    initial: int


@dataclass(frozen=True, slots=True)
class TownshipLine:
    """A township in the list of the district."""

    code: str
    name: str
    villages: tuple[VillageLine, ...]


@dataclass(frozen=True, slots=True)
class BoardHead:
    """Whose board it is and how many notices each of its lists holds."""

    code: str
    name: str
    township: str
    township_name: str
    body: str
    report_phone: str
    initial: int
    long_term: int
    today: date


async def get_publicity(request: disclosure.GetPublicityRequest, tx: Tx) -> PublicityAnswer:
    """The publicity of a case's newest opinion, without postings whose photo was rejected."""
    found = await publicities.load_latest_publicity(tx, CaseId(request.case_id))
    postings = await publicities.postings_of(tx, found.publicity_id)
    hanging = tuple(posting for posting in postings if posting.stage is not PostingStage.REJECTED)
    return PublicityAnswer(_view(found, hanging))


async def get_timeline(request: disclosure.GetTimelineRequest, tx: Tx) -> TimelineAnswer:
    found = tables.findings
    mine = select(found).where(found.c.case_id == request.case_id).order_by(found.c.seq)
    return TimelineAnswer(
        tuple(
            TimelineEntry(row.at, row.article, str(row.facts.get("text") or row.value))
            for row in await tx.all(mine)
        )
    )


async def list_board(request: disclosure.ListBoardRequest, tx: Tx) -> BoardAnswer:
    """Both lists of a board: what is in its publicity period, then what is disclosed for long."""
    head = await board_head(tx, request.area)
    return BoardAnswer(await both_lists(tx, head.code))


async def both_lists(tx: Tx, area: str) -> tuple[BoardEntry, ...]:
    """Every notice that is due on a board today."""
    current = await board_entries(tx, area, Shelf.CURRENT)
    return (*current, *await board_entries(tx, area, Shelf.LONG_TERM))


async def board_head(tx: Tx, area: str) -> BoardHead:
    """The board of a village or a township; Missing for any other code."""
    area_level(area)  # refuses what is no code at all
    around = await registry.areas_around(tx, area)
    name = _name(area, around)
    township = unit(area)
    return BoardHead(
        code=area,
        name=name,
        township=township.code,
        township_name=_name(township.code, around),
        body=township.body,
        report_phone=_phone(area, around),
        initial=await board.count_notices(tx, area, Shelf.CURRENT, tx.today),
        long_term=await board.count_notices(tx, area, Shelf.LONG_TERM, tx.today),
        today=tx.today,
    )


async def board_entries(
    tx: Tx, area: str, shelf: Shelf, *, limit: int | None = None, offset: int = 0
) -> tuple[BoardEntry, ...]:
    """The notices of one list that are due today.

    Initial publicity hangs in the village and the compound (R5.2a), so a township's own board has none.
    """
    if shelf is Shelf.CURRENT and area_level(area) is not AreaLevel.VILLAGE:
        return ()
    found = await board.notices(tx, area, shelf, tx.today, limit=limit, offset=offset)
    around = await registry.areas_around(tx, area)
    return tuple(_entry(notice, _phone(notice.village, around), tx.today) for notice in found)


async def area_phone(area: str, tx: Tx) -> str:
    """The 监督举报电话 that is printed for an area."""
    return _phone(area, await registry.areas_around(tx, area))


async def public_entry(entry_id: str, tx: Tx) -> tuple[BoardEntry, str] | None:
    """One notice that hangs today and the code of its village; None once it is down."""
    notice = await board.find_notice(tx, entry_id)
    if (
        notice is None
        or notice.shown_from > tx.today
        or (notice.shown_until and notice.shown_until < tx.today)
    ):
        return None
    return _entry(notice, await area_phone(notice.village, tx), tx.today), notice.village


async def lobby_entries(tx: Tx, township: str) -> tuple[tuple[str, BoardEntry], ...]:
    """What may be objected to in a township, with the name of its village, what ends first on top."""
    around = await registry.areas_around(tx, township)
    found = await board.notices(tx, township, Shelf.CURRENT, tx.today)
    ordered = sorted(found, key=lambda notice: (notice.shown_until or tx.today, notice.village))
    return tuple(
        (
            around[notice.village].name if notice.village in around else "",
            _entry(notice, _phone(notice.village, around), tx.today),
        )
        for notice in ordered
    )


async def villages_of(tx: Tx, township: str) -> tuple[VillageLine, ...]:
    """The villages of a township, each with the number of notices in their publicity period."""
    around = await registry.areas_around(tx, township)
    due = await board.count_by_village(tx, township, Shelf.CURRENT, tx.today)
    return _villages(township, around, due)


async def townships(tx: Tx) -> tuple[TownshipLine, ...]:
    """Every township-level unit of the district with the villages that are registered."""
    around = await registry.areas_around(tx, DISTRICT.code)
    due = await board.count_by_village(tx, DISTRICT.code, Shelf.CURRENT, tx.today)
    return tuple(
        TownshipLine(each.code, _name(each.code, around), _villages(each.code, around, due)) for each in UNITS
    )


def _villages(township: str, around: Mapping[str, Area], due: Mapping[str, int]) -> tuple[VillageLine, ...]:
    codes = [code for code in around if code.startswith(township) and len(code) > len(township)]
    return tuple(VillageLine(code, around[code].name, due.get(code, 0)) for code in sorted(codes))


def _name(area: str, around: Mapping[str, Area]) -> str:
    """The registered name; a township-level unit has one even before intake told of it."""
    if area in around and area_level(area) is not AreaLevel.DISTRICT:
        return around[area].name
    if area_level(area) is AreaLevel.TOWNSHIP:
        return unit(area).name
    raise Missing("这个镇、街(中心)或村(居)的公示栏")


def _phone(area: str, around: Mapping[str, Area]) -> str:
    """The 监督举报电话 of the area itself, or else of the township or the district above it."""
    for code in (area, area[:9], area[:6]):
        if code in around and around[code].report_phone:
            return around[code].report_phone
    return ""


def _entry(notice: Notice, phone: str, today: date) -> BoardEntry:
    fields = published_fields(notice, phone)
    ends_on = notice.shown_until
    if ends_on is None or notice.kind in Shelf.LONG_TERM.kinds:
        return BoardEntry(notice.entry_id, notice.kind, fields)
    return BoardEntry(
        notice.entry_id,
        notice.kind,
        fields,
        ends_on,
        f"{chinese_day(ends_on)} 24 时止",
        time_left(today, ends_on),
        quarters_used(today, notice.shown_from, ends_on),
        notice.provisional,
    )


def _view(publicity: Publicity, postings: Sequence[Posting]) -> PublicityView:
    return PublicityView(
        publicity.publicity_id,
        publicity.case_id,
        publicity.kind,
        publicity.stage,
        publicity.revision,
        publicity.posted_on,
        publicity.first_day,
        publicity.ends_on,
        publicity.decidable_on,
        publicity.provisional,
        tuple(postings),
    )
