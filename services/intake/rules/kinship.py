"""Near kin of staff: who stays away, what is registered apart, what was not told (R3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import ClassVar

from services.common.policy.articles import R3_1, R3_2, R3_3, R3_4, R3_5, R3_7, R3_10, R3_11
from services.common.policy.kinship import near_kin
from services.common.policy.law import Finding, Invalid, Refused, rule
from services.common.policy.parameters import Policy
from services.common.policy.roles import AreaLevel, Role, area_level
from services.intake.model.ids import StaffId
from services.intake.model.kinship import KinDeclaration, StaffDeclaration
from services.intake.model.registry import HeldPost, Staff

# Who handles or is in charge of assistance in district and townships (R3.3), and village workers (R3.4).
HANDLING = frozenset(
    {
        Role.TOWNSHIP_HANDLER,
        Role.OFFICE_HEAD,
        Role.DEPUTY_LEADER,
        Role.PRINCIPAL_LEADER,
        Role.FINANCE,
        Role.PETITION_OFFICER,
        Role.ARCHIVIST,
        Role.DISTRICT_HANDLER,
        Role.DISTRICT_LEADER,
    }
)
VILLAGE_WORK = frozenset({Role.GRID_WORKER, Role.LIAISON, Role.VILLAGE_HEAD})


class SurveyorIsKin(Refused):
    """Somebody is sent to his own kin."""

    code: ClassVar[str] = "surveyor-recused"


class SurveyedByKin(Refused):
    """The survey was made by somebody who turned out to be kin; it counts for nothing."""

    code: ClassVar[str] = "surveyed-by-kin"


class NotStaff(Refused):
    """Somebody declares who is no staff in the sense of the regulation."""

    code: ClassVar[str] = "not-staff"


class OwnDeclaration(Refused):
    """Somebody reviews what he declared himself."""

    code: ClassVar[str] = "own-declaration"


class ReviewedFirst(Refused):
    """What township and village staff declare is reviewed by their township before it is filed."""

    code: ClassVar[str] = "reviewed-first"


class ReplacementUnfit(Refused):
    """The replacement is recused himself, or is the one who asked."""

    code: ClassVar[str] = "replacement-unfit"


@rule(R3_3, R3_4)
def covered(posts: Sequence[HeldPost], on: date) -> Finding[bool]:
    """Whether somebody counts as staff that day: who handles or supervises, and who works for a village."""
    held = [post for post in posts if post.holds_on(on)]
    in_village = any(post.role in VILLAGE_WORK for post in held)
    handles = any(post.role in HANDLING for post in held)
    what = "村(居)工作人员" if in_village and not handles else "社会救助经办人员"
    text = f"{on}属于{what}" if handles or in_village else f"{on}不是经办人员或村(居)工作人员"
    return Finding(R3_4 if in_village and not handles else R3_3, handles or in_village, {"text": text})


@rule(R3_10)
def recused_staff(
    declared: Sequence[KinDeclaration],
    members_on_staff: Collection[StaffId],
    policy: Policy,
    on: date,
    *,
    widened: Collection[str] = (),
    asked: Collection[StaffId] = (),
) -> Finding[frozenset[StaffId]]:
    """Staff who live in the household, to whom a near relation is declared, or who asked for it."""
    near = {kin.staff_id for kin in declared if kin.staff_id and is_near(kin, policy, on, widened)}
    recused = frozenset(near | set(members_on_staff) | set(asked))
    who = f"申明近亲属{len(near)}人,家庭成员本人是工作人员{len(members_on_staff)}人"
    if asked:
        who += f",本人申请回避{len(set(asked))}人"
    text = f"须回避的工作人员{len(recused)}人:{who}"
    facts: dict[str, object] = {
        "declared": sorted(near),
        "members": sorted(members_on_staff),
        "asked": sorted(asked),
        "text": text,
    }
    return Finding(R3_10, recused, facts)


@rule(R3_1, R3_5)
def is_near(kin: KinDeclaration, policy: Policy, on: date, widened: Collection[str] = ()) -> bool:
    """Whether the declaration counts: the member is staff, or a near relation of staff."""
    return kin.is_staff or bool(kin.relation and near_kin(kin.relation, policy, on, widened).value)


@rule(R3_1, R3_2)
def kin_declared(
    declared: Sequence[KinDeclaration],
    recused: Collection[str],
    policy: Policy,
    on: date,
    widened: Collection[str] = (),
) -> Finding[bool]:
    """Whether it is registered apart: near kin declared, even where nobody was named, or found by number."""
    apart = bool(recused) or any(is_near(kin, policy, on, widened) for kin in declared)
    text = "存在近亲属关系,单独登记并备案" if apart else "未申明也未比对出近亲属关系"
    return Finding(R3_2, apart, {"declarations": len(declared), "recused": len(recused), "text": text})


@rule(R3_10)
def no_kin_among(surveyors: Collection[StaffId], recused: Collection[str]) -> None:
    """Refuse to send anybody to his own kin."""
    if set(surveyors) & set(recused):
        raise SurveyorIsKin(R3_10, "所派调查人员与该家庭有近亲属关系,应当回避,请改派他人")


@rule(R3_10)
def not_surveyed_by_kin(surveyors: Collection[StaffId], recused: Collection[str]) -> None:
    """A survey by somebody who had to stay away is made again, whenever that came to light."""
    if set(surveyors) & set(recused):
        raise SurveyedByKin(R3_10, "入户调查人员中有人须回避该家庭,该次调查不能作为依据,请另派人员重新调查")


@rule(R3_11)
def undeclared(
    by_household: Sequence[KinDeclaration],
    found: Collection[StaffId],
    staff: Sequence[Staff],
    applied_on: date,
) -> Finding[frozenset[StaffId]]:
    """Kin who were staff on the day of the application and whom the household did not mention."""
    told = {kin.staff_id for kin in by_household}
    nameless = any(not kin.staff_id for kin in by_household)
    were_staff = {one.staff_id for one in staff if covered(one.posts, applied_on).value}
    hidden = frozenset() if nameless else frozenset(set(found) & were_staff - told)
    text = (
        f"申请时未申明近亲属关系,涉及工作人员{len(hidden)}人,重新进行审核"
        if hidden
        else "没有未申明的近亲属关系"
    )
    return Finding(R3_11, hidden, {"staff": sorted(hidden), "text": text})


@rule(R3_5)
def widening(relations: Sequence[str], reason: str, policy: Policy, on: date) -> Finding[tuple[str, ...]]:
    """A township may count more relations than the list, each one known by its word, with its reason."""
    words = tuple(dict.fromkeys(word.strip() for word in relations if word.strip()))
    if not reason.strip():
        raise Invalid("reason", "请写明扩大备案范围的理由")
    for word in words:
        try:
            near_kin(word, policy, on)
        except Invalid as error:
            raise Invalid("relations", error.message) from error
    text = f"自{on}起备案范围扩大到:{'、'.join(words)}" if words else f"自{on}起不再扩大备案范围"
    return Finding(R3_5, words, {"relations": list(words), "reason": reason.strip(), "text": text})


@rule(R3_7)
def may_declare(staff: Staff | None, on: date) -> Finding[str]:
    """Whoever handles assistance or works for a village declares, to the office of his own area."""
    posts = staff.posts if staff else ()
    if not covered(posts, on).value:
        raise NotStaff(R3_7, "只有社会救助经办人员和村(居)工作人员须申报近亲属,您目前没有这类岗位")
    held = [post for post in posts if post.holds_on(on) and post.role in HANDLING | VILLAGE_WORK]
    area = min((post.area for post in held), key=len)
    to = "区民政局社会救助股室" if area_level(area) is AreaLevel.DISTRICT else "所在镇(街、中心)"
    return Finding(R3_7, area, {"area": area, "text": f"{on}向{to}申报近亲属"})


@rule(R3_7)
def may_review(told: StaffDeclaration, actor_id: str) -> None:
    """Nobody reviews or files his own declaration."""
    if told.staff_id == actor_id:
        raise OwnDeclaration(R3_7, "不能审核或备案本人的申报,请由其他负责人办理")


@rule(R3_7)
def may_file(told: StaffDeclaration, actor_id: str) -> None:
    """The district files what the township has reviewed; what its own staff declare it files at once."""
    may_review(told, actor_id)
    if told.reviewed_on is None and not told.of_district:
        raise ReviewedFirst(R3_7, "该申报须先经所在镇(街、中心)审核,再报区民政局备案")


@rule(R3_10)
def replaces(asker: StaffId, replacement: StaffId, recused: Collection[str]) -> Finding[StaffId]:
    """The head names somebody else, who is no kin either."""
    if replacement == asker or replacement in recused:
        raise ReplacementUnfit(R3_10, "接替人员与该家庭有近亲属关系或已申请回避,请另行指定")
    facts = {"asker": asker, "replacement": replacement, "text": "已指定接替人员办理"}
    return Finding(R3_10, replacement, facts)
