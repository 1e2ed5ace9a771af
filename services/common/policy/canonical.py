"""One writing of a JSON value: what both ends of a line hash and sign are the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping


def canonical(value: Mapping[str, object]) -> str:
    """Keys in order, no blanks, everything outside ASCII escaped."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
