"""Where a notice must hang, what proves it, from when its period runs and when it is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from services.common.policy.articles import R4_2, R5_2A, R5_2C, R5_3A, R5_4
from services.common.policy.calendar import WorkCalendar, legal_day
from services.common.policy.law import Finding, Refused, rule
from services.common.policy.parameters import Policy
from services.common.policy.publicity import ARTICLE, PublicityKind
from services.disclosure.model import PlaceKind, Posting, PostingStage, Publicity


class PeriodStillRuns(Refused):
    """The last day has not passed; nobody can end a publicity early."""

    code: ClassVar[str] = "publicity-still-runs"


@dataclass(frozen=True, slots=True)
class PostingPlace:
    """A place where the regulation wants the notice."""

    place: PlaceKind
    name: str


@rule(R5_2A, R5_2C, R5_3A)
def posting_places(
    kind: PublicityKind, village: str, *, compound: str = "", residence: str = "", institution: str = ""
) -> Finding[tuple[PostingPlace, ...]]:
    """The village's board, and one more wherever else the regulation wants this kind of notice.

    Low-income families: their compound's too. Expenditure relief: where the family really lives too. The end
    of destitute support: in the institution too, where the person is in collective care.
    """
    places = [PostingPlace(PlaceKind.VILLAGE_BOARD, f"{village or '村(居)'}公示栏")]
    if compound and kind is not PublicityKind.DESTITUTE_END:
        places.append(PostingPlace(PlaceKind.COMPOUND_BOARD, f"{compound}公告栏"))
    if residence and kind is PublicityKind.EXPENDITURE:
        places.append(PostingPlace(PlaceKind.RESIDENCE_BOARD, f"{residence}公示栏"))
    if institution and kind is PublicityKind.DESTITUTE_END:
        places.append(PostingPlace(PlaceKind.INSTITUTION_BOARD, f"{institution}公告栏"))
    names = "、".join(place.name for place in places)
    return Finding(ARTICLE[kind], tuple(places), {"text": f"{kind.chinese}须张贴在{names}，每处各拍照一张"})


@rule(R5_2A)
def proven_by_own_photo(posting: Posting, sha256: str, others: Iterable[Posting]) -> Finding[bool]:
    """Each place needs a photo of its own; the photo of another place proves nothing here."""
    shared = [other.place_name for other in others if other.proof_sha256 == sha256]
    if shared:
        text = f"{posting.place_name}的照片与{shared[0]}的是同一张，不能证明已张贴，须重新拍照"
        return Finding(R5_2A, False, {"place": posting.place.value, "text": text})
    text = f"{posting.place_name}已张贴，照片已收到"
    return Finding(R5_2A, True, {"place": posting.place.value, "photo": sha256, "text": text})


@rule(R5_2A)
def posting_day(posted_at: datetime, formed_on: date, received_on: date) -> Finding[date]:
    """The day a place was posted: no notice hangs before it was formed, no photo is taken after it arrived.

    A tablet whose clock is wrong must neither shorten the period nor push it into the future.
    """
    claimed = legal_day(posted_at)
    day = min(max(claimed, formed_on), max(received_on, formed_on))
    text = f"张贴日为{day}"
    if day != claimed:
        text += f"（照片时间为{claimed}，早于初审意见或晚于收到照片，不采用）"
    return Finding(R5_2A, day, {"claimed": claimed.isoformat(), "text": text})


@rule(R5_2A)
def last_posting(postings: Sequence[Posting]) -> date | None:
    """The day on which the last place was posted; None while one is still without proof."""
    wanted = [posting for posting in postings if posting.stage is not PostingStage.REJECTED]
    days = [posting.posted_on for posting in wanted if posting.stage is PostingStage.PROVEN]
    if not days or len(days) < len(wanted):
        return None
    return max(day for day in days if day)


@rule(R5_2A, R4_2)
def concluded(publicity: Publicity, today: date) -> Finding[date]:
    """The period is over once its last day has passed to 24:00; the day after, a meeting may decide."""
    if publicity.ends_on is None or publicity.decidable_on is None or today <= publicity.ends_on:
        until = publicity.ends_on or "张贴之后"
        raise PeriodStillRuns(R5_2A, f"公示期到{until} 24时才届满")
    text = f"公示期已于{publicity.ends_on} 24时届满，没有未处理的异议，{publicity.decidable_on}起可以审核确认"
    return Finding(
        ARTICLE[publicity.kind], publicity.decidable_on, {"ends_on": publicity.ends_on, "text": text}
    )


@rule(R5_2A, R5_2C, R5_3A)
def chased(
    posting: Posting, asked_on: date, today: date, calendar: WorkCalendar, policy: Policy
) -> Finding[int] | None:
    """How often a place without proof was chased, once more today; None while it is not time yet."""
    every = policy.int("publicity.posting_working_days", asked_on)
    due = calendar.after(asked_on, every * (posting.chased + 1)).day
    if today <= due:
        return None
    first = calendar.after(asked_on, every).day
    text = f"{posting.place_name}应在{first}前张贴拍照，至今没有照片，第{posting.chased + 1}次催办"
    return Finding(R5_2A, posting.chased + 1, {"asked_on": asked_on, "text": text})


@rule(R5_4)
def superseded(older: Publicity, revision: int) -> Finding[bool]:
    """What is no longer proposed comes off the board when a new preliminary opinion takes its place."""
    text = f"第{revision}次初审意见已形成，第{older.revision}次的公示撤下"
    return Finding(R5_4, True, {"withdrawn": older.publicity_id, "text": text})
