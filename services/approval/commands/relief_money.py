"""The money of a relief: paid from the fund or from elsewhere, returned, always as two entries."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.approval.commands import announce_relief as announce
from services.approval.model import (
    Instalment,
    Payee,
    ReliefId,
    ReturnReason,
    Source,
    Transfer,
    TransferKind,
)
from services.approval.rules import relief as rules
from services.approval.rules import reserve_fund as fund_rules
from services.approval.storage import fund, reliefs
from services.common.policy.articles import R9_1, R9_2
from services.common.policy.law import Finding, Missing
from services.common.policy.money import Fen, yuan
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx

NOTHING = Fen(0)


async def draw(one: Instalment, tx: Tx) -> None:
    """Pay an instalment from its source. An empty fund refuses, and names what can be done instead."""
    source = one.source or Source.FUND
    rules.source_named(source, one.source_note)
    kind = TransferKind.GRANT if source is Source.FUND else TransferKind.OTHER_GRANT
    moved = await fund.book(
        tx,
        Transfer(
            transfer_id=new_id(),
            township=one.township,
            kind=kind,
            amount_fen=one.amount_fen,
            made_on=tx.today,
            made_by=tx.actor.id,
            relief_id=one.relief_id,
            instalment=one.number,
            note=f"{source.chinese} {one.source_note}".strip(),
        ),
    )
    if not moved:
        raise fund_rules.empty(await fund.balance(tx, one.township), one.amount_fen)
    await reliefs.save_instalment(tx, replace(one, paid_on=tx.today, returned_fen=NOTHING))
    text = f"第{one.number}阶段{yuan(one.amount_fen)}元，来源：{source.chinese}"
    facts: dict[str, object] = {"source": source.value, "number": one.number, "text": text}
    await tx.record(one.relief_id, Finding(R9_1 if source is not Source.FUND else R9_2, "paid", facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRelief:
    """A stage of a granted relief is paid."""

    relief_id: ReliefId
    number: int
    source: Source | None = None
    source_note: str = ""
    payee: Payee | None = None
    consent_no: str = ""


@action("pay-relief")
async def pay_relief(cmd: PayRelief, tx: Tx) -> None:
    relief = await reliefs.lock_relief(tx, cmd.relief_id)
    plan = await reliefs.instalments_of(tx, cmd.relief_id)
    one = _numbered(plan, cmd.number)
    payee = cmd.payee or Payee.RECIPIENT
    rules.payable(relief, one, payee, cmd.consent_no, tx.today)
    is_first = all(stage.paid_on is None for stage in plan)
    await draw(
        replace(
            one,
            source=cmd.source or Source.FUND,
            source_note=cmd.source_note.strip(),
            payee=payee,
            consent_no=cmd.consent_no.strip(),
        ),
        tx,
    )
    if is_first:
        tx.publish(announce.granted(relief, tx.today))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnRelief:
    """Money of a stage came back: to the fund it was paid from, or to its other source."""

    relief_id: ReliefId
    number: int
    amount_fen: Fen
    reason: ReturnReason


@action("return-relief")
async def return_relief(cmd: ReturnRelief, tx: Tx) -> None:
    relief = await reliefs.lock_relief(tx, cmd.relief_id)
    one = _numbered(await reliefs.instalments_of(tx, cmd.relief_id), cmd.number)
    back = rules.returned(one, cmd.amount_fen)
    from_fund = one.source is Source.FUND
    await fund.book(
        tx,
        Transfer(
            transfer_id=new_id(),
            township=relief.township,
            kind=TransferKind.RETURN if from_fund else TransferKind.OTHER_RETURN,
            amount_fen=cmd.amount_fen,
            made_on=tx.today,
            made_by=tx.actor.id,
            relief_id=relief.relief_id,
            instalment=one.number,
            note=cmd.reason.chinese,
        ),
    )
    await reliefs.save_instalment(tx, replace(one, returned_fen=Fen(one.returned_fen + cmd.amount_fen)))
    text = f"{back.facts['text']}，原因：{cmd.reason.chinese}"
    await tx.record(relief.relief_id, replace(back, facts={**back.facts, "text": text}))


def _numbered(plan: list[Instalment], number: int) -> Instalment:
    found = next((one for one in plan if one.number == number), None)
    if found is None:
        raise Missing("这一阶段的救助金")
    return found
