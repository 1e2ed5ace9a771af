"""Where a call comes from and why it is made, as the edge that took it in was told; the audit keeps both."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import unquote

LONGEST = 200
PURPOSE_HEADER = "x-purpose"
DEVICE_HEADER = "x-device"


@dataclass(frozen=True, slots=True)
class Origin:
    """Peer address, with the device where one is named; and the purpose in the caller's words."""

    place: str = ""
    purpose: str = ""


MACHINE = Origin("machine")
_origin: ContextVar[Origin] = ContextVar("jiuzhu_origin", default=MACHINE)


def here() -> Origin:
    """The origin of the call that is being answered; the machine itself outside of any."""
    return _origin.get()


def came_from(peer: str, device: str = "", purpose: str = "") -> None:
    """Remember the origin for the rest of this call. Headers are ASCII: their text is percent-encoded."""
    _origin.set(Origin(_text(f"{peer} {unquote(device)}"), _text(unquote(purpose))))


def _text(told: str) -> str:
    """What a row can hold: printable, and not longer than its column."""
    return "".join(sign for sign in told if sign.isprintable()).strip()[:LONGEST]
