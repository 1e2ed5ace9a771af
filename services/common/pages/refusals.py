"""A refusal as a page: what is wrong, the article it rests on, and where to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request, Response

from services.common.pages.environment import FOLDER, environment, layout
from services.common.runtime.http import STATUS

if TYPE_CHECKING:
    from services.common.pages.session import OfficeSession

_PAGES = environment(FOLDER)
_HEADS = {401: "请先登录", 403: "无权查看或办理", 404: "没有找到", 422: "填写有误"}


def refusal_page(request: Request, error: Exception, session: OfficeSession | None) -> Response:
    """A whole page, or a few words where a part of a page was asked for."""
    status = next(code for type_, code in STATUS if isinstance(error, type_))
    article = getattr(error, "article", None)
    is_part = "hx-request" in request.headers
    text = _PAGES.get_template("refusal_part.html" if is_part else "refusal.html").render(
        layout(request, session),
        title=_HEADS.get(status, "不能办理"),
        message=getattr(error, "message", str(error)),
        article=article,
    )
    return Response(text, status, media_type="text/html")
