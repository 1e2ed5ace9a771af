"""Identity and telephone numbers that are valid in form and invented, from a seeded generator."""

from __future__ import annotations

import random
from datetime import date, timedelta

from services.common.policy.identity import check_digit

# R-DE: residents keep the prefix of their first registration, so old districts and other places occur.
PREFIXES = ("140402", "140411", "140403", "140421", "410522")


def fictional_id_number(
    chance: random.Random, year: int, *, female: bool | None = None, check: str = ""
) -> str:
    """A number of someone born in `year`; with `check`, one that ends in that character."""
    while True:
        born = date(year, 1, 1) + timedelta(days=chance.randrange(365))
        serial = chance.randrange(900, 1000)  # rarely given out
        if female is not None and (serial % 2 == 0) is not female:
            serial = 900 + (serial - 899) % 100
        first = f"{chance.choice(PREFIXES)}{born:%Y%m%d}{serial:03d}"
        digit = check_digit(first)
        if not check or digit == check:
            return first + digit


def seeded(seed: int) -> random.Random:
    """The generator that makes the same people on every machine."""
    return random.Random(seed)


def fictional_phone(number: int) -> str:
    """A mobile number of a range that is not given out: 1990000 and four digits."""
    return f"1990000{number:04d}"
