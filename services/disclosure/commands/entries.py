"""Long-term disclosure: who receives assistance stands on the board as long as it lasts."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.contracts import disclosure
from services.common.policy.areas import TownshipCode
from services.common.policy.household import Category
from services.common.policy.money import Fen
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
    Publicity,
)
from services.disclosure.rules import fields
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


@action("list-entry")
async def list_entry(cmd: ListEntry, tx: Tx) -> None:
    """One entry per decision, one listed entry per household; Missing until the opinion has told the name."""
    if await board.find_entry(tx, cmd.decision_id):
        return
    opinion = await publicities.load_latest_publicity(tx, cmd.case_id)
    amount = fields.published_amount(cmd.category, cmd.monthly_amount_fen, cmd.add_on_fen)
    for older in await board.listed_entries(tx, cmd.household_id):
        await board.replace_entry(tx, older)
    entry = _entry(cmd, opinion, amount.value or Fen(0), tx)
    await board.add_entry(tx, entry)
    await board.put_notice(tx, _notice(entry, opinion.head_name, amount.value))
    await tx.record(cmd.case_id, amount)
    tx.publish(
        disclosure.EntryListed(
            entry_id=entry.entry_id,
            case_id=entry.case_id,
            household_id=entry.household_id,
            township=entry.township,
            village=entry.village,
            category=entry.category.value,
            listed_on=entry.listed_on.isoformat(),
        )
    )


def _entry(cmd: ListEntry, opinion: Publicity, amount: Fen, tx: Tx) -> Entry:
    return Entry(
        entry_id=EntryId(new_id()),
        decision_id=cmd.decision_id,
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        township=opinion.township,
        village=opinion.village,
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
