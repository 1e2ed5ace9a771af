"""Papers: issued once and for good, delivered, and their signed copies filed when they come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from services.common.contracts import intake as events
from services.common.papers import issue, ledger
from services.common.papers.ledger import Delivery, IssuedPaper, Scan
from services.common.papers.wording import wording
from services.common.policy.areas import unit
from services.common.policy.articles import R7_3
from services.common.policy.calendar import legal_day
from services.common.policy.law import Conflict, Finding, Forbidden, Invalid
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.paper_facts import told_of
from services.intake.model.case import Case
from services.intake.model.ids import CaseId
from services.intake.model.papers import DeliveryMethod, PaperKind, Sender
from services.intake.rules import papers as rules
from services.intake.storage import cases, registry

WORDINGS = Path(__file__).parents[1] / "papers"
NOT_YOURS = "二维码所指的文书不存在，或者不在您的办理范围，请核对后由有权限的人员归档"
OTHER_WORDS = "二维码与存档文书对不上，可能不是本系统制发的文书，请核对原件"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePaper:
    """Asked again it gives the same paper."""

    case_id: CaseId
    kind: PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverPaper:
    paper_id: str
    method: DeliveryMethod
    delivered_on: date
    receiver: str
    proof_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileScan:
    """One scanned page, already kept; what its code said, or why it has none."""

    scan_id: str
    sha256: str
    page: int
    paper_id: str
    mark: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileScanByHand:
    """Somebody looked at a page that could not file itself and knows the paper's number."""

    scan_id: str
    number: str


@dataclass(frozen=True, slots=True)
class PaperIssued:
    paper_id: str
    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ScanFiled:
    """Where a page went; without a paper it waits on the list, and `problem` says why."""

    scan_id: str
    paper_id: str
    number: str
    problem: str


@action("issue-paper")
async def issue_paper(cmd: IssuePaper, tx: Tx) -> PaperIssued:
    """The paper is made from the case as it stands; its words never change afterwards."""
    known = await ledger.find_for_case(tx, cmd.case_id, cmd.kind)
    if known:
        return PaperIssued(known.paper_id, known.number, known.sha256)
    case = await cases.load_case(tx, cmd.case_id)
    told = await told_of(cmd.kind, case, tx)
    words = rules.words_of(cmd.kind, case, await _sender(case, tx), tx.calendar, tx.policy, told).value
    text = wording(WORDINGS, cmd.kind)
    members = await cases.members_of(tx, case.case_id)
    issued = await issue.issue(
        issue.Draft(
            kind=cmd.kind,
            wording=text.id,
            title=text.title,
            series=text.series,
            addressee=members[0].name,
            blocks=text.fill(words.values, words.lists),
            unit=unit(case.township),
            case_id=case.case_id,
            household_id=case.household_id,
            village=case.village,
            has_slip=text.has_slip,
        ),
        tx,
    )
    said = f"{issued.paper.issued_on}制发{cmd.kind.chinese}（{issued.number}）"
    facts = {"paper_id": issued.paper_id, "sha256": issued.sha256, "text": said}
    await tx.record(case.case_id, Finding(R7_3, issued.number, facts))
    tx.publish(_announced(issued))
    return PaperIssued(issued.paper_id, issued.number, issued.sha256)


@action("deliver-paper")
async def deliver_paper(cmd: DeliverPaper, tx: Tx) -> None:
    """How, when and to whom; said once."""
    issued = await ledger.load_issued(tx, cmd.paper_id)
    before = await ledger.find_delivery(tx, cmd.paper_id)
    if before:
        raise Conflict(f"{issued.number}已于{before.delivered_on}送达，不能重复登记")
    if cmd.proof_sha256 and not await tx.service.documents.has(cmd.proof_sha256):
        raise Invalid("proof_sha256", "没有收到这张送达照片，请先上传照片")
    title = f"{PaperKind(issued.kind).chinese}（{issued.number}）"
    told = rules.delivered(
        cmd.method, cmd.delivered_on, cmd.receiver, legal_day(issued.issued_at), tx.today, title
    )
    await ledger.enter_delivery(
        tx,
        issued,
        Delivery(
            paper_id=issued.paper_id,
            method=cmd.method.value,
            delivered_on=cmd.delivered_on,
            receiver=cmd.receiver.strip(),
            proof_sha256=cmd.proof_sha256,
        ),
    )
    await tx.record(issued.case_id, told)


@action("file-scan")
async def file_scan(cmd: FileScan, tx: Tx) -> ScanFiled:
    """A page whose code is good is filed with its paper; any other one is kept for somebody to look at.

    The same page brought again changes nothing.
    """
    known = await ledger.find_scanned_page(tx, cmd.sha256, cmd.page)
    if known:
        return await _filed(known, tx)
    issued, problem = await _meant(cmd, tx)
    own = tx.actor.posts[0].area if tx.actor.posts else ""
    scan = Scan(
        scan_id=cmd.scan_id,
        township=issued.township if issued else own[:9],
        paper_id=issued.paper_id if issued else "",
        sha256=cmd.sha256,
        page=cmd.page,
        problem=problem,
        scanned_at=tx.now,
        scanned_by=tx.actor.id,
    )
    await ledger.enter_scan(tx, scan)
    if issued:
        await _announce_scan(issued, scan, tx)
    return await _filed(scan, tx)


@action("file-scan-by-hand")
async def file_scan_by_hand(cmd: FileScanByHand, tx: Tx) -> ScanFiled:
    """Who may look at the page still has to be one who may work on the case it is filed with."""
    scan = await ledger.load_scan(tx, cmd.scan_id)
    issued = await paper_numbered(tx, cmd.number)
    if not await _may_file(issued, "file-scan-by-hand", tx):
        raise Forbidden(NOT_YOURS)
    await ledger.file_scan(tx, scan, issued)
    await _announce_scan(issued, scan, tx)
    return ScanFiled(scan.scan_id, issued.paper_id, issued.number, "")


async def paper_numbered(tx: Tx, number: str) -> IssuedPaper:
    """The paper of a number as somebody types it: brackets of any width, spaces anywhere."""
    plain = "".join(number.split()).translate(str.maketrans("[]【】（）()", "〔〕〔〕〔〕〔〕"))
    issued = await ledger.find_by_number(tx, plain)
    if issued is None:
        raise Invalid("number", f"没有文号为“{plain[:40]}”的文书，请照原件核对，例如 马民救受〔2026〕12号")
    return issued


async def _sender(case: Case, tx: Tx) -> Sender:
    """The township that speaks, with whoever handles the case and the phone to ask."""
    handler = await registry.find_staff(tx, case.handler_id or tx.actor.id)
    area = await registry.find_area(tx, case.township)
    phone = (handler.phone if handler else "") or (area.report_phone if area else "")
    return Sender(unit(case.township), handler.name if handler else "", phone)


async def _meant(cmd: FileScan, tx: Tx) -> tuple[IssuedPaper | None, str]:
    """The paper that a code means, or why it may not be filed there by this person."""
    if cmd.problem:
        return None, cmd.problem
    issued = await ledger.find_issued(tx, cmd.paper_id)
    if issued is None or not await _may_file(issued, "file-scan", tx):
        return None, NOT_YOURS
    return (issued, "") if issued.mark == cmd.mark else (None, OTHER_WORDS)


async def _may_file(issued: IssuedPaper, act: str, tx: Tx) -> bool:
    """Whether the case of a paper is the actor's to work on: his area, and no kin of his."""
    roles = tx.service.blueprint.access[act].roles
    kin = await registry.recused_from(tx, issued.household_id)
    return tx.actor.holds(roles, issued.village) and tx.actor.id not in kin


async def _filed(scan: Scan, tx: Tx) -> ScanFiled:
    issued = await ledger.find_issued(tx, scan.paper_id) if scan.paper_id else None
    number = issued.number if issued else ""
    return ScanFiled(scan.scan_id, scan.paper_id, number, "" if issued else scan.problem)


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


async def _announce_scan(issued: IssuedPaper, scan: Scan, tx: Tx) -> None:
    said = f"{PaperKind(issued.kind).chinese}（{issued.number}）的扫描件已归档"
    await tx.record(issued.case_id, Finding(R7_3, scan.scan_id, {"sha256": scan.sha256, "text": said}))
    tx.publish(
        events.PaperScanned(
            scan_id=scan.scan_id,
            paper_id=issued.paper_id,
            case_id=issued.case_id,
            household_id=issued.household_id,
            township=issued.township,
            kind=issued.kind,
            sha256=scan.sha256,
            page=scan.page,
            scanned_on=tx.today.isoformat(),
        )
    )
