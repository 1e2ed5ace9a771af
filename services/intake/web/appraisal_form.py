"""The appraisal as a form types it: names line by line, turned into the command's people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.common.policy.law import Invalid
from services.intake.commands.appraisals import RecordAppraisal
from services.intake.model.appraisal import AppraisalPart, Appraiser
from services.intake.model.ids import CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalSheet:
    """What the form holds; `command` is what is carried out."""

    appraisal_id: str
    case_id: CaseId
    held_on: date
    place: str
    chair: str
    delegates: tuple[str, ...]
    votes_for: str
    votes_against: str
    abstained: str
    minutes: str
    others: tuple[str, ...] = ()

    @property
    def command(self) -> RecordAppraisal:
        people = [Appraiser(name, AppraisalPart.DELEGATE) for name in self.delegates]
        people += [Appraiser(name, AppraisalPart.COMMITTEE) for name in self.others]
        return RecordAppraisal(
            appraisal_id=self.appraisal_id,
            case_id=self.case_id,
            held_on=self.held_on,
            place=self.place,
            chair=self.chair,
            appraisers=tuple(people),
            votes_for=_count("votes_for", self.votes_for),
            votes_against=_count("votes_against", self.votes_against),
            abstained=_count("abstained", self.abstained),
            minutes=self.minutes,
            is_public=True,
        )


def _count(field: str, typed: str) -> int:
    if not typed.strip().isdecimal():
        raise Invalid(field, "请填写票数，没有的填0")
    return int(typed)
