"""Two tablets on one household: fields are merged, and a person settles what does not go together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from services.common.forms.answers import Answers
from services.common.policy.law import Conflict, Invalid
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.model.merges import MergeKind
from services.intake.model.registry import Household
from services.intake.model.visits import Visit
from services.intake.rules import merge as rules
from services.intake.storage import merges as storage
from services.intake.storage import registry


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a household lives and how it is reached."""

    compound: str
    address: str
    phone: str

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Contact:
        return cls(values["compound"], values["address"], values["phone"])


async def merge_contact(visit: Visit, answers: Answers, tx: Tx) -> Contact:
    """Compound, address and phone as they are to stand after this visit; clashes wait for a person."""
    brought = {field: answers.text(field).strip() for field in rules.CONTACT}
    known = await registry.find_household(tx, answers.text("household_id"))
    if known is None or known.village != visit.village:
        return Contact.of(brought)
    merged = rules.three_way(visit.base, contact_of(known), brought)
    if merged.clashes:
        content = json.dumps({"clashes": [asdict(one) for one in merged.clashes]}, ensure_ascii=False)
        await storage.open_merge(
            tx,
            MergeKind.HOUSEHOLD,
            visit.visit_id,
            visit.village,
            content,
            content_sha256=visit.content_sha256,
            household_id=known.household_id,
        )
    return Contact.of(merged.values)


async def correct_contact(household_id: str, village: str, contact: Contact, tx: Tx) -> None:
    """Keep the fields where they say something new, of a household of this village in the registry."""
    known = await registry.find_household(tx, household_id)
    if known is not None and known.village == village and Contact.of(contact_of(known)) != contact:
        corrected = replace(known, compound=contact.compound, address=contact.address, phone=contact.phone)
        await registry.save_contact(tx, corrected)


def contact_of(household: Household) -> dict[str, str]:
    """The fields that a visit may correct."""
    return {field: getattr(household, field) for field in rules.CONTACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleMerge:
    """`taken`: fields of a household that stand as the later tablet brought them; `note` says why."""

    merge_task_id: str
    taken: tuple[str, ...] = ()
    note: str = ""


@action("settle-merge")
async def settle_merge(cmd: SettleMerge, tx: Tx) -> None:
    task = await storage.load_merge(tx, cmd.merge_task_id, lock=True)
    if not task.is_open:
        raise Conflict("这项核对已由他人办理")
    if task.kind is MergeKind.HOUSEHOLD:
        outcome = await _settle_household(task.household_id, cmd, tx)
    else:
        if not cmd.note.strip():
            raise Invalid("note", "请写明核对结果，例如：已电话核实，以先到的为准")
        outcome = f"以先到的记录为准：{cmd.note.strip()}"
    await storage.close_merge(tx, cmd.merge_task_id, outcome)


async def _settle_household(household_id: str, cmd: SettleMerge, tx: Tx) -> str:
    clashes = {one["field"]: one for one in (await storage.content_of(tx, cmd.merge_task_id))["clashes"]}
    if unknown := set(cmd.taken) - clashes.keys():
        raise Invalid("taken", f"没有这些待核对的项目：{'、'.join(sorted(unknown))}")
    known = await registry.load_household(tx, household_id)
    chosen = {field: str(clashes[field]["brought"]) for field in cmd.taken}
    await correct_contact(household_id, known.village, Contact.of(contact_of(known) | chosen), tx)
    taken = "、".join(rules.CONTACT[field] for field in rules.CONTACT if field in cmd.taken)
    return f"采用后到的：{taken}" if taken else "全部以先到的为准"
