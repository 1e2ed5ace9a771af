"""How a name is read aloud: the spellings under which a person is found by pinyin."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice, product

from pypinyin import Style, pinyin

# 曾 is zeng and ceng: every way of reading a name is kept, up to this many.
MOST_READINGS = 12
_NO_LETTER = re.compile(r"[^a-z]")


def spellings(name: str) -> str:
    """Words that a person may be typed by: the whole name, the name without surname, the initials.

    Each stands between spaces, so that a search for ` zh…` finds beginnings only.
    """
    letters = [
        sorted({plain for reading in readings if (plain := typed_sound(reading))})
        for readings in pinyin(name, style=Style.NORMAL, heteronym=True)
    ]
    ways = [way for way in islice(product(*(one for one in letters if one)), MOST_READINGS) if way]
    words = {word for way in ways for word in ("".join(way), "".join(way[1:]), "".join(s[0] for s in way))}
    return f" {' '.join(sorted(words - {''}))} " if words else ""


def typed_sound(text: str) -> str:
    """Pinyin as it is typed: small letters without tones and spaces, ü as v."""
    parts = unicodedata.normalize("NFKD", text).lower()
    return _NO_LETTER.sub("", parts.replace("u\u0308", "v"))
