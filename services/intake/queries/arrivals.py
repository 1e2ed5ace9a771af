"""What tablets brought that a person has to look at: records side by side, and work in quarantine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.common.forms.document import Element, parse
from services.common.forms.xform import META
from services.common.runtime.tx import Tx
from services.intake.model.merges import MergeKind, MergeTask
from services.intake.model.quarantine import RECORD, HeldWork
from services.intake.rules import merge as rules
from services.intake.storage import devices, merges, quarantine
from services.intake.storage import visits as visit_storage
from services.intake.storage.accounts import name_of
from services.intake.storage.forms import load_form
from services.intake.storage.letters import read_record

LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One work in quarantine as a list shows it."""

    visit_id: str
    device: str
    area: str
    arrived_at: datetime
    photos: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a work in quarantine says, once somebody may look at it."""

    recorded_by: str
    is_draft: bool
    facts: tuple[tuple[str, str], ...]


async def works(tx: Tx, areas: Sequence[str]) -> list[WorkLine]:
    """Works that wait, the oldest first."""
    found = await quarantine.works_in(tx, areas)
    return [await _line(tx, work) for work in found]


async def _line(tx: Tx, work: HeldWork) -> WorkLine:
    device = await devices.load_device(tx, work.device_id)
    photos = sum(part.part != RECORD for part in work.parts)
    return WorkLine(work.visit_id, device.name, work.area, work.arrived_at, photos, bool(work.part(RECORD)))


async def told(tx: Tx, visit_id: str) -> Told:
    """The record of a work, opened; Conflict where it cannot be."""
    record = await read_record(await quarantine.load_work(tx, visit_id), tx)
    who = await name_of(tx, record["recorded_by"])
    if "draft" in record:
        answers: Mapping[str, str] = record["draft"]
        return Told(who, True, tuple((path, str(value)) for path, value in answers.items()))
    envelope = record["envelope"]
    labels = await _labels(tx, str(envelope["form_id"]), str(envelope["form_version"]))
    shown = _answers(str(envelope["instance"]))
    return Told(who, False, tuple((_label(labels, path), value) for path, value in shown.items()))


async def differences(tx: Tx, task: MergeTask) -> list[rules.Clash]:
    """What the two sides of a merge say differently, by the labels that people know."""
    content = await merges.content_of(tx, task.merge_task_id)
    if task.kind is MergeKind.HOUSEHOLD:
        return [rules.Clash(**one) for one in content["clashes"]]
    first_id = task.visit_id if task.kind is MergeKind.CONTENT else str(content["first"])
    first = await visit_storage.load_visit(tx, first_id)
    other = (
        str(content["instance"])
        if task.kind is MergeKind.CONTENT
        else (await visit_storage.load_visit(tx, task.visit_id)).instance
    )
    labels = await _labels(tx, first.form_id, first.form_version)
    found = rules.different(_answers(first.instance), _answers(other))
    return [rules.Clash(_label(labels, one.field), "", one.kept, one.brought) for one in found]


async def _labels(tx: Tx, form_id: str, version: str) -> dict[str, str]:
    form = await load_form(form_id, version, tx)
    prefix = f"{form.root.path}/"
    return {node.path.removeprefix(prefix): node.label for node in form.root.walk() if node.label}


def _label(labels: Mapping[str, str], path: str) -> str:
    """A question as people know it, with the entry of its repeat."""
    bare = "/".join(part.partition("[")[0] for part in path.split("/"))
    number = "".join(f"（{part.partition('[')[2][:-1]}）" for part in path.split("/") if "[" in part)
    return f"{labels.get(bare, bare)}{number}"


def _answers(instance: str) -> dict[str, str]:
    """Every answer of an instance by its path; entries of a repeat are numbered."""
    found: dict[str, str] = {}
    _walk(parse(instance, "instance"), "", found)
    return found


def _walk(element: Element, path: str, found: dict[str, str]) -> None:
    names = [child.name for child in element.children]
    counted: dict[str, int] = {}
    for child in element.children:
        if child.name == META:
            continue
        counted[child.name] = counted.get(child.name, 0) + 1
        repeated = names.count(child.name) > 1
        below = f"{path}{child.name}{f'[{counted[child.name]}]' if repeated else ''}"
        if child.children:
            _walk(child, f"{below}/", found)
        elif child.text.strip():
            found[below] = child.text.strip()[:LONGEST_SHOWN]
