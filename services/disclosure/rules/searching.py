"""How Chinese text is found again: by pairs of neighbouring signs, the same on every database."""

from __future__ import annotations

import re
import unicodedata

from services.common.policy.articles import R10_2
from services.common.policy.law import rule

BREAKS = re.compile(r"[\W_]+")


@rule(R10_2)
def grams(text: str) -> frozenset[str]:
    """Every pair of neighbouring signs; a sign that stands alone is its own."""
    found: set[str] = set()
    for run in BREAKS.split(folded(text)):
        found |= {run[at : at + 2] for at in range(len(run) - 1)} if len(run) > 1 else {run} - {""}
    return frozenset(found)


def folded(text: str) -> str:
    """Full width, capitals and brackets as people type them."""
    return unicodedata.normalize("NFKC", text).lower()
