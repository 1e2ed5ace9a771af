"""Objections: registered with a number, investigated by two, answered; each stops its case until then."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from datetime import date

from services.common.contracts import disclosure
from services.common.policy.law import Invalid
from services.common.policy.roles import Role
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.disclosure.commands.publicity import begin
from services.disclosure.model import (
    Entry,
    Objection,
    ObjectionAbout,
    ObjectionId,
    ObjectionOutcome,
    ObjectionStage,
    ObjectionWay,
    Publicity,
    PublicityId,
    StaffId,
    Stage,
)
from services.disclosure.rules import leaks
from services.disclosure.rules import objections as rules
from services.disclosure.storage import board, objections, publicities, registry

# Signs that nobody mistakes for another when read aloud or from paper.
RECEIPT_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RECEIPT_LENGTH = 8
LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseObjection:
    """Somebody objects to a notice: by the page, or told to the office, with a name or without."""

    objection_id: ObjectionId
    notice_id: str
    way: ObjectionWay
    words: str
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the objector takes away."""

    receipt_no: str
    about: ObjectionAbout
    answer_due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigateObjection:
    """Two or more went and looked again."""

    objection_id: ObjectionId
    investigators: tuple[StaffId, ...]
    investigated_on: date
    investigation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerObjection:
    """The answer, readable by whoever holds the receipt number."""

    objection_id: ObjectionId
    outcome: ObjectionOutcome
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRepeatedObjection:
    """The same again without new facts: closed with the reason."""

    objection_id: ObjectionId
    reason: str


@action("raise-objection")
async def raise_objection(cmd: RaiseObjection, tx: Tx) -> Receipt:
    """One objection per id: sent again it gives the same receipt."""
    known = await objections.find_objection(tx, cmd.objection_id)
    if known:
        return Receipt(known.receipt_no, known.about, known.answer_due_on)
    words = cmd.words.strip()
    if not 2 <= len(words) <= LONGEST_WORDS:
        raise Invalid("words", f"请写明有什么不同意见，2到{LONGEST_WORDS}个字")
    if all(post.role is Role.PUBLIC for post in tx.actor.posts) and cmd.way is not ObjectionWay.PAGE:
        raise Invalid("way", "网页提出的异议只能登记为网页")
    notice = await notice_of(cmd.notice_id, tx)
    if isinstance(notice, Publicity):
        return await _object(cmd, words, notice, tx)
    about = rules.reported(notice.kind)
    objection = _raised(cmd, words, notice, about.value, None, tx)
    return await _report(objection, tx)


@action("investigate-objection")
async def investigate_objection(cmd: InvestigateObjection, tx: Tx) -> None:
    objection = await objections.load_objection(tx, cmd.objection_id)
    if not cmd.investigation.strip():
        raise Invalid("investigation", "请写明调查的经过和结果")
    if not objection.raised_on <= cmd.investigated_on <= tx.today:
        raise Invalid("investigated_on", f"调查日期应在{objection.raised_on}至{tx.today}之间")
    barred = await registry.recused_staff(tx, objection.household_id)
    looked = rules.may_investigate(cmd.investigators, barred, tx.policy, tx.today)
    sealed = tx.service.sealer.seal(
        cmd.investigation.strip(), _place("investigation", objection.objection_id)
    )
    done = replace(
        objection.moved_to(ObjectionStage.INVESTIGATED),
        investigators=tuple(dict.fromkeys(cmd.investigators)),
        investigated_on=cmd.investigated_on,
        investigation=sealed,
    )
    await objections.save_objection(tx, done)
    await tx.record(objection.case_id, looked)


@action("answer-objection")
async def answer_objection(cmd: AnswerObjection, tx: Tx) -> None:
    """Answer what was investigated, and let the case go on as the law says."""
    objection = await objections.load_objection(tx, cmd.objection_id)
    if cmd.outcome is ObjectionOutcome.REPEATED:
        raise Invalid("outcome", "重复异议请按重复异议结案，写明理由")
    if objection.stage is ObjectionStage.RAISED:
        raise Invalid("objection_id", "请先登记调查情况，再答复")
    await _answer(objection, cmd.outcome, cmd.answer, tx)


@action("close-repeated-objection")
async def close_repeated_objection(cmd: CloseRepeatedObjection, tx: Tx) -> None:
    objection = await objections.load_objection(tx, cmd.objection_id)
    earlier = await objections.objections_of_case(tx, objection.case_id)
    closed = rules.repeated(objection, earlier, cmd.reason)
    await tx.record(objection.case_id, closed)
    await _answer(objection, ObjectionOutcome.REPEATED, closed.value, tx)


async def notice_of(notice_id: str, tx: Tx) -> Publicity | Entry:
    """What is objected to: a publicity or an entry; Missing for anything else."""
    found = await publicities.find_publicity(tx, PublicityId(notice_id))
    return found or await board.load_entry(tx, notice_id)


async def _object(cmd: RaiseObjection, words: str, publicity: Publicity, tx: Tx) -> Receipt:
    about = rules.objected_to(publicity, tx.today)
    if about.value is not ObjectionAbout.PUBLICITY:
        return await _report(_raised(cmd, words, publicity, about.value, None, tx), tx)
    due = rules.answer_due(tx.today, tx.calendar, tx.policy)
    objection = _raised(cmd, words, publicity, about.value, due.value.day, tx)
    if publicity.stage is Stage.POSTED:
        await publicities.save_publicity(tx, publicity.moved_to(Stage.OBJECTED))
    await objections.add_objection(tx, objection)
    await tx.record(objection.case_id, about, due)
    tx.publish(
        disclosure.ObjectionRaised(
            objection_id=objection.objection_id,
            case_id=objection.case_id,
            household_id=objection.household_id,
            township=objection.township,
            village=objection.village,
            publicity_id=publicity.publicity_id,
            kind=publicity.kind.value,
            revision=publicity.revision,
            receipt_no=objection.receipt_no,
            way=objection.way.value,
            anonymous=objection.anonymous,
            raised_on=objection.raised_on.isoformat(),
            answer_due_on=due.value.day.isoformat(),
        )
    )
    return Receipt(objection.receipt_no, objection.about, objection.answer_due_on)


async def _report(objection: Objection, tx: Tx) -> Receipt:
    """It came too late to stop anything: intake's ledger takes it up."""
    await objections.add_objection(tx, objection.moved_to(ObjectionStage.REPORTED))
    tx.publish(
        disclosure.PublicReportReceived(
            report_id=objection.objection_id,
            case_id=objection.case_id,
            household_id=objection.household_id,
            township=objection.township,
            village=objection.village,
            receipt_no=objection.receipt_no,
            way=objection.way.value,
            anonymous=objection.anonymous,
            received_on=objection.raised_on.isoformat(),
            about=objection.about.value,
        )
    )
    return Receipt(objection.receipt_no, objection.about, None)


async def _answer(objection: Objection, outcome: ObjectionOutcome, answer: str, tx: Tx) -> None:
    publicity = await publicities.load_publicity(tx, PublicityId(objection.notice_id))
    checked = leaks.publishable_text("答复", answer.strip(), allowed=await registry.known_phones(tx))
    if not checked.value:
        raise Invalid("answer", "请写明答复")
    answered = replace(
        objection.moved_to(ObjectionStage.ANSWERED),
        outcome=outcome,
        answer=checked.value,
        answered_on=tx.today,
        answered_by=tx.actor.signature,
    )
    await objections.save_objection(tx, answered)
    others = await objections.open_of(tx, publicity.publicity_id)
    # Once an objection to it was right, the publicity waits for the new opinion, whatever the others were.
    right = outcome is ObjectionOutcome.UPHELD or await _was_right(objection, tx)
    follows = rules.what_follows(ObjectionOutcome.UPHELD if right else outcome, others, tx.policy, tx.today)
    await tx.record(objection.case_id, follows)
    await _go_on(publicity, follows.value, tx)
    tx.publish(
        disclosure.ObjectionAnswered(
            objection_id=objection.objection_id,
            case_id=objection.case_id,
            household_id=objection.household_id,
            township=objection.township,
            publicity_id=publicity.publicity_id,
            kind=publicity.kind.value,
            revision=publicity.revision,
            outcome=outcome.value,
            answered_on=tx.today.isoformat(),
            then=follows.value,
        )
    )


async def _was_right(objection: Objection, tx: Tx) -> bool:
    of_case = await objections.objections_of_case(tx, objection.case_id)
    return any(
        one.notice_id == objection.notice_id and one.outcome is ObjectionOutcome.UPHELD for one in of_case
    )


async def _go_on(publicity: Publicity, then: str, tx: Tx) -> None:
    """Let the period run on, or post the same again; a publicity that was withdrawn meanwhile stays so."""
    if publicity.stage is not Stage.OBJECTED:
        return
    if then == "resumed":
        await publicities.save_publicity(tx, publicity.moved_to(Stage.POSTED))
    elif then == "republished":
        fresh = replace(
            publicity,
            publicity_id=PublicityId(new_id()),
            stage=Stage.AWAITING_POSTING,
            round=publicity.round + 1,
            formed_on=tx.today,
            posted_on=None,
            first_day=None,
            ends_on=None,
            decidable_on=None,
            provisional=False,
            version=0,
        )
        await begin(fresh, (), tx)


def words_of(objection: Objection, tx: Tx) -> dict[str, str]:
    """What was said and by whom, opened for somebody who works on it."""
    told: dict[str, str] = json.loads(
        tx.service.sealer.open(objection.words, _place("words", objection.objection_id))
    )
    return told


def investigation_of(objection: Objection, tx: Tx) -> str:
    if objection.investigation is None:
        return ""
    return tx.service.sealer.open(objection.investigation, _place("investigation", objection.objection_id))


def _raised(
    cmd: RaiseObjection,
    words: str,
    notice: Publicity | Entry,
    about: ObjectionAbout,
    due_on: date | None,
    tx: Tx,
) -> Objection:
    told = json.dumps(
        {"words": words, "name": cmd.name.strip(), "contact": cmd.contact.strip()}, ensure_ascii=False
    )
    return Objection(
        objection_id=cmd.objection_id,
        township=notice.township,
        village=notice.village,
        receipt_no=_receipt_no(tx.today),
        about=about,
        notice_id=notice.publicity_id if isinstance(notice, Publicity) else notice.entry_id,
        case_id=notice.case_id,
        household_id=notice.household_id,
        way=cmd.way,
        anonymous=not cmd.name.strip(),
        words=tx.service.sealer.seal(told, _place("words", cmd.objection_id)),
        stage=ObjectionStage.RAISED,
        raised_at=tx.now,
        raised_on=tx.today,
        answer_due_on=due_on,
    )


def _receipt_no(today: date) -> str:
    """Nobody guesses another's number: it opens what became of the objection."""
    return f"YY{today:%y%m%d}-{''.join(secrets.choice(RECEIPT_SIGNS) for _ in range(RECEIPT_LENGTH))}"


def _place(column: str, objection_id: str) -> str:
    return f"objections|{column}|{objection_id}"
