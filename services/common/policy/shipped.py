"""The dated tables that ship with the program: one reader for everything under data/."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def shipped(name: str) -> dict[str, Any]:
    """A table of data/ as parsed; callers turn it into their own types at once and never change it."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
