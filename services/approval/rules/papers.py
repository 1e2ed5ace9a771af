"""What the papers of approval say, and when each may be made (R4.7, R4.10, R9.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.approval.model import (
    Attendance,
    Choice,
    Conclusion,
    Decision,
    DocketItem,
    Meeting,
    Next,
    Outcome,
    Relief,
    ReliefStage,
    Seat,
    StaffId,
    Vote,
)
from services.approval.model.papers import PaperKind
from services.common.papers.paper import (
    Block,
    Grid,
    Paragraph,
    Rows,
    Run,
    Signatures,
    chinese_day,
    inert,
)
from services.common.policy.areas import DISTRICT, unit
from services.common.policy.articles import R4_4, R4_7, R4_10, R9_4
from services.common.policy.calendar import SHANGHAI
from services.common.policy.law import Conflict, Finding, Invalid, rule
from services.common.policy.money import yuan
from services.common.policy.parameters import Policy

SIGN_HERE = ("主要领导", "分管领导", "民政办负责人", "承办人")


@dataclass(frozen=True, slots=True)
class Text:
    """A paper before it is numbered."""

    kind: PaperKind
    title: str
    addressee: str
    blocks: tuple[Block, ...]
    has_slip: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A meeting as it was held: everything its minutes tell."""

    meeting: Meeting
    attendance: tuple[Attendance, ...]
    substitutes: Mapping[StaffId, str]
    items: tuple[DocketItem, ...]
    votes: tuple[Vote, ...]
    conclusions: Mapping[str, Conclusion]
    decisions: Mapping[str, Decision]
    recused: Mapping[str, frozenset[StaffId]]
    posts: Mapping[StaffId, str]

    @property
    def by_seat(self) -> list[Attendance]:
        """Who signed in, in the order of the seats."""
        return sorted(self.attendance, key=lambda one: list(Seat).index(one.seat))

    def name(self, staff_id: StaffId) -> str:
        """As signed; who never signed in is called by the post."""
        signed = next((one.signed_as for one in self.attendance if one.staff_id == staff_id), "")
        return signed or self.posts.get(staff_id, "工作人员")


@rule(R4_7)
def notice(item: DocketItem, decision: Decision, addressee: str, policy: Policy) -> Finding[Text]:
    """The written result: for a refusal its reason, the law, and the right to review and to sue."""
    if decision.awaits_district:
        raise Conflict("区民政局尚未审批，不能制发结果通知")
    if decision.refused_on is None:
        return Finding(R4_7, _confirmation(item, decision, addressee), {})
    return Finding(R4_7, _refusal(item, decision, addressee, policy), {})


def _confirmation(item: DocketItem, decision: Decision, addressee: str) -> Text:
    rows = [
        ("保障类别", decision.category.chinese),
        ("保障人口", f"{decision.persons}人"),
        ("保障金额", f"每月{yuan(decision.monthly_amount_fen)}元"),
    ]
    if decision.tier:
        rows.append(("救助档次", decision.tier))
    if decision.add_on_fen:
        rows.append(("分类施保", f"每月{yuan(decision.add_on_fen)}元"))
    if decision.first_month:
        rows.append(("执行时间", f"自{decision.first_month.chinese}起"))
    on = chinese_day(decision.decided_on)
    start = f"你家的{decision.category.chinese}申请，经{on}审核确认会集体研究，予以确认："
    duty = "家庭人口、收入、财产发生变化的，请及时告知，每月10日为主动申报日。"
    blocks: tuple[Block, ...] = (_par(start), Rows(tuple(rows)), _par(duty))
    return Text(PaperKind.CONFIRMATION, "社会救助确认通知书", _to(item, addressee), blocks, has_slip=True)


def _refusal(item: DocketItem, decision: Decision, addressee: str, policy: Policy) -> Text:
    on = decision.refused_on or decision.decided_on
    days, months = policy.int("notice.review_days", on), policy.int("notice.lawsuit_months", on)
    reason = decision.district_reason or decision.reason
    body = DISTRICT.bureau if decision.district_outcome is Outcome.REFUSE else "审核确认会"
    blocks: tuple[Block, ...] = (
        _par(f"你家的{item.category.chinese}申请，经{body}{chinese_day(on)}研究，**决定不予确认**。"),
        Rows((("理由", inert(reason)), ("依据", "最低生活保障审核确认办法第二十一条、集体审批制度第7条"))),
        _par(
            f"对本决定不服的，可以自收到之日起**{days}日**内向{DISTRICT.name}人民政府申请行政复议，"
            f"或者自知道之日起**{months}个月**内向人民法院提起行政诉讼。"
        ),
        _par("家庭情况发生变化、符合条件的，可以随时重新提出申请。"),
    )
    return Text(PaperKind.REFUSAL, "社会救助不予确认告知书", _to(item, addressee), blocks, has_slip=True)


@rule(R4_10)
def form(kind: PaperKind, item: DocketItem, decision: Decision) -> Finding[Text]:
    """The result that is filed with the district, or the form that goes up; leaders sign by hand."""
    filed = kind is PaperKind.FILING_FORM
    wanted = Next.FILING if filed else Next.DISTRICT_APPROVAL
    if decision.next is not wanted:
        raise Conflict("该案的结果不需要这份表，请核对保障类别")
    district = ("区民政局", "备案日期、经办人：" if filed else "审批意见：                （盖章）")
    rows = (
        ("申请人（户主）", item.head_name or "—"),
        ("申请类别", decision.category.chinese),
        ("家庭人口", f"{item.household_size}人，其中保障人口{decision.persons}人"),
        ("保障金额", f"每月{yuan(decision.monthly_amount_fen)}元，分类施保{yuan(decision.add_on_fen)}元"),
        ("审核确认意见", f"{chinese_day(decision.decided_on)}集体研究，{decision.outcome.chinese}"),
        ("执行起始月", decision.first_month.chinese if decision.first_month else "区民政局审批后确定"),
        ("理由", inert(decision.reason) or "—"),
        district,
    )
    title = (
        f"{decision.category.chinese}申请审核确认（认定）结果"
        if filed
        else f"{decision.category.chinese}申请审核确认（认定）表"
    )
    return Finding(R4_10, Text(kind, title, "", (Rows(rows), Signatures(SIGN_HERE)), has_slip=False), {})


@rule(R4_10)
def relief_form(relief: Relief) -> Finding[Text]:
    """The form of a temporary relief that goes up to the district."""
    rows = (
        ("救助对象（户主）", relief.head_name),
        ("救助类型", relief.kind.chinese),
        ("对象类别", relief.object_category.chinese),
        ("救助原因", relief.cause.chinese),
        ("拟救助金额", f"{yuan(relief.amount_fen)}元"),
        ("公示", f"到{relief.ends_on} 24时，无异议" if relief.ends_on else "急难型，先行救助"),
        ("区民政局", "审批意见：                （盖章）"),
    )
    blocks: tuple[Block, ...] = (Rows(rows), Signatures(SIGN_HERE))
    return Finding(
        R4_10,
        Text(PaperKind.APPROVAL_FORM, "临时救助申请审核确认（认定）表", "", blocks, has_slip=False),
        {},
    )


@rule(R9_4)
def relief_refusal(relief: Relief, policy: Policy) -> Finding[Text]:
    """Why there is no relief, what the policy is, and what can be done."""
    if relief.stage is not ReliefStage.REFUSED or relief.refused_on is None:
        raise Conflict("该救助事项没有作出不予批准的决定，不能制发告知书")
    days = policy.int("notice.review_days", relief.refused_on)
    blocks: tuple[Block, ...] = (
        _par(
            f"你家的{relief.kind.chinese}临时救助申请，经{chinese_day(relief.refused_on)}研究，**不予批准**。"
        ),
        Rows((("理由", inert(relief.reason)), ("依据", "《急难社会救助事项临时救助制度》第4条"))),
        _par(f"对本决定不服的，可以自收到之日起**{days}日**内向{DISTRICT.name}人民政府申请行政复议。"),
        _par("临时救助用于突发急难和超出承受能力的必要支出；情况变化的，可以随时重新提出申请。"),
    )
    title = "不予临时救助告知书"
    return Finding(R9_4, Text(PaperKind.RELIEF_REFUSAL, title, relief.head_name, blocks, has_slip=True), {})


@rule(R4_4, R4_10)
def minutes(held: Held) -> Finding[Text]:
    """The minutes: who sat where, who was recused, each vote and dissent, each conclusion with its reason."""
    meeting = held.meeting
    open_items = [item for item in held.items if item.case_id not in held.conclusions]
    if open_items:
        raise Conflict(f"还有{len(open_items)}项议题没有结论，全部审议完才能生成会议记录")
    starts = meeting.starts_at.astimezone(SHANGHAI)
    rows = [
        ("时间", f"{chinese_day(starts.date())} {starts:%H:%M}"),
        ("地点", inert(meeting.place)),
        ("主持人", _chair(held)),
    ]
    if meeting.delegated_to:
        rows.append(("委托理由", inert(meeting.delegation_reason)))
    blocks: list[Block] = [Rows(tuple(rows)), _seats(held)]
    for number, item in enumerate(held.items, 1):
        blocks += _item(held, number, item)
    signed = tuple(f"{one.seat.chinese} {held.name(one.staff_id)}" for one in held.by_seat)
    blocks.append(Signatures(signed))
    title = f"{unit(meeting.township).name}{meeting.kind.chinese}记录"
    return Finding(R4_10, Text(PaperKind.MINUTES, title, "", tuple(blocks), has_slip=False), {})


def _chair(held: Held) -> str:
    chairs = {one.concluded_by for one in held.conclusions.values()}
    how = "（受主要领导委托）" if held.meeting.delegated_to else ""
    return "、".join(held.name(one) for one in sorted(chairs)) + how


def _seats(held: Held) -> Grid:
    rows = []
    for one in held.by_seat:
        as_ = "本人" if one.by_post else held.substitutes.get(one.staff_id, "替补（应到人员须回避或空缺）")
        rows.append((one.seat.chinese, held.name(one.staff_id), f"{_at(one)}签到，{as_}"))
    return Grid(("席位", "姓名", "签到"), tuple(rows))


def _at(one: Attendance) -> str:
    return f"{one.signed_at.astimezone(SHANGHAI):%H:%M}"


def _item(held: Held, number: int, item: DocketItem) -> list[Block]:
    who = item.head_name or f"案号{item.case_id.replace('-', '')[-6:].upper()}"
    blocks: list[Block] = [_par(f"**议题{number}　{who}：{item.category.chinese}，{item.household_size}人**")]
    recused = held.recused.get(item.case_id, frozenset())
    present = {one.staff_id for one in held.attendance}
    here = [held.name(one) for one in recused if one in present]
    elsewhere = [f"{held.posts[one]}（未到会）" for one in recused - present if one in held.posts]
    away = sorted(here) + sorted(elsewhere)
    if away:
        blocks.append(_par(f"回避：{'、'.join(away)}，未参加本项审议和表决。"))
    votes = [one for one in held.votes if one.case_id == item.case_id and one.staff_id not in recused]
    if votes:
        rows = tuple(
            (
                held.name(one.staff_id),
                "同意" if one.vote is Choice.FOR else "不同意",
                inert(one.dissent) or "—",
            )
            for one in votes
        )
        blocks.append(Grid(("姓名", "意见", "不同意见（原文）"), rows))
        in_favour = sum(one.vote is Choice.FOR for one in votes)
        blocks.append(_par(f"表决：同意{in_favour}票，不同意{len(votes) - in_favour}票。"))
    blocks.append(_par(f"**结论：{_concluded(held, item)}**"))
    return blocks


def _concluded(held: Held, item: DocketItem) -> str:
    conclusion = held.conclusions[item.case_id]
    decision = held.decisions.get(item.case_id)
    text = conclusion.outcome.chinese
    if conclusion.outcome is Outcome.CONFIRM and decision:
        text += f"{decision.category.chinese}，保障{decision.persons}人"
        text += f"，每月{yuan(decision.monthly_amount_fen)}元"
        if decision.add_on_fen:
            text += f"，分类施保每月{yuan(decision.add_on_fen)}元"
        if decision.first_month:
            text += f"，自{decision.first_month.chinese}起执行"
        if decision.next is Next.DISTRICT_APPROVAL:
            text += "，报区民政局审批"
    return text + (f"。理由：{inert(conclusion.reason)}" if conclusion.reason else "")


def _to(item: DocketItem, addressee: str) -> str:
    name = addressee.strip() or item.head_name
    if not name:
        raise Invalid("addressee", "请填写申请人姓名")
    return name


def _par(text: str) -> Paragraph:
    """Pieces between double stars are strong; the pieces themselves are plain text."""
    pieces = text.split("**")
    return Paragraph(tuple(Run(piece, strong=at % 2 == 1) for at, piece in enumerate(pieces) if piece))


@rule(R4_10)
def made(kind: PaperKind, number: str, on: date) -> Finding[str]:
    """What stands in the timeline of a case: the paper, its number and day."""
    return Finding(R4_10, number, {"kind": kind.value, "text": f"{on}制发{kind.chinese}（{number}）"})
