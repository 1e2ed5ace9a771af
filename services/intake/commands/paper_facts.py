"""What papers say that the case alone does not hold: kin among staff, what a report found, why more time."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from services.common.papers.paper import chinese_day
from services.common.policy.areas import unit
from services.common.policy.household import HouseholdFacts
from services.common.policy.identity import Sex
from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime.tx import Tx
from services.intake.model.case import Case, CaseMember
from services.intake.model.clock import DECISION
from services.intake.model.ids import StaffId
from services.intake.model.kinship import KinDeclaration
from services.intake.model.papers import PaperKind, Words
from services.intake.rules import verification as verification_rules
from services.intake.storage import cases, kin_register, kinship, means, registry

NOTHING = Words({}, {})
NOT_NAMED = "未写明姓名（申请人申明有近亲属）"


async def told_of(kind: PaperKind, case: Case, tx: Tx) -> Words:
    """The facts for that kind; nothing for the kinds that need no more than the case."""
    gather = _GATHER.get(kind)
    return await gather(case, tx) if gather else NOTHING


async def _kin(case: Case, tx: Tx) -> Words:
    entry = await kin_register.find_entry(tx, case.case_id)
    if entry is None:
        return NOTHING
    household = await registry.load_household(tx, case.household_id)
    members = await cases.members_of(tx, case.case_id)
    head = members[0]
    told = await kinship.declarations_of(tx, case.household_id)
    by_staff = await kinship.declared_by_staff(tx, case.household_id)
    relations = [f"{_name_in(members, one.person_id)}{_related(one)}" for one in (*told, *by_staff)]
    recused = await registry.recused_from(tx, case.household_id)
    names = [await _named(StaffId(one), tx) for one in sorted(recused)]
    return Words(
        {
            "staff": "；".join([await _described(one, tx) for one in entry.staff_ids]) or NOT_NAMED,
            "head": head.name,
            "sex": Sex(await registry.sex_of(tx, head.person_id)).chinese,
            "born": chinese_day(head.born_on),
            "id_masked": head.id_masked,
            "address": household.address or "—",
            "relation": "；".join(relations) or "家庭成员本人是工作人员",
            "size": str(sum(member.counted for member in members)),
            "how": _how(by_household=bool(told), by_staff=bool(by_staff), late=entry.late),
            "recused": "、".join(names) or "—",
        },
        {},
    )


def _related(one: KinDeclaration) -> str:
    return "本人是工作人员" if one.is_staff else f"是工作人员的{one.relation}"


def _how(*, by_household: bool, by_staff: bool, late: bool) -> str:
    said = [
        *(["申请人声明"] if by_household else []),
        *(["工作人员申报"] if by_staff else []),
    ] or ["系统比对发现"]
    return "、".join(said) + ("（受理后发现，已补登）" if late else "")


def _name_in(members: tuple[CaseMember, ...], person_id: str) -> str:
    return next((member.name for member in members if member.person_id == person_id), "")


async def _named(staff_id: StaffId, tx: Tx) -> str:
    staff = await registry.find_staff(tx, staff_id)
    return staff.name if staff else staff_id


async def _described(staff_id: StaffId, tx: Tx) -> str:
    """Name, unit and post, as the form asks for them."""
    staff = await registry.find_staff(tx, staff_id)
    if staff is None:
        return staff_id
    held = [post for post in staff.posts if post.holds_on(tx.today)]
    posts = [f"{await _unit_name(post.area, tx)}{post.role.chinese}" for post in held]
    return f"{staff.name}（{'、'.join(posts)}）" if posts else staff.name


async def _unit_name(area: str, tx: Tx) -> str:
    if area_level(area) is AreaLevel.DISTRICT:
        return ""
    known = await registry.find_area(tx, area)
    return known.name if known else unit(area).name


async def _report(case: Case, tx: Tx) -> Words:
    report = await means.latest_verification(tx, case.case_id)
    survey = await means.latest_survey(tx, case.case_id)
    if report is None or report.returned_on is None or survey is None:
        return NOTHING
    compared = verification_rules.compare(report.facts, HouseholdFacts.from_json(json.loads(survey.facts)))
    found = compared.facts["differences"]
    return Words({}, {"differences": tuple(map(str, found)) if isinstance(found, list) else ()})


async def _ground(case: Case, tx: Tx) -> Words:
    clock = await cases.find_clock(tx, case.case_id, DECISION)
    return Words({"ground": clock.ground}, {}) if clock and clock.ground else NOTHING


_GATHER: dict[PaperKind, Callable[[Case, Tx], Awaitable[Words]]] = {
    PaperKind.KIN_FORM: _kin,
    PaperKind.VERIFICATION: _report,
    PaperKind.EXTENSION: _ground,
}
