"""What the office does with a case: which act fits now, who may, and the way from form to command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from services.common.pages.acts import Act
from services.common.pages.looking import looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.law import Missing
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx
from services.intake import access
from services.intake.model.case import MOVES, OPEN, Case, Stage
from services.intake.model.clock import Clock
from services.intake.model.papers import PaperKind
from services.intake.queries.cases import may_see_names
from services.intake.queries.worklist import Progress, next_step
from services.intake.rules.reexamination import JUDGED
from services.intake.storage import cases as storage
from services.intake.storage.accounts import name_of
from services.intake.web import forms, more_forms

DONE = {
    "accept": "已受理，办理时限从今天起算。",
    "decline": "已作出不予受理决定，请书面告知申请人。",
    "supplement": "已登记一次性告知，请把告知书交给申请人。",
    "verify": "已提请经济状况核对。",
    "survey": "已安排入户调查，调查人员的平板会收到任务。",
    "opinion": "已提出初审意见。",
    "extend": "已延长办理时限。",
    "deliver": "已登记送达。",
    "dispute": "已登记异议，并重新提请核对。",
    "appraisal": "已登记民主评议。",
    "neighbours": "已登记邻里访问。",
    "recusal": "已申请回避，由负责人指定接替人员。",
    "reexamine": "已开始重新审核，请重新安排入户调查和核对。",
    "conclude": "已作出重新审核结论。",
    "kin-form": "备案表已制作，可在“文书”中打印。",
    "tell-report": "核对情况告知书已制作，请送达申请人。",
}


@dataclass(frozen=True, slots=True)
class Button:
    """An act that the reader may do now; one a page is the first."""

    slug: str
    title: str
    is_first: bool


Build = Callable[[forms.Desk], Awaitable[Act]]


def routes(office: Office) -> APIRouter:
    """GET shows a form, POST carries it out."""
    router = APIRouter(prefix="/intake/cases/{case_id}", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    async def built(case_id: str, slug: str, actor: SignedIn) -> Act:
        if slug not in ACTS:
            raise Missing("这个办理事项")
        offer = ACTS[slug]
        async with looking(service, actor, offer.action, access.at_case, _Named(case_id)) as tx:
            case = await storage.load_case(tx, case_id)
            members = await storage.members_of(tx, case_id)
            head = members[0].name if members and may_see_names(actor) else "—"
            return await offer.build(forms.Desk(case, head, await name_of(tx, actor.id), tx))

    @router.get("/{slug}")
    async def form(case_id: str, slug: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await built(case_id, slug, actor))

    @router.post("/{slug}")
    async def act(case_id: str, slug: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await built(case_id, slug, actor), actor)

    return router


def done_text(slug: str) -> str:
    """What the page says after an act; an unknown word says nothing."""
    return DONE.get(slug, "")


async def buttons_for(
    case: Case, progress: Progress, clock: Clock | None, place: Place, tx: Tx
) -> list[Button]:
    """The acts that stage, progress and access allow; the one that moves the case on is the first."""
    first = next_step(case.stage, progress).act
    return [
        Button(slug, forms.TITLES[slug], slug == first)
        for slug, offer in ACTS.items()
        if offer.fits(case, progress, clock) and await may(tx, offer.action, place)
    ]


@dataclass(frozen=True, slots=True)
class _Named:
    case_id: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One act: its action in the access table, when it fits, and its form."""

    action: str
    fits: Callable[[Case, Progress, Clock | None], bool]
    build: Build


def _open(case: Case, progress: Progress) -> bool:
    """Whether the investigation goes on: also after an opinion that found nobody eligible."""
    if progress.anew:
        return case.stage in JUDGED
    again = case.stage is Stage.ACCEPTED or progress.ineligible
    return again and case.stage in (Stage.ACCEPTED, Stage.OPINION_FORMED)


ACTS: Mapping[str, Offer] = {
    "accept": Offer("accept-application", lambda c, p, k: Stage.ACCEPTED in MOVES[c.stage], forms.accept),
    "supplement": Offer(
        "request-supplement",
        lambda c, p, k: c.stage is Stage.RECEIVED and c.supplement is None,
        forms.supplement,
    ),
    "decline": Offer(
        "decline-application",
        lambda c, p, k: Stage.DECLINED in MOVES[c.stage],
        forms.decline,
    ),
    "verify": Offer(
        "request-verification",
        lambda c, p, k: _open(c, p) and (p.asked_on is None or p.ineligible or p.anew),
        forms.verify,
    ),
    "survey": Offer(
        "order-survey",
        lambda c, p, k: _open(c, p) and (p.surveyed_on is None or p.ineligible or p.anew),
        forms.survey,
    ),
    "opinion": Offer(
        "form-opinion",
        lambda c, p, k: (
            _open(c, p)
            and c.stage not in (Stage.DECIDED, Stage.ENROLLED)
            and bool(p.surveyed_on and p.report_no)
        ),
        forms.opinion,
    ),
    "tell-report": Offer(
        "issue-paper",
        lambda c, p, k: _open(c, p) and p.disputed and PaperKind.VERIFICATION not in p.papers,
        more_forms.tell_report,
    ),
    "dispute": Offer("dispute-verification", lambda c, p, k: _open(c, p) and p.disputed, more_forms.dispute),
    "neighbours": Offer("record-neighbour-visit", lambda c, p, k: _open(c, p), more_forms.neighbours),
    "appraisal": Offer("record-appraisal", lambda c, p, k: _open(c, p), more_forms.appraisal),
    "conclude": Offer(
        "conclude-reexamination",
        lambda c, p, k: p.anew and c.stage in (Stage.DECIDED, Stage.ENROLLED),
        more_forms.conclude,
    ),
    "reexamine": Offer(
        "open-reexamination", lambda c, p, k: c.stage in JUDGED and not p.anew, more_forms.reexamine
    ),
    "kin-form": Offer(
        "issue-paper", lambda c, p, k: p.kin and PaperKind.KIN_FORM not in p.papers, more_forms.kin_form
    ),
    "recusal": Offer("ask-recusal", lambda c, p, k: c.stage in OPEN, more_forms.recusal),
    "extend": Offer(
        "extend-clock",
        lambda c, p, k: k is not None and k.is_running and not k.ground,
        forms.extend,
    ),
}
