"""What a tablet fetches: households, tasks and forms of its person's villages, and only what changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import func, select

from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime.tx import Tx
from services.intake.queries.field import FormLine, forms, task_line
from services.intake.rules import pull as rules
from services.intake.storage import changes
from services.intake.storage import tasks as task_storage
from services.intake.storage.changes import Change
from services.intake.storage.registry_tables import areas, household_members, households, persons, recusals
from services.intake.storage.visit_tables import task_assignees, tasks


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a stream as it is now; without content it is no longer there for this person."""

    stream: str
    kind: str
    key: str
    content: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Village:
    """A village that the tablet carries."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer; with `more` there is another one to fetch. Streams not named are dropped by the tablet."""

    cursor: str
    more: bool
    streams: tuple[str, ...]
    villages: tuple[Village, ...]
    left_out: tuple[Village, ...]
    items: tuple[Item, ...]
    forms: tuple[FormLine, ...]
    policy_revision: int
    server_time: str


async def page(tx: Tx, cursor: str, limit: int) -> Page:
    """What is new for the actor beyond the cursor, at most `limit` things."""
    names = await _villages(tx)
    carried = rules.carried(await _households_in(tx, names))
    streams = (*carried.villages, changes.of_staff(tx.actor.id))
    before = rules.read_cursor(cursor)
    seen = {stream: before.get(stream, 0) for stream in streams}
    most = max(1, min(limit, rules.MOST_ITEMS))
    found = await changes.since(tx, seen, most + 1)
    for change in found[:most]:
        seen[change.stream] = change.version
    return Page(
        cursor=rules.write_cursor(seen),
        more=len(found) > most,
        streams=streams,
        villages=tuple(Village(code, names[code]) for code in carried.villages),
        left_out=tuple(Village(code, names[code]) for code in carried.left_out),
        items=await _items(tx, found[:most]),
        forms=tuple(await forms(tx)),
        policy_revision=tx.policy.revision,
        server_time=tx.now.isoformat(),
    )


async def _villages(tx: Tx) -> dict[str, str]:
    """Names of the villages in which the actor works in the field."""
    held = rules.field_areas(tx.actor.posts)
    found: dict[str, str] = {}
    for area in held:
        wanted = select(areas.c.code, areas.c.name).where(areas.c.code.startswith(area, autoescape=True))
        for row in await tx.all(wanted):
            if area_level(row.code) is AreaLevel.VILLAGE:
                found[row.code] = row.name
    return found


async def _households_in(tx: Tx, villages: Collection[str]) -> dict[str, int]:
    counted = select(households.c.village, func.count().label("counted")).where(
        households.c.village.in_(villages)
    )
    rows = await tx.all(counted.group_by(households.c.village))
    return dict.fromkeys(villages, 0) | {row.village: row.counted for row in rows}


async def _items(tx: Tx, found: Collection[Change]) -> tuple[Item, ...]:
    lines = {
        changes.HOUSEHOLD: await _households(tx, [one.key for one in found if one.kind == changes.HOUSEHOLD]),
        changes.TASK: await _tasks(tx, [one.key for one in found if one.kind == changes.TASK]),
    }
    return tuple(
        Item(one.stream, one.kind, one.key, lines[one.kind].get((one.stream, one.key))) for one in found
    )


Lines = dict[tuple[str, str], Mapping[str, object]]


async def _tasks(tx: Tx, keys: Collection[str]) -> Lines:
    """Open tasks by the stream they are in; never those of kin (R3.10)."""
    if not keys:
        return {}
    shunned = await _kin(tx)
    lines: Lines = {}
    for task in await task_storage.tasks_of(tx, list(keys)):
        if task.is_open and task.household_id not in shunned:
            streams = [changes.of_staff(one) for one in task.assignees] or [task.village]
            lines |= {(stream, task.task_id): asdict(task_line(task)) for stream in streams}
    return lines


async def _households(tx: Tx, keys: Collection[str]) -> Lines:
    """Households by the stream they are in: their village, and the actor's own where a task leads there."""
    if not keys:
        return {}
    shunned = await _kin(tx)
    own = changes.of_staff(tx.actor.id)
    led_to = await _led_to(tx, keys)
    members = await _members(tx, keys)
    lines: Lines = {}
    for row in await tx.all(select(households).where(households.c.household_id.in_(keys))):
        if row.household_id in shunned:
            continue
        here = members.get(row.household_id, [])
        head = next((one["name"] for one in here if one["person_id"] == row.head_person_id), "")
        line = {
            "household_id": row.household_id,
            "village": row.village,
            "compound": row.compound,
            "address": row.address,
            "phone": row.phone,
            "head": head,
            "members": here,
            "version": row.version,
        }
        lines[row.village, row.household_id] = line
        if row.household_id in led_to:
            lines[own, row.household_id] = line
    return lines


async def _members(tx: Tx, keys: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """Who lives where; of an ID number only what may be shown."""
    at = persons.c
    wanted = (
        select(household_members, at.name, at.born_on, at.sex, at.id_masked)
        .join(persons, at.person_id == household_members.c.person_id)
        .where(household_members.c.household_id.in_(keys))
        .order_by(household_members.c.household_id, at.born_on, at.person_id)
    )
    found: dict[str, list[dict[str, str]]] = {}
    for row in await tx.all(wanted):
        found.setdefault(row.household_id, []).append(
            {
                "person_id": row.person_id,
                "name": row.name,
                "relation": row.relation,
                "born_on": row.born_on.isoformat(),
                "sex": row.sex,
                "id_masked": row.id_masked,
            }
        )
    return found


async def _led_to(tx: Tx, keys: Collection[str]) -> set[str]:
    """Households to which an open task sends the actor."""
    wanted = (
        select(tasks.c.household_id)
        .join(task_assignees, task_assignees.c.task_id == tasks.c.task_id)
        .where(
            task_assignees.c.staff_id == tx.actor.id,
            tasks.c.closed_at.is_(None),
            tasks.c.household_id.in_(keys),
        )
    )
    return {row.household_id for row in await tx.all(wanted)}


async def _kin(tx: Tx) -> set[str]:
    wanted = select(recusals.c.household_id).where(recusals.c.staff_id == tx.actor.id)
    return {row.household_id for row in await tx.all(wanted)}
