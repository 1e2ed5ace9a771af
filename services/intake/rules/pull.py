"""Which villages a tablet carries: those of its person's posts, and no more than it can hold."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.common.policy.law import Invalid
from services.common.policy.roles import Post, Role

FIELD_ROLES = frozenset({Role.GRID_WORKER, Role.LIAISON, Role.VILLAGE_HEAD})
# A cap on one tablet and on one answer: too many documents made every peer slow.
MOST_HOUSEHOLDS = 8_000
MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class Carried:
    """Villages whose households a tablet holds, and those left out because it would be too many."""

    villages: tuple[str, ...]
    left_out: tuple[str, ...]


def field_areas(posts: Sequence[Post]) -> tuple[str, ...]:
    """Where somebody works in the field; an office or bureau carries no village, only its tasks."""
    return tuple(sorted({post.area for post in posts if post.role in FIELD_ROLES}))


def carried(households: Mapping[str, int]) -> Carried:
    """Villages in the order of their codes until the tablet is full; one is carried whole or not at all."""
    kept: list[str] = []
    left_out: list[str] = []
    total = 0
    for village in sorted(households):
        total += households[village]
        (kept if total <= MOST_HOUSEHOLDS or not kept else left_out).append(village)
    return Carried(tuple(kept), tuple(left_out))


def read_cursor(cursor: str) -> dict[str, int]:
    """How far a tablet has come in each stream; nothing yet for an empty one."""
    if not cursor:
        return {}
    try:
        seen = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        read = {str(stream): int(version) for stream, version in seen.items()}
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise Invalid("cursor", "同步位置无法识别，请清除同步位置后重新下载") from error
    if any(not 0 <= version < 2**62 for version in read.values()):
        raise Invalid("cursor", "同步位置无法识别，请清除同步位置后重新下载")
    return read


def write_cursor(seen: Mapping[str, int]) -> str:
    """The same as text for the wire."""
    text = json.dumps(dict(sorted(seen.items())), separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
