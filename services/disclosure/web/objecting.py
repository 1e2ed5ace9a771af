"""The public's pages about one notice: itself, the form to object, what became of an objection."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.common.policy.areas import DISTRICT
from services.common.policy.law import Invalid, Missing, Refused
from services.common.runtime.actor import PUBLIC
from services.common.runtime.gate import Place, check
from services.common.runtime.quota import Addresses, TooMany
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from services.disclosure import queries
from services.disclosure.access import ACCESS, recused
from services.disclosure.commands.objections import RaiseObjection, notice_of
from services.disclosure.model import ObjectionId, ObjectionWay, Shelf
from services.disclosure.storage import objections
from services.disclosure.web import robots
from services.disclosure.web.public import View, page, reading

NO_STORE = {"Cache-Control": "no-store"}
# The only page of the board whose form is sent anywhere: to itself.
FORM = {
    **NO_STORE,
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
}
RECEIPT = "/board/objections"
PERSONAL = ("name", "contact")
LONGEST_PERSONAL = 60


def routes(service: Service) -> APIRouter:
    """Everything under /board/entries and /board/objections."""
    router = APIRouter()
    senders = Addresses(robots.FORMS_AN_HOUR)

    @router.get("/board/entries/{entry_id}")
    async def entry(entry_id: str, request: Request) -> Response:
        view = View.of(request)
        async with reading(service) as tx:
            found = await queries.public_entry(entry_id, tx)
            if found is None:
                return page("gone.html", view, status=404, headers=NO_STORE, district=DISTRICT)
            head = await queries.board_head(tx, found[1])
            current = found[0].kind in Shelf.CURRENT.kinds
            return page("entry.html", view, district=DISTRICT, head=head, entry=found[0], current=current)

    @router.get("/board/entries/{entry_id}/objection")
    async def form(entry_id: str, request: Request) -> Response:
        return await _form(service, entry_id, request, {}, "")

    @router.post("/board/entries/{entry_id}/objection")
    async def send(entry_id: str, request: Request) -> Response:
        sent = {key: str(value) for key, value in (await request.form()).items()}
        try:
            senders.admit(request.client.host if request.client else "")
            ticket = robots.take_back(entry_id, sent, service.clock.now(), service.sealer)
            if any(len(sent.get(key, "")) > LONGEST_PERSONAL for key in PERSONAL):
                raise Invalid("contact", f"姓名和联系方式各不超过{LONGEST_PERSONAL}个字")
            receipt = await service.perform(
                RaiseObjection(
                    objection_id=ObjectionId(ticket.objection_id),
                    notice_id=entry_id,
                    way=ObjectionWay.PAGE,
                    words=sent.get("words", ""),
                    name=sent.get("name", ""),
                    contact=sent.get("contact", ""),
                ),
                PUBLIC,
            )
        except (Invalid, Refused, TooMany) as error:
            said = (
                f"提交过于频繁，请 {error.retry_after} 秒后再试，或改用电话提出"
                if isinstance(error, TooMany)
                else error.message
            )
            return await _form(service, entry_id, request, sent, said)
        return RedirectResponse(f"{RECEIPT}?no={receipt.receipt_no}&new=1", 303, headers=NO_STORE)

    @router.get(RECEIPT)
    async def receipt(request: Request) -> Response:
        """What became of an objection, for whoever holds its number."""
        view, number = View.of(request), request.query_params.get("no", "").strip().upper()
        async with reading(service) as tx:
            found = await objections.find_by_receipt(tx, number) if number else None
        return page(
            "receipt.html",
            view,
            headers=FORM,
            district=DISTRICT,
            number=number,
            objection=found,
            fresh=request.query_params.get("new") == "1",
        )

    return router


async def _form(
    service: Service, entry_id: str, request: Request, typed: Mapping[str, str], error: str
) -> Response:
    """The form with what was typed and what is wrong, always with a fresh ticket."""
    view = View.of(request)
    async with reading(service) as tx:
        try:
            await _known(entry_id, tx)
            found = await queries.public_entry(entry_id, tx)
        except Missing:
            found = None
        if found is None:
            return page("gone.html", view, status=404, headers=NO_STORE, district=DISTRICT)
        head = await queries.board_head(tx, found[1])
    return page(
        "objection.html",
        view,
        status=422 if error else 200,
        headers=FORM,
        district=DISTRICT,
        head=head,
        entry=found[0],
        current=found[0].kind in Shelf.CURRENT.kinds,
        typed=typed,
        error=error,
        ticket=robots.hand_out(entry_id, service.clock.now(), service.sealer),
        honeypot=robots.HONEYPOT,
    )


async def _known(entry_id: str, tx: Tx) -> None:
    await check(ACCESS["read-board"], "read-board", tx, Place(DISTRICT.code), recused)
    await notice_of(entry_id, tx)
