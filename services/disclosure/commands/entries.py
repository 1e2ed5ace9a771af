"""Long-term disclosure: assistance stands on the board as long as it lasts, a relief for its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.common.contracts import disclosure
from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.household import Category
from services.common.policy.law import Finding
from services.common.policy.money import Fen
from services.common.policy.publicity import PublicityKind
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.disclosure.model import (
    BoardKind,
    CaseId,
    DecisionId,
    Entry,
    EntryId,
    EntryStage,
    HouseholdId,
    Notice,
    ObjectCategory,
    Publicity,
    ReliefType,
    Withdrawal,
)
from services.disclosure.rules import entries as rules
from services.disclosure.rules import fields, leaks
from services.disclosure.storage import board, publicities


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """Assistance is confirmed: publish it for as long as it lasts."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    decision_id: DecisionId
    category: Category
    insured_person_ids: tuple[str, ...]
    monthly_amount_fen: Fen
    add_on_fen: Fen
    first_month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRelief:
    """A temporary relief was paid: publish it for its display period (R5.3b)."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    decision_id: DecisionId
    village: VillageCode
    residence_village: str
    relief_type: ReliefType
    object_category: ObjectCategory
    head_name: str
    amount_fen: Fen
    granted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry:
    """Persons, category or amount of a listed household are others from a month on."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    change_id: DecisionId
    category: Category
    insured_person_ids: tuple[str, ...]
    monthly_amount_fen: Fen
    add_on_fen: Fen
    first_month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEntries:
    """The household left the roll: what is disclosed of it for long comes down."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireEntry:
    """The display period of a relief has passed."""

    entry_id: EntryId


@action("list-entry")
async def list_entry(cmd: ListEntry, tx: Tx) -> None:
    """One entry per decision, one listed entry per household; Missing until the opinion has told the name."""
    if await board.find_entry(tx, cmd.decision_id):
        return
    opinion = await publicities.load_latest_publicity(tx, cmd.case_id, PublicityKind.INITIAL)
    amount = fields.published_amount(cmd.category, cmd.monthly_amount_fen, cmd.add_on_fen)
    entry = _entry(cmd, cmd.decision_id, opinion, amount.value or Fen(0), tx)
    await _list(entry, _notice(entry, opinion.head_name, amount.value), amount, tx)


@action("change-entry")
async def change_entry(cmd: ChangeEntry, tx: Tx) -> None:
    """The board says what is paid now; a household that is not listed yet waits for its entry."""
    if await board.find_entry(tx, cmd.change_id):
        return
    opinion = await publicities.load_latest_publicity(tx, cmd.case_id, PublicityKind.INITIAL)
    amount = fields.published_amount(cmd.category, cmd.monthly_amount_fen, cmd.add_on_fen)
    entry = _entry(cmd, cmd.change_id, opinion, amount.value or Fen(0), tx)
    await _list(entry, _notice(entry, opinion.head_name, amount.value), amount, tx)


@action("list-relief")
async def list_relief(cmd: ListRelief, tx: Tx) -> None:
    if await board.find_entry(tx, cmd.decision_id):
        return
    name = leaks.publishable_name(cmd.head_name)
    until = rules.relief_shown_until(cmd.granted_on, tx.policy)
    entry = Entry(
        entry_id=EntryId(new_id()),
        decision_id=cmd.decision_id,
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        township=cmd.township,
        village=cmd.village,
        kind=BoardKind.RELIEF,
        stage=EntryStage.LISTED,
        amount_fen=cmd.amount_fen,
        listed_on=tx.today,
        shown_until=until.value,
    )
    notice = Notice(
        entry_id=entry.entry_id,
        kind=BoardKind.RELIEF,
        township=cmd.township,
        village=cmd.village,
        also_in=cmd.residence_village if cmd.residence_village != cmd.village else "",
        head_name=name.value,
        relief_type=cmd.relief_type,
        object_category=cmd.object_category,
        amount_fen=cmd.amount_fen,
        shown_from=tx.today,
        shown_until=until.value,
    )
    await board.add_entry(tx, entry)
    await board.put_notice(tx, notice)
    await tx.record(cmd.case_id, name, until)
    tx.publish(_listed(entry))


@action("end-entries")
async def end_entries(cmd: EndEntries, tx: Tx) -> None:
    """Nothing of an ended household stays in public; a relief it got before keeps its own period."""
    for entry in await board.listed_entries(tx, cmd.household_id):
        await _take_down(entry, EntryStage.TAKEN_DOWN, rules.taken_down(entry, Withdrawal.ENDED), tx)


@action("retire-entry")
async def retire_entry(cmd: RetireEntry, tx: Tx) -> None:
    entry = await board.load_entry(tx, cmd.entry_id)
    if entry.stage is EntryStage.LISTED and entry.shown_until and entry.shown_until < tx.today:
        over = rules.taken_down(entry, Withdrawal.PERIOD_OVER)
        await _take_down(entry, EntryStage.TAKEN_DOWN, over, tx)


async def _list(entry: Entry, notice: Notice, amount: Finding[Fen | None], tx: Tx) -> None:
    for older in await board.listed_entries(tx, entry.household_id):
        await _take_down(older, EntryStage.REPLACED, rules.taken_down(older, Withdrawal.REPLACED), tx)
    await board.add_entry(tx, entry)
    await board.put_notice(tx, notice)
    await tx.record(entry.case_id, amount)
    tx.publish(_listed(entry))


async def _take_down(entry: Entry, stage: EntryStage, why: Finding[Withdrawal], tx: Tx) -> None:
    await board.close_entry(tx, entry, stage)
    await tx.record(entry.case_id, why)
    tx.publish(
        disclosure.EntryWithdrawn(
            entry_id=entry.entry_id,
            case_id=entry.case_id,
            household_id=entry.household_id,
            township=entry.township,
            village=entry.village,
            reason=why.value.value,
            withdrawn_on=tx.today.isoformat(),
        )
    )


def _listed(entry: Entry) -> disclosure.EntryListed:
    return disclosure.EntryListed(
        entry_id=entry.entry_id,
        case_id=entry.case_id,
        household_id=entry.household_id,
        township=entry.township,
        village=entry.village,
        category=entry.category.value if entry.category else "",
        listed_on=entry.listed_on.isoformat(),
        kind=entry.kind.value,
    )


def _entry(
    cmd: ListEntry | ChangeEntry, decision: DecisionId, opinion: Publicity, amount: Fen, tx: Tx
) -> Entry:
    return Entry(
        entry_id=EntryId(new_id()),
        decision_id=decision,
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        township=opinion.township,
        village=opinion.village,
        kind=BoardKind.LONG_TERM,
        stage=EntryStage.LISTED,
        category=cmd.category,
        persons=len(cmd.insured_person_ids),
        amount_fen=amount,
        first_month=cmd.first_month,
        listed_on=tx.today,
    )


def _notice(entry: Entry, head_name: str, amount: Fen | None) -> Notice:
    return Notice(
        entry_id=entry.entry_id,
        kind=BoardKind.LONG_TERM,
        township=entry.township,
        village=entry.village,
        head_name=head_name,
        category=entry.category,
        persons=entry.persons,
        amount_fen=amount,
        shown_from=entry.listed_on,
    )
