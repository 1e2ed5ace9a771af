"""What the office works through: open cases, how far each has come, and what is to be done next by whom."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, ColumnElement, or_, select

from services.common.papers.ledger import issued_papers
from services.common.policy.household import HouseholdFacts
from services.common.runtime.actor import Actor
from services.common.runtime.gate import Access
from services.common.runtime.tx import Tx
from services.intake.model.case import OPEN, Stage
from services.intake.model.registry import HeldPost
from services.intake.queries.cases import CaseView, cases_with_clock, may_see_names, view_of
from services.intake.rules.reexamination import JUDGED
from services.intake.rules.verification import compare
from services.intake.storage import means
from services.intake.storage.case_tables import cases, clocks, opinions, survey_orders, surveys, verifications
from services.intake.storage.kin_tables import kin_entries, reexaminations
from services.intake.storage.registry_tables import areas, households, persons, posts, recusals, staff

LARGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been done on an accepted case."""

    asked_on: date | None = None
    report_no: str = ""
    survey_ordered: bool = False
    surveyed_on: date | None = None
    ineligible: bool = False
    disputed: bool = False
    anew: bool = False
    kin: bool = False
    papers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done: `act` is the form that does it, empty while others are at work."""

    text: str
    whose: str
    act: str = ""


OFFICE = "镇经办人"
_BY_STAGE = {
    Stage.RECEIVED: NextStep("受理申请", OFFICE, "accept"),
    Stage.OPINION_FORMED: NextStep("等公示张贴并拍照", "网格员"),
    Stage.IN_PUBLICITY: NextStep("等公示期满", "系统（期满自动结束）"),
    Stage.PUBLICITY_CONCLUDED: NextStep("提交审核确认会", OFFICE, "meeting"),
}


def next_step(stage: Stage, progress: Progress) -> NextStep:
    """The one thing that moves the case on."""
    if stage in JUDGED and progress.anew:
        return NextStep("重新审核：重新调查核对后作出结论", OFFICE, "survey")
    if stage is Stage.OPINION_FORMED and progress.ineligible:
        return NextStep("不符合条件，提交审核确认会", OFFICE, "meeting")
    if stage is not Stage.ACCEPTED:
        return _BY_STAGE.get(stage, NextStep("已办结", ""))
    if progress.asked_on is None:
        return NextStep("提请经济状况核对", OFFICE, "verify")
    if not progress.survey_ordered:
        return NextStep("安排入户调查", OFFICE, "survey")
    if progress.surveyed_on is None:
        return NextStep("等入户调查", "调查人员")
    if not progress.report_no:
        return NextStep("等核对报告", "省核对平台")
    return NextStep("提出初审意见", OFFICE, "opinion")


async def open_cases(tx: Tx, areas_held: Collection[str]) -> list[CaseView]:
    """Open cases of the areas, what is due first on top; those of the reader's kin are left out."""
    kin = select(recusals.c.household_id).where(recusals.c.staff_id == tx.actor.id)
    here = or_(*(cases.c.village.startswith(area, autoescape=True) for area in areas_held))
    wanted = (
        cases_with_clock()
        .where(here, cases.c.stage.in_(OPEN), cases.c.household_id.not_in(kin))
        .order_by(clocks.c.due_on.is_(None), clocks.c.due_on, cases.c.received_on, cases.c.case_id)
        .limit(LARGEST_LIST)
    )
    return [view_of(row, tx) for row in await tx.all(wanted)]


async def progress_of(tx: Tx, case_ids: Collection[str]) -> Mapping[str, Progress]:
    """How far accepted cases have come, in four questions whatever their number."""
    ids = list(case_ids)
    asked: dict[str, tuple[date, str]] = {}
    newest = select(verifications).where(verifications.c.case_id.in_(ids))
    for row in await tx.all(newest.order_by(verifications.c.verification_id)):
        asked[row.case_id] = (row.requested_on, row.report_no)
    ordered = await _column(tx, survey_orders.c.case_id, ids)
    surveyed: dict[str, date] = {
        row.case_id: row.visited_on
        for row in await tx.all(
            select(surveys.c.case_id, surveys.c.visited_on)
            .where(surveys.c.case_id.in_(ids))
            .order_by(surveys.c.visited_on)
        )
    }
    newest_opinion = select(opinions.c.case_id, opinions.c.eligible).where(opinions.c.case_id.in_(ids))
    eligible: dict[str, bool] = {
        row.case_id: row.eligible for row in await tx.all(newest_opinion.order_by(opinions.c.revision))
    }
    # Comparing a report with a survey is for the page of one case; lists do not ask.
    disputed = await _disputed(tx, ids) if len(ids) == 1 else set()
    anew = await _column(tx, reexaminations.c.case_id, ids, reexaminations.c.concluded_on.is_(None))
    kin = await _column(tx, kin_entries.c.case_id, ids)
    papers: dict[str, set[str]] = {}
    issued = select(issued_papers.c.case_id, issued_papers.c.kind).where(issued_papers.c.case_id.in_(ids))
    for row in await tx.all(issued):
        papers.setdefault(row.case_id, set()).add(row.kind)
    return {
        case_id: Progress(
            asked_on=asked[case_id][0] if case_id in asked else None,
            report_no=asked[case_id][1] if case_id in asked else "",
            survey_ordered=case_id in ordered,
            surveyed_on=surveyed.get(case_id),
            ineligible=not eligible.get(case_id, True),
            disputed=case_id in disputed,
            anew=case_id in anew,
            kin=case_id in kin,
            papers=frozenset(papers.get(case_id, ())),
        )
        for case_id in ids
    }


async def _column(tx: Tx, column: Column[str], ids: Sequence[str], *where: ColumnElement[bool]) -> set[str]:
    return {row[0] for row in await tx.all(select(column).where(column.in_(ids), *where).distinct())}


async def _disputed(tx: Tx, ids: Sequence[str]) -> set[str]:
    """Cases whose newest report, come back, differs from the newest survey."""
    found = set()
    for case_id in ids:
        report = await means.latest_verification(tx, case_id)
        survey = await means.latest_survey(tx, case_id) if report and report.returned_on else None
        if report and survey:
            facts = HouseholdFacts.from_json(json.loads(survey.facts))
            if not compare(report.facts, facts).value:
                found.add(case_id)
    return found


async def area_names(tx: Tx, prefix: str) -> Mapping[str, str]:
    """Names of the registered areas from `prefix` down, by code."""
    here = select(areas.c.code, areas.c.name).where(areas.c.code.startswith(prefix, autoescape=True))
    return {row.code: row.name for row in await tx.all(here.order_by(areas.c.code))}


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a post that reaches a village."""

    staff_id: str
    name: str
    posts: tuple[HeldPost, ...]


async def staff_around(tx: Tx, village: str, on: date) -> list[Colleague]:
    """Staff of the township and of the village itself, with the posts they hold there that day."""
    here = posts.c.area.in_([village[:9], village])
    rows = await tx.all(
        select(staff.c.name, posts)
        .join(posts, posts.c.staff_id == staff.c.staff_id)
        .where(here, posts.c.from_on <= on, or_(posts.c.to_on.is_(None), posts.c.to_on >= on))
        .order_by(posts.c.area, posts.c.role, staff.c.staff_id)
    )
    found: dict[str, Colleague] = {}
    for row in rows:
        held = HeldPost(row.role, row.area, row.from_on, row.to_on)
        before = found.get(row.staff_id, Colleague(row.staff_id, row.name, ()))
        found[row.staff_id] = Colleague(row.staff_id, row.name, (*before.posts, held))
    return list(found.values())


async def names_of(tx: Tx, ids: Sequence[str], actor: Actor, access: Access) -> Mapping[str, str]:
    """Names behind ids that other services' pages show: staff, and heads of cases the reader may list."""
    known = await tx.all(select(staff.c.staff_id, staff.c.name).where(staff.c.staff_id.in_(ids)))
    found: dict[str, str] = {row.staff_id: row.name for row in known}
    held = [post.area for post in actor.posts if post.role in access.roles]
    if not held or not may_see_names(actor):
        return found
    kin = select(recusals.c.household_id).where(recusals.c.staff_id == actor.id)
    wanted = (
        select(cases.c.case_id, cases.c.village, persons.c.name, areas.c.name.label("village_name"))
        .join(households, households.c.household_id == cases.c.household_id)
        .join(persons, persons.c.person_id == households.c.head_person_id)
        .outerjoin(areas, areas.c.code == cases.c.village)
        .where(
            cases.c.case_id.in_(ids),
            cases.c.household_id.not_in(kin),
            or_(*(cases.c.village.startswith(area, autoescape=True) for area in held)),
        )
    )
    for row in await tx.all(wanted):
        found[row.case_id] = f"{row.name} {row.village_name or ''}".strip()
    return found
