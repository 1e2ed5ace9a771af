"""What must be known, studied and trained each year, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.common.policy.articles import R5_1, R10_1, R10_2, R10_3, R10_4
from services.common.policy.law import Finding, Refused, rule
from services.disclosure.model.outreach import Activity, Channel, Document, Study, Training, TrainingLevel

PUBLISHING = frozenset({Channel.WEBSITE, Channel.MICRO_POWER, Channel.BOARD, Channel.PAGE})
SHORTEST_FINDINGS = 10


class NothingFound(Refused):
    """A study without findings is none."""

    code: ClassVar[str] = "study-without-findings"


class NotYetHeld(Refused):
    """Nobody attends a training that is not today's."""

    code: ClassVar[str] = "training-not-today"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is owed this year."""

    article: str
    text: str


@rule(R10_1, R5_1)
def made_known(activity: Activity) -> Finding[str]:
    """By which channel, with how much material, reaching how many; on boards and platforms with the proof."""
    text = (
        f"{activity.held_on}以{activity.channel.chinese}宣传：材料{activity.copies}份，覆盖{activity.reach}人"
    )
    article = R5_1 if activity.channel in PUBLISHING and activity.proof else R10_1
    return Finding(article, activity.channel.value, {"reach": activity.reach, "text": text})


@rule(R10_2)
def in_force(document: Document, on: date) -> bool:
    """Whether a version is the law of that day, as far as its own dates say."""
    return document.valid_from <= on and (document.valid_until is None or on <= document.valid_until)


@rule(R10_2)
def current(documents: Iterable[Document], on: date) -> list[Document]:
    """Of each document the newest version that is in force; older ones stay in the library."""
    newest: dict[str, Document] = {}
    for document in sorted(documents, key=lambda one: one.version):
        if in_force(document, on):
            newest[document.document_id] = document
    return sorted(newest.values(), key=lambda one: (one.kind.value, one.title))


@rule(R10_3)
def studied(study: Study) -> Finding[str]:
    """A field study is recorded with what was found."""
    if len(study.findings.strip()) < SHORTEST_FINDINGS:
        raise NothingFound(R10_3, "调研须写明发现的问题和建议，不能只登记去过")
    return Finding(R10_3, study.topic, {"text": f"{study.held_on}到{study.place}调研：{study.topic}"})


@rule(R10_4)
def may_attend(training: Training, today: date) -> Finding[date]:
    """People sign in on the day of the training."""
    if today != (training.held_on or training.planned_on):
        raise NotYetHeld(R10_4, f"培训安排在{training.held_on or training.planned_on}，当天才能签到")
    return Finding(R10_4, today, {"text": f"参加培训“{training.title}”"})


@rule(R10_1, R10_3, R10_4)
def missing_this_year(
    area_name: str,
    level: TrainingLevel,
    year: int,
    trainings: Sequence[Training],
    activities: Sequence[Activity],
    studies: Sequence[Study],
) -> list[Missing]:
    """At least one training a year of each district and township; publicity and study as well."""
    owed = []
    held = [one for one in trainings if one.held_on and one.held_on.year == year and one.level is level]
    if not held:
        planned = [one for one in trainings if one.planned_on.year == year and one.level is level]
        when = f"，计划在{planned[0].planned_on}" if planned else "，还没有计划"
        owed.append(Missing(R10_4.id, f"{area_name}{year}年还没有举办{level.chinese}培训{when}"))
    if not [one for one in activities if one.held_on.year == year]:
        owed.append(Missing(R10_1.id, f"{area_name}{year}年还没有政策宣传记录"))
    if not [one for one in studies if one.held_on.year == year]:
        owed.append(Missing(R10_3.id, f"{area_name}{year}年还没有调研记录"))
    return owed
