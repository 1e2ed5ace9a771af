"""The events that put one household on the public board, as intake and approval would send them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from google.protobuf.message import Message

from services.common.contracts import approval, intake, review
from services.common.contracts import disclosure as pb
from services.common.runtime.ids import new_id
from services.common.runtime.service import Service
from tests.world.services import Stream, published, shanghai

TOWNSHIP, VILLAGE = "140403103", "140403103001"
REPORT_PHONE = "0355-0000123"


def areas() -> list[Message]:
    """The district, one township and one village with a compound."""
    return [
        intake.AreaChanged(code="140403", name="长治市潞州区", report_phone="0355-0000001"),
        intake.AreaChanged(code=TOWNSHIP, name="马厂镇", report_phone=REPORT_PHONE),
        intake.AreaChanged(code=VILLAGE, name="李家庄村", compounds=["幸福小区"], report_phone=REPORT_PHONE),
    ]


@dataclass(slots=True)
class Household:
    """One applying household and what is said of it."""

    head_name: str = "李守田"
    compound: str = ""
    village: str = VILLAGE
    category: str = "dibao"
    cause: str = "illness"
    size: int = 3
    case_id: str = field(default_factory=new_id)
    household_id: str = field(default_factory=new_id)

    @property
    def _ids(self) -> dict[str, str]:
        return {"case_id": self.case_id, "household_id": self.household_id, "township": self.village[:9]}

    def opinion(self, formed_on: str = "2026-09-22", revision: int = 1) -> Message:
        return intake.PreliminaryOpinionFormed(
            **self._ids,
            village=self.village,
            compound=self.compound,
            revision=revision,
            category=self.category,
            head_name=self.head_name,
            household_size=self.size,
            cause=self.cause,
            insured_person_ids=[new_id() for _ in range(self.size)],
            monthly_amount_fen=128_000,
            formed_on=formed_on,
            handler_id="handler",
        )

    def board_posted(self, posting_id: str, at: datetime, sha256: str = "a" * 64) -> Message:
        photo = intake.DocumentRef(owner="intake", sha256=sha256, kind="photo", size=1000)
        instant = at.isoformat().replace("+00:00", "Z")
        return intake.BoardPosted(
            **self._ids,
            posting_id=posting_id,
            visit_id=new_id(),
            posted_by="grid",
            posted_at=instant,
            photo=photo,
        )

    def confirmed(self, decision_id: str = "", add_on_fen: int = 0) -> Message:
        return approval.AssistanceConfirmed(
            **self._ids,
            decision_id=decision_id or new_id(),
            category=self.category,
            insured_person_ids=[new_id() for _ in range(self.size)],
            monthly_amount_fen=128_000,
            add_on_fen=add_on_fen,
            first_month="2026-11",
            confirmed_on="2026-10-12",
        )

    def relief_proposed(self, residence: str = "", formed_on: str = "2026-09-25") -> Message:
        return approval.ReliefProposed(
            **self._ids,
            village=self.village,
            residence_village=residence,
            compound=self.compound,
            revision=1,
            object_category="edge",
            head_name=self.head_name,
            cause=self.cause,
            formed_on=formed_on,
        )

    def relief_granted(self, residence: str = "", relief_type: str = "expenditure") -> Message:
        return approval.ReliefGranted(
            **self._ids,
            decision_id=new_id(),
            village=self.village,
            residence_village=residence,
            relief_type=relief_type,
            object_category="edge",
            head_name=self.head_name,
            amount_fen=300_000,
            granted_on="2026-10-12",
        )

    def support_end_proposed(self, institution: str = "") -> Message:
        return review.SupportEndProposed(
            **self._ids,
            village=self.village,
            revision=1,
            person_name=self.head_name,
            sex="male",
            reason="labour",
            institution=institution,
            proposed_on="2026-09-23",
        )

    def entitlement_changed(self, persons: int, monthly_fen: int) -> Message:
        return review.EntitlementChanged(
            **self._ids,
            change_id=new_id(),
            category=self.category,
            insured_person_ids=[new_id() for _ in range(persons)],
            monthly_amount_fen=monthly_fen,
            first_month="2026-12",
            changed_on="2026-11-20",
        )

    def stated(self, *households: Household) -> Message:
        """The roll of the township with these households on it."""
        lines = [
            review.RollLine(
                household_id=one.household_id,
                case_id=one.case_id,
                village=one.village,
                category=one.category,
                persons=one.size,
                monthly_amount_fen=128_000,
            )
            for one in households
        ]
        township = self.village[:9]
        return review.RollStated(township=township, month="2026-11", stated_on="2026-11-01", lines=lines)

    def assistance_ended(self) -> Message:
        return review.AssistanceEnded(
            **self._ids, reason="income", last_month="2026-11", ended_on="2026-11-20"
        )


@dataclass(slots=True)
class Publishers:
    """Intake and approval as disclosure hears them."""

    service: Service
    intake: Stream = field(default_factory=lambda: Stream("intake", shanghai("2026-09-22")))
    approval: Stream = field(default_factory=lambda: Stream("approval", shanghai("2026-09-22")))
    review: Stream = field(default_factory=lambda: Stream("review", shanghai("2026-09-22")))

    async def say(self, *events: Message) -> None:
        """Deliver events, each with the next version of its publisher's stream."""
        for event in events:
            publisher: Stream = getattr(self, event.DESCRIPTOR.full_name.split(".")[1])
            named = (getattr(event, name, "") for name in ("household_id", "code", "month"))
            stream = str(next(filter(None, named), "policy"))
            await self.service.receive([publisher.envelope(event, stream=stream)])

    async def open(self, household: Household, formed_on: str = "2026-09-22") -> list[str]:
        """Form the opinion; the ids of the postings that disclosure asks for."""
        await self.say(household.opinion(formed_on))
        return await self.requested(household)

    async def requested(self, household: Household) -> list[str]:
        """Every posting asked for so far for this case."""
        asked = await published(self.service, pb.PostingRequested)
        return [e.posting_id for e in asked if e.case_id == household.case_id]  # type: ignore[attr-defined]

    async def post(self, household: Household, at: datetime) -> None:
        """Open the publicity and prove every place with a photo of its own."""
        await self.open(household)
        await self.prove(household, at)

    async def prove(self, household: Household, at: datetime) -> None:
        """Photograph every place that was asked for."""
        for number, posting_id in enumerate(await self.requested(household)):
            await self.say(household.board_posted(posting_id, at, f"{number:064x}"))
