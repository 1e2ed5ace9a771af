"""Two toy services on the real machine room: `intake` publishes visits, `approval` notes each once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Integer, String, Table, insert, select, update

from services.common.contracts import intake
from services.common.policy.articles import R1_5
from services.common.policy.law import Refused
from services.common.policy.roles import Role
from services.common.runtime.gate import Access, Place, action, acts_of, allow
from services.common.runtime.service import Blueprint, Service
from services.common.runtime.tables import service_metadata
from services.common.runtime.tx import Tx

TOWNSHIP = "140403102"
publisher_metadata = service_metadata()
consumer_metadata = service_metadata()
notes = Table(
    "notes",
    consumer_metadata,
    Column("case_id", String(40), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last_kind", String(80), nullable=False),
)
failing: set[str] = set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """Publish visits of one household."""

    household_id: str
    kinds: tuple[str, ...]
    fail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Note a visit; refused while the case is in `failing`."""

    case_id: str
    kind: str


@action("announce")
async def announce(cmd: Announce, tx: Tx) -> None:
    for kind in cmd.kinds:
        case = f"{cmd.household_id}-case"
        tx.publish(
            intake.VisitRecorded(case_id=case, household_id=cmd.household_id, township=TOWNSHIP, kind=kind)
        )
    if cmd.fail:
        raise Refused(R1_5, "本次不予办理")


@action("note")
async def note(cmd: Note, tx: Tx) -> None:
    if cmd.kind in failing:
        raise RuntimeError("cannot be applied")
    known = await tx.one(select(notes).where(notes.c.case_id == cmd.case_id))
    if known is None:
        await tx.execute(insert(notes).values(case_id=cmd.case_id, times=1, last_kind=cmd.kind))
    else:
        changed = update(notes).where(notes.c.case_id == cmd.case_id)
        await tx.execute(changed.values(times=known.times + 1, last_kind=cmd.kind))


async def on_visit_recorded(event: intake.VisitRecorded, tx: Tx) -> None:
    await tx.perform(Note(case_id=event.case_id, kind=event.kind))


async def locate(_: object, __: Tx) -> Place:
    return Place(area=TOWNSHIP)


async def nobody_recused(_: Tx, __: str) -> frozenset[str]:
    return frozenset()


ACCESS: dict[str, Access] = {"announce": allow(Role.GRID_WORKER, Role.TOWNSHIP_HANDLER), "note": allow()}


def toys() -> tuple[Blueprint, Blueprint]:
    """The publishing and the listening blueprint."""
    import sys

    acts = acts_of(sys.modules[__name__])
    publisher = Blueprint(
        name="intake",
        title="发布",
        metadata=publisher_metadata,
        acts=acts,
        access=ACCESS,
        locate=locate,
        recused=nobody_recused,
    )
    consumer = Blueprint(
        name="approval",
        title="接收",
        metadata=consumer_metadata,
        acts=acts,
        access=ACCESS,
        locate=locate,
        recused=nobody_recused,
        reactions={intake.VisitRecorded: on_visit_recorded},
    )
    return publisher, consumer


async def noted(service: Service) -> dict[str, tuple[int, str]]:
    """Case → how many visits were noted, and the kind of the last."""
    async with service.database.read() as db:
        return {row.case_id: (row.times, row.last_kind) for row in (await db.execute(select(notes))).all()}
