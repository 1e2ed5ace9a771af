"""A paper before it is set: head, blocks of plain text, sender and date. Nothing in it is ever markup."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

MARK_LENGTH = 12
# Invisible characters that turn the direction of a line: a name could be made to read as another.
TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line, strong or not."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, indented by two characters."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of two columns: what, and what about it."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A numbered list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of several columns under their heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs by hand, each with a line to sign on."""

    roles: tuple[str, ...]


Block = Paragraph | Rows | Items | Grid | Signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper in full: all that its PDF and its .docx are made from."""

    title: str
    number: str
    addressee: str
    blocks: tuple[Block, ...]
    body: str
    issued_on: date
    has_slip: bool = True

    def to_json(self) -> dict[str, Any]:
        """The paper as JSON values, its blocks by kind."""
        return {
            "title": self.title,
            "number": self.number,
            "addressee": self.addressee,
            "blocks": [{"kind": KIND[type(block)], **asdict(block)} for block in self.blocks],
            "body": self.body,
            "issued_on": self.issued_on.isoformat(),
            "has_slip": self.has_slip,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Paper:
        return cls(
            title=data["title"],
            number=data["number"],
            addressee=data["addressee"],
            blocks=tuple(_block(one) for one in data["blocks"]),
            body=data["body"],
            issued_on=date.fromisoformat(data["issued_on"]),
            has_slip=data["has_slip"],
        )

    def mark(self, paper_id: str, wording: str) -> str:
        """The short mark printed in the QR code: whoever changes a word of the paper cannot keep it."""
        whole = {"paper_id": paper_id, "wording": wording, **self.to_json()}
        text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:MARK_LENGTH]


KIND: Mapping[type[Block], str] = {
    Paragraph: "paragraph",
    Rows: "rows",
    Items: "items",
    Grid: "grid",
    Signatures: "signatures",
}


def _block(data: Mapping[str, Any]) -> Block:
    match data["kind"]:
        case "paragraph":
            return Paragraph(tuple(Run(run["text"], run["strong"]) for run in data["runs"]))
        case "rows":
            return Rows(tuple((what, about) for what, about in data["rows"]))
        case "items":
            return Items(tuple(data["items"]))
        case "grid":
            return Grid(tuple(data["heads"]), tuple(tuple(row) for row in data["rows"]))
        case "signatures":
            return Signatures(tuple(data["roles"]))
        case other:
            raise ValueError(f"no block is called {other}")


def inert(text: str) -> str:
    """Text that stays in its line: no control characters, nothing that turns the direction of reading."""
    kept = (
        " " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in text if one not in TURNING
    )
    return " ".join("".join(kept).split())


def chinese_day(day: date) -> str:
    """A date as papers write it (GB/T 9704): `2026年9月14日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def numbered(mark: str, series: str, year: int, number: int) -> str:
    """The number of a paper: `马民救受〔2026〕12号`."""
    return f"{mark}{series}〔{year}〕{number}号"


def lines(paper: Paper) -> Sequence[str]:
    """The words of a paper, one block after another, for whoever wants to read instead of print."""
    found: list[str] = []
    for block in paper.blocks:
        match block:
            case Paragraph():
                found.append(block.text)
            case Rows(rows):
                found.extend(f"{what}：{about}" for what, about in rows)
            case Items(items):
                found.extend(f"{at}．{item}" for at, item in enumerate(items, 1))
            case Grid(heads, rows):
                found.append("　".join(heads))
                found.extend("　".join(row) for row in rows)
            case Signatures(roles):
                found.extend(f"{role}（签字）：" for role in roles)
    return found
