"""The words of a kind of paper: a TOML file per kind, with places that the facts of a case fill."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from services.common.papers.paper import Block, Items, Paragraph, Rows, Run, inert

Values = Mapping[str, str]
Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """Title, letter of the number series and text of one kind of paper, in one numbered version."""

    kind: str
    version: int
    title: str
    series: str
    blocks: tuple[Mapping[str, Any], ...]
    has_slip: bool = True

    @property
    def id(self) -> str:
        """What an issued paper remembers: kind and version."""
        return f"{self.kind}/{self.version}"

    @property
    def places(self) -> frozenset[str]:
        """The names that the text asks for."""
        return frozenset(name for text in self._texts() for _, name, _, _ in Formatter().parse(text) if name)

    @property
    def lists(self) -> frozenset[str]:
        return frozenset(block["each"] for block in self.blocks if "each" in block)

    def fill(self, values: Values, lists: Lists) -> tuple[Block, ...]:
        """The text with every place filled; a missing one is a mistake of ours and stops here.

        The text is taken apart before anything is put in, so that a name made of signs stays a name.
        """
        clean = {name: inert(value) for name, value in values.items()}
        return tuple(_filled(block, clean, lists) for block in self.blocks)

    def _texts(self) -> Sequence[str]:
        rows = [cell for block in self.blocks for row in block.get("rows", ()) for cell in row]
        return [*(block["text"] for block in self.blocks if "text" in block), *rows]


def _filled(block: Mapping[str, Any], values: Values, lists: Lists) -> Block:
    if "rows" in block:
        return Rows(tuple((what, about.format_map(values)) for what, about in block["rows"]))
    if "each" in block:
        return Items(tuple(inert(item) for item in lists[block["each"]]))
    pieces = block["text"].split("**")
    return Paragraph(
        tuple(
            Run(text, strong=at % 2 == 1)
            for at, piece in enumerate(pieces)
            if (text := piece.format_map(values))
        )
    )


@cache
def wording(folder: Path, kind: str) -> Wording:
    """The words that `folder` holds for `kind`."""
    data = tomllib.loads((folder / f"{kind}.toml").read_text(encoding="utf-8"))
    return Wording(
        kind, data["version"], data["title"], data["series"], tuple(data["block"]), data.get("has_slip", True)
    )
