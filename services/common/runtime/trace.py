"""Which call caused what: a traceparent goes with calls and events; spans where OpenTelemetry is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.common.runtime.settings import Settings

HEADER = "traceparent"
_FORM = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_current: ContextVar[str] = ContextVar("jiuzhu_trace", default="")
_spans: Any = None
"""What opens spans; None without the extra `telemetry` or without an address to send them to."""


@contextmanager
def collected(settings: Settings, services: Sequence[str]) -> Iterator[None]:
    """Send spans to the collector of the settings while the block lasts; without one this is nothing."""
    if not settings.otlp_endpoint:
        yield
        return
    from services.common.runtime import spans

    name = f"jiuzhu-{services[0]}" if len(services) == 1 else "jiuzhu"
    sending = spans.to_collector(settings.otlp_endpoint, name)
    use(sending)
    try:
        yield
    finally:
        use(None)
        sending.close()


def use(spans: Any) -> None:
    """Open spans by `spans` from now on; None ends it."""
    global _spans
    _spans = spans


def read(told: str) -> str:
    """A traceparent as another process wrote it; anything else is no trace."""
    return told if _FORM.fullmatch(told) else ""


def is_on() -> bool:
    return _spans is not None


def rename(name: str) -> None:
    """Give the open span the name that is known only now."""
    if _spans is not None:
        _spans.rename(name)


def current() -> str:
    """The traceparent of the call that is being answered, empty outside of any."""
    return _current.get()


@contextmanager
def span(name: str, *, kind: str = "internal", parent: str = "", **attributes: str | int) -> Iterator[str]:
    """Work that is one step of a trace: of `parent`'s where it is given, else of the current one.

    Gives the traceparent to hand on. Without OpenTelemetry the parent's own is handed on.
    """
    before = parent or _current.get()
    if _spans is None:
        if not parent:  # nothing changes for what is done inside
            yield before
            return
        token = _current.set(parent)
        try:
            yield parent
        finally:
            _current.reset(token)
        return
    with _spans.open(name, kind, before, attributes) as own:
        token = _current.set(own)
        try:
            yield own
        finally:
            _current.reset(token)
