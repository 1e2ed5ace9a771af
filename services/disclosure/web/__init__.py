"""Disclosure's edges for people: office pages, and the public board as an app of its own."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from services.common.runtime.service import Service
from services.disclosure.web import objecting, outlets, public
from services.disclosure.web.office import routes
from services.disclosure.web.public import shortcut

__all__ = ["public_routes", "routes", "shortcut"]


def public_routes(service: Service) -> Sequence[APIRouter]:
    """Everything under /board/; narrower paths first, for `{area}` would take them."""
    return [objecting.routes(service), outlets.routes(service), public.pages(service)]
