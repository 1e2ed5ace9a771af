"""Publicity of a preliminary opinion: opened, proven place by place, counted, and concluded by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.common.contracts import disclosure
from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.household import Category
from services.common.policy.law import Conflict, Finding
from services.common.policy.publicity import Period, PublicityKind, publicity_period
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.disclosure.model import (
    CaseId,
    Cause,
    HouseholdId,
    PlaceKind,
    Posting,
    PostingId,
    PostingStage,
    Publicity,
    PublicityId,
    Stage,
)
from services.disclosure.rules import fields, leaks
from services.disclosure.rules import publicity as rules
from services.disclosure.rules.notices import notice_of_publicity
from services.disclosure.storage import board, objections, publicities, registry

RUNNING = (Stage.POSTED, Stage.OBJECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPublicity:
    """Make a preliminary opinion public: what R5.2a lists of it, and where."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    village: VillageCode
    compound: str
    revision: int
    category: Category
    head_name: str
    household_size: int
    cause: Cause
    formed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """The photo of a board: who keeps it and its hash."""

    owner: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPosting:
    """A place was posted, and this photo proves it."""

    posting_id: PostingId
    posted_at: datetime
    photo: Photo


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludePublicity:
    """The last day has passed to 24:00."""

    publicity_id: PublicityId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecountPeriod:
    """The holiday notice of the year came: count a provisional period again."""

    publicity_id: PublicityId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChasePosting:
    """The photo of a place is overdue."""

    posting_id: PostingId


@action("open-publicity")
async def open_publicity(cmd: OpenPublicity, tx: Tx) -> None:
    """One publicity per case and revision; a newer revision takes the older off the board."""
    name = leaks.publishable_name(cmd.head_name)
    cause = fields.publishable_cause(cmd.cause, tx.policy, cmd.formed_on)
    await begin(_opened(cmd, name.value, cause.value), (name, cause), tx)


async def begin(opened: Publicity, checked: Sequence[Finding[Any]], tx: Tx) -> None:
    """Open a publicity of any kind: take back the older one, ask for each place to be posted."""
    latest = await publicities.find_latest_publicity(tx, opened.case_id, opened.kind)
    if latest and latest.revision >= opened.revision and opened.round == 1:
        return  # the same opinion again, or one that a newer has overtaken
    places = rules.posting_places(
        opened.kind,
        await _area_name(opened.village, tx),
        compound=opened.compound,
        residence=await _area_name(opened.residence_village, tx)
        or ("居住地" if opened.residence_village else ""),
        institution=opened.institution,
    )
    if latest:
        await withdraw(latest, opened.revision, tx)
    await publicities.add_publicity(tx, opened)
    await tx.record(opened.case_id, *checked, places)
    for place in places.value:
        await _request_posting(opened, place.place, place.name, tx)


async def _area_name(code: str, tx: Tx) -> str:
    area = await registry.find_area(tx, code) if code else None
    return area.name if area else ""


@action("record-posting")
async def record_posting(cmd: RecordPosting, tx: Tx) -> None:
    """Take the proof of one place; with the last of them the period starts."""
    posting = await publicities.load_posting(tx, cmd.posting_id)
    publicity = await publicities.load_publicity(tx, posting.publicity_id)
    if posting.stage is not PostingStage.REQUESTED or publicity.stage is not Stage.AWAITING_POSTING:
        return  # a second photo of the same board, or of a notice that was taken back, changes nothing
    others = [p for p in await publicities.postings_of(tx, publicity.publicity_id) if p != posting]
    proof = rules.proven_by_own_photo(posting, cmd.photo.sha256, others)
    if not proof.value:
        await tx.record(publicity.case_id, proof)
        await publicities.save_posting(tx, replace(posting, stage=PostingStage.REJECTED))
        await _request_posting(publicity, posting.place, posting.place_name, tx)
        return
    day = rules.posting_day(cmd.posted_at, publicity.formed_on, tx.today)
    proven = _proven(posting, cmd, day.value)
    await publicities.save_posting(tx, proven)
    await tx.record(publicity.case_id, proof, day)
    await _start_when_all_are_posted(publicity, [*others, proven], tx)


@action("conclude-publicity")
async def conclude_publicity(cmd: ConcludePublicity, tx: Tx) -> None:
    """End a period that the clock has ended; refused while it runs, whoever asks."""
    publicity = await publicities.load_publicity(tx, cmd.publicity_id)
    over = rules.concluded(publicity, tx.today)
    if await objections.open_of(tx, publicity.publicity_id):
        raise Conflict("还有未答复的异议，公示不能结束")
    await publicities.save_publicity(tx, publicity.moved_to(Stage.CONCLUDED))
    await board.take_notice_down(tx, publicity.publicity_id)
    await tx.record(publicity.case_id, over)
    tx.publish(
        disclosure.PublicityConcluded(
            publicity_id=publicity.publicity_id,
            case_id=publicity.case_id,
            household_id=publicity.household_id,
            township=publicity.township,
            kind=publicity.kind.value,
            revision=publicity.revision,
            concluded_on=over.value.isoformat(),
        )
    )


@action("chase-posting")
async def chase_posting(cmd: ChasePosting, tx: Tx) -> None:
    """Remind of a place whose photo is owed; nothing happens before its term or after its proof."""
    posting = await publicities.load_posting(tx, cmd.posting_id)
    publicity = await publicities.load_publicity(tx, posting.publicity_id)
    if posting.stage is not PostingStage.REQUESTED or posting.asked_on is None:
        return
    again = rules.chased(posting, posting.asked_on, tx.today, tx.calendar, tx.policy)
    if again is None:
        return
    await publicities.save_posting(tx, replace(posting, chased=again.value))
    await tx.record(publicity.case_id, again)
    _announce(publicity, posting, tx)


@action("recount-period")
async def recount_period(cmd: RecountPeriod, tx: Tx) -> None:
    """Count again with the calendar now known; told only if something moved."""
    publicity = await publicities.load_publicity(tx, cmd.publicity_id)
    if publicity.stage not in RUNNING or publicity.posted_on is None:
        return
    period = publicity_period(publicity.kind, publicity.posted_on, tx.calendar, tx.policy)
    if publicity.running(publicity.posted_on, period.value) != publicity:
        await _run(publicity, publicity.posted_on, period, tx)


async def withdraw(older: Publicity, revision: int, tx: Tx) -> None:
    """Take back what no longer holds; a publicity that is over stays as it is."""
    if older.stage in (Stage.CONCLUDED, Stage.WITHDRAWN):
        return
    await publicities.save_publicity(tx, older.moved_to(Stage.WITHDRAWN))
    await board.take_notice_down(tx, older.publicity_id)
    await tx.record(older.case_id, rules.superseded(older, revision))


async def _request_posting(publicity: Publicity, place: PlaceKind, place_name: str, tx: Tx) -> None:
    posting = Posting(
        posting_id=PostingId(new_id()),
        publicity_id=publicity.publicity_id,
        place=place,
        place_name=place_name,
        stage=PostingStage.REQUESTED,
        asked_on=tx.today,
    )
    await publicities.add_posting(tx, posting)
    _announce(publicity, posting, tx)


def _announce(publicity: Publicity, posting: Posting, tx: Tx) -> None:
    """The task for the grid worker; said again, it reminds."""
    tx.publish(
        disclosure.PostingRequested(
            posting_id=posting.posting_id,
            publicity_id=publicity.publicity_id,
            case_id=publicity.case_id,
            household_id=publicity.household_id,
            township=publicity.township,
            village=_where(publicity, posting),
            place=posting.place.value,
            place_name=posting.place_name,
            kind=publicity.kind.value,
        )
    )


async def _start_when_all_are_posted(publicity: Publicity, postings: Sequence[Posting], tx: Tx) -> None:
    posted_on = rules.last_posting(postings)
    if posted_on is not None:
        period = publicity_period(publicity.kind, posted_on, tx.calendar, tx.policy)
        await _run(publicity.moved_to(Stage.POSTED), posted_on, period, tx)


async def _run(publicity: Publicity, posted_on: date, period: Finding[Period], tx: Tx) -> None:
    """Save the counted days, show the notice to the public and tell the other services."""
    running = publicity.running(posted_on, period.value)
    await publicities.save_publicity(tx, running)
    await board.put_notice(tx, notice_of_publicity(running, posted_on))
    await tx.record(publicity.case_id, period)
    tx.publish(_posted(running))


def _where(publicity: Publicity, posting: Posting) -> str:
    """The village whose grid worker posts it."""
    elsewhere = posting.place is PlaceKind.RESIDENCE_BOARD and publicity.residence_village
    return publicity.residence_village if elsewhere else publicity.village


def _opened(cmd: OpenPublicity, head_name: str, cause: Cause) -> Publicity:
    return Publicity(
        publicity_id=PublicityId(new_id()),
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        township=cmd.township,
        village=cmd.village,
        compound=cmd.compound,
        kind=PublicityKind.INITIAL,
        revision=cmd.revision,
        stage=Stage.AWAITING_POSTING,
        head_name=head_name,
        household_size=cmd.household_size,
        cause=cause,
        category=cmd.category,
        formed_on=cmd.formed_on,
    )


def _proven(posting: Posting, cmd: RecordPosting, posted_on: date) -> Posting:
    return replace(
        posting,
        stage=PostingStage.PROVEN,
        posted_at=cmd.posted_at,
        posted_on=posted_on,
        proof_owner=cmd.photo.owner,
        proof_sha256=cmd.photo.sha256,
    )


def _posted(publicity: Publicity) -> disclosure.PublicityPosted:
    return disclosure.PublicityPosted(
        publicity_id=publicity.publicity_id,
        case_id=publicity.case_id,
        household_id=publicity.household_id,
        township=publicity.township,
        kind=publicity.kind.value,
        revision=publicity.revision,
        posted_on=str(publicity.posted_on),
        first_day=str(publicity.first_day),
        ends_on=str(publicity.ends_on),
        decidable_on=str(publicity.decidable_on),
        provisional=publicity.provisional,
    )
