"""One service's office: its templates, and how a request becomes a page, a part of one, or an act."""

from __future__ import annotations

from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from services.common.pages.acts import Act, Errors, Typed, attempt
from services.common.pages.environment import environment, layout
from services.common.pages.session import office_session
from services.common.pages.sheets import Sheet, attachment, print_out
from services.common.runtime.actor import Actor
from services.common.runtime.service import Service


class Office:
    """The pages of one service."""

    def __init__(self, service: Service, folder: Path) -> None:
        self.service = service
        self._templates = environment(folder / "templates" / "office")

    def page(self, request: Request, template: str, status: int = 200, **facts: object) -> Response:
        """A page or a part of one."""
        shown = layout(request, office_session(request))
        text = self._templates.get_template(template).render({"done": "", **shown, **facts})
        return HTMLResponse(text, status)

    def sheet(self, request: Request, sheet: Sheet, name: str) -> Response:
        """A list as .xlsx, prepared by whoever signed in."""
        session = office_session(request)
        return attachment(sheet, session.name if session else "", name)

    async def print_out(self, request: Request, sheet: Sheet, name: str) -> Response:
        """The same list as a PDF to print and sign."""
        session = office_session(request)
        return await print_out(sheet, session.name if session else "", name)

    def form(
        self, request: Request, act: Act, typed: Typed | None = None, errors: Errors | None = None
    ) -> Response:
        """The form of an act, with what was typed and what is wrong with it."""
        status = errors.status if errors else 200
        return self.page(
            request, "act.html", status, act=act, typed=typed or act.start(), errors=errors or Errors()
        )

    async def act(self, request: Request, act: Act, actor: Actor) -> Response:
        """Carry out what the form says: on to the next page, or the form again with the reason."""
        typed = act.read(await request.form())
        errors = await attempt(self.service, act, typed, actor)
        if errors:
            return self.form(request, act, typed, errors)
        mark = "&" if "?" in act.back else "?"
        return RedirectResponse(f"{act.back}{mark}done={act.slug}", 303)
