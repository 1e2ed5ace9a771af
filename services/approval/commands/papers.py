"""Papers of approval: notices and forms of a case or a relief, and the minutes that freeze a meeting."""

from __future__ import annotations

from dataclasses import dataclass

from services.approval.model import (
    POST_OF_SEAT,
    CaseId,
    Decision,
    DocketItem,
    MeetingId,
    StaffId,
)
from services.approval.model.papers import PaperKind
from services.approval.rules import papers as rules
from services.approval.storage import decisions, docket, meetings, registry, reliefs
from services.common.contracts import approval as events
from services.common.papers import ledger
from services.common.papers.issue import Draft, issue
from services.common.papers.ledger import IssuedPaper
from services.common.policy.areas import unit
from services.common.policy.calendar import legal_day
from services.common.policy.law import Conflict
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx

FORMS = (PaperKind.FILING_FORM, PaperKind.APPROVAL_FORM)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePaper:
    """Make a paper of a decided case or relief; asked again it gives the same one."""

    case_id: CaseId
    kind: PaperKind
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class PaperMade:
    paper_id: str
    number: str
    sha256: str


@action("issue-paper")
async def issue_paper(cmd: IssuePaper, tx: Tx) -> PaperMade:
    relief = await reliefs.find_relief(tx, cmd.case_id)
    if relief:
        if cmd.kind not in (PaperKind.RELIEF_REFUSAL, PaperKind.APPROVAL_FORM):
            raise Conflict("临时救助事项没有这种文书")
        text = (
            rules.relief_refusal(relief, tx.policy)
            if cmd.kind is PaperKind.RELIEF_REFUSAL
            else rules.relief_form(relief)
        ).value
        return await _made(text, relief.relief_id, relief.household_id, relief.village, relief.township, tx)
    item = await docket.load_item(tx, cmd.case_id)
    decision = await decisions.load_decision(tx, cmd.case_id)
    text = _case_text(cmd, item, decision, tx)
    return await _made(text, item.case_id, item.household_id, item.village, item.township, tx)


def _case_text(cmd: IssuePaper, item: DocketItem, decision: Decision, tx: Tx) -> rules.Text:
    if cmd.kind in FORMS:
        return rules.form(cmd.kind, item, decision).value
    text = rules.notice(item, decision, cmd.addressee, tx.policy).value
    if text.kind is not cmd.kind:
        raise Conflict(f"该案的结果应制发{text.kind.chinese}")
    return text


async def _made(
    text: rules.Text, about: str, household_id: str, village: str, township: str, tx: Tx
) -> PaperMade:
    known = await ledger.find_for_case(tx, about, text.kind.value)
    draft = Draft(
        kind=text.kind.value,
        wording=f"{text.kind.value}/1",
        title=text.title,
        series=text.kind.series,
        addressee=text.addressee,
        blocks=text.blocks,
        unit=unit(township),
        case_id=about,
        household_id=household_id,
        village=village or township,
        has_slip=text.has_slip,
    )
    issued = known or await issue(draft, tx)
    if known is None:
        await tx.record(about, rules.made(text.kind, issued.number, tx.today))
        tx.publish(_announced(issued), stream=household_id or about, subject=about)
    return PaperMade(issued.paper_id, issued.number, issued.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeMinutes:
    """Make the minutes of a meeting; from then on nothing in it changes."""

    meeting_id: MeetingId


@action("make-minutes")
async def make_minutes(cmd: MakeMinutes, tx: Tx) -> PaperMade:
    meeting = await meetings.load_meeting(tx, cmd.meeting_id)
    text = rules.minutes(await held_meeting(cmd.meeting_id, tx)).value
    made = await _made(text, cmd.meeting_id, "", meeting.township, meeting.township, tx)
    await meetings.freeze(tx, cmd.meeting_id, made.paper_id)
    return made


async def held_meeting(meeting_id: MeetingId, tx: Tx) -> rules.Held:
    """Everything that the minutes of a meeting tell."""
    meeting = await meetings.load_meeting(tx, meeting_id)
    roster = await registry.roster_of(tx, meeting.township, legal_day(meeting.starts_at))
    items = [await docket.load_item(tx, case_id) for case_id in meeting.case_ids]
    found = [await decisions.find_decision(tx, item.case_id) for item in items]
    conclusions = await meetings.conclusions_of(tx, meeting_id)
    named = await meetings.substitutes_of(tx, meeting_id)
    posts = {
        StaffId(staff): seat.chinese for seat, role in POST_OF_SEAT.items() for staff in roster.holding(role)
    }
    return rules.Held(
        meeting=meeting,
        attendance=await meetings.attendance_of(tx, meeting_id),
        substitutes={
            one.staff_id: f"指定替补（应到人员{one.ground.chinese}：{one.reason}）" for one in named
        },
        items=tuple(items),
        votes=await meetings.votes_of(tx, meeting_id),
        conclusions={str(one): said for one, said in conclusions.items()},
        decisions={one.case_id: one for one in found if one and one.meeting_id == meeting_id},
        recused={item.case_id: await registry.recused_from(tx, item.household_id) for item in items},
        posts=posts,
    )


def _announced(issued: IssuedPaper) -> events.PaperIssued:
    return events.PaperIssued(
        paper_id=issued.paper_id,
        case_id=issued.case_id,
        household_id=issued.household_id,
        township=issued.township,
        kind=issued.kind,
        number=issued.number,
        sha256=issued.sha256,
        issued_on=issued.paper.issued_on.isoformat(),
    )
