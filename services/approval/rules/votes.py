"""How votes become a collective decision (R4.1): every seated role votes, recused votes do not count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from services.approval.model import Choice, Outcome, StaffId, Vote
from services.approval.rules.meeting import Sitting, seated
from services.common.policy.articles import R3_10, R4_1, R4_4, R4_6
from services.common.policy.law import Finding, Refused, rule


class NotSignedIn(Refused):
    """Whoever is absent does not vote."""

    code: ClassVar[str] = "not-at-the-meeting"


class VoteMissing(Refused):
    """A required role has not voted on this case."""

    code: ClassVar[str] = "vote-missing"


class NoMajority(Refused):
    """The votes do not carry the conclusion."""

    code: ClassVar[str] = "no-majority"


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes that count."""

    in_favour: int
    against: int

    @property
    def carried(self) -> bool:
        return self.in_favour > self.against

    def __str__(self) -> str:
        return f"{self.in_favour}:{self.against}"


@rule(R4_4)
def may_vote(sitting: Sitting, staff_id: StaffId) -> None:
    """Refuse a vote by anybody who has not signed in."""
    if staff_id not in sitting.voters:
        raise NotSignedIn(R4_4, "您没有在本次会议签到，不能表决，请先签到")


@rule(R4_1, R4_6, R3_10)
def tally(sitting: Sitting, votes: tuple[Vote, ...]) -> Finding[Tally]:
    """Count the votes of those who signed in and are not recused; every required role must have voted."""
    counted = [vote for vote in votes if vote.staff_id in sitting.voters]
    voted = {vote.staff_id for vote in counted}
    silent = [seat.chinese for seat in sitting.required if not seated(sitting, seat) & voted]
    if silent:
        raise VoteMissing(R4_1, f"{'、'.join(silent)}尚未对该案表决，全部表决后才能宣布结果")
    in_favour = sum(vote.vote is Choice.FOR for vote in counted)
    result = Tally(in_favour, len(counted) - in_favour)
    dissents = sum(bool(vote.dissent.strip()) for vote in counted)
    facts: dict[str, object] = {
        "for": result.in_favour,
        "against": result.against,
        "dissents": dissents,
        "text": f"集体审议表决：赞成{result.in_favour}票，反对{result.against}票"
        + (f"，{dissents}人保留不同意见" if dissents else ""),
    }
    return Finding(R4_1, result, facts)


@rule(R4_1)
def carried(outcome: Outcome, result: Tally) -> None:
    """Confirming needs more votes for than against; a case that has them cannot be refused by the chair."""
    if outcome is Outcome.CONFIRM and not result.carried:
        raise NoMajority(R4_1, f"赞成票未超过反对票（{result}），不能确认")
    if outcome is Outcome.REFUSE and result.carried:
        raise NoMajority(R4_1, f"多数赞成确认（{result}），主持人不能宣布不予确认")
