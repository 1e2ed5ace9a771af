"""A stand-in for the provincial verification system: it polls for requests and answers with a report."""

from __future__ import annotations

from services.common.contracts import intake
from services.story.checks import StoryFailed
from services.story.system import Person, Stubs

PAGE = 50


class Province:
    """Signs in as the district's other system would, sees whom to check, and returns what it found."""

    def __init__(self, stubs: Stubs, account: Person) -> None:
        self._stubs = stubs
        self._account = account

    async def waiting(self) -> dict[str, intake.VerificationRequest]:
        """The open requests by case."""
        found: dict[str, intake.VerificationRequest] = {}
        token = ""
        while True:
            answer = await self._account.call(
                self._stubs.intake.ListVerificationRequests,
                intake.ListVerificationRequestsRequest(page_size=PAGE, page_token=token),
            )
            found |= {request.case_id: request for request in answer.requests}
            token = answer.next_page_token
            if not token:
                return found

    async def answer(
        self, case_id: str, report_no: str, *, business_fen: int, transfer_fen: int, deposits_fen: int
    ) -> intake.ReturnVerificationResponse:
        """Return the report on one case: what the first person on it earns, the second gets, and they own."""
        request = (await self.waiting()).get(case_id)
        if request is None:
            raise StoryFailed("省核对平台没有收到该户的核对请求")
        first, second = request.persons[0].person_id, request.persons[1].person_id
        facts = [
            intake.VerifiedFact(person_id=first, kind="business", amount_fen=business_fen),
            intake.VerifiedFact(person_id=second, kind="transfer", amount_fen=transfer_fen),
            intake.VerifiedFact(person_id=first, kind="deposit", amount_fen=deposits_fen),
        ]
        answer: intake.ReturnVerificationResponse = await self._account.call(
            self._stubs.intake.ReturnVerification,
            intake.ReturnVerificationRequest(
                verification_id=request.verification_id, report_no=report_no, facts=facts
            ),
        )
        return answer
