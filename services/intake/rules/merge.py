"""Field by field: what two people changed goes together; what does not waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# What a visit may correct of a household that the registry knows.
CONTACT = {"compound": "小区", "address": "住址", "phone": "电话"}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both sides changed, each to something else."""

    field: str
    base: str
    kept: str
    brought: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The fields as they are to stand; those that clash stand as they were kept."""

    values: Mapping[str, str]
    clashes: tuple[Clash, ...]


def three_way(base: Mapping[str, str], kept: Mapping[str, str], brought: Mapping[str, str]) -> Merged:
    """Merge what was brought into what is kept, both grown out of `base`.

    A field that was not answered changes nothing. Where the tablet did not say what it saw, its person
    is taken to have seen what is kept.
    """
    values: dict[str, str] = {}
    clashes: list[Clash] = []
    for field, standing in kept.items():
        new = brought.get(field, "") or standing
        seen = base.get(field, standing)
        if new in (seen, standing):
            values[field] = standing
        elif standing == seen:
            values[field] = new
        else:
            values[field] = standing
            clashes.append(Clash(field, seen, standing, new))
    return Merged(values, tuple(clashes))


def different(one: Mapping[str, str], other: Mapping[str, str]) -> list[Clash]:
    """Answers of two records that are not the same, in the order of the first."""
    paths = dict.fromkeys([*one, *other])
    pairs = [(path, one.get(path, ""), other.get(path, "")) for path in paths]
    return [Clash(path, "", kept, brought) for path, kept, brought in pairs if kept != brought]
