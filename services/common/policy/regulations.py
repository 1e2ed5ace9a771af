"""The ten regulations in their own words, article by article, for people to read beside the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.common.policy.shipped import DATA, shipped

TEXT = "regulations-2024-57.txt"
_CLAUSE = re.compile(r"(\d+)\.(.+)")
_PLACE = re.compile(r"第(\d+)条")


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered article with the lines that belong to it, and the ids under which rules cite it."""

    number: int
    lines: tuple[str, ...]
    cited_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regulation:
    """One of the ten."""

    id: str
    title: str
    clauses: tuple[Clause, ...]


def _regulations() -> dict[str, Regulation]:
    rows = shipped("articles.toml")["regulation"]
    titles = {row["title"].strip("《》"): row for row in rows}
    found: dict[str, Regulation] = {}
    for title, numbered in _parts(titles.keys()):
        row = titles[title]
        cited: dict[int, list[str]] = {}
        for article in row["article"]:
            if place := _PLACE.match(article["place"]):
                cited.setdefault(int(place[1]), []).append(article["id"])
        clauses = tuple(Clause(number, lines, tuple(cited.get(number, ()))) for number, lines in numbered)
        found[row["id"]] = Regulation(row["id"], row["title"], clauses)
    return found


def _parts(titles: object) -> Iterator[tuple[str, list[tuple[int, tuple[str, ...]]]]]:
    """Title after title, each with its numbered articles."""
    title, numbered = "", list[tuple[int, tuple[str, ...]]]()
    for line in (DATA / TEXT).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if line in titles:  # type: ignore[operator]
            if title:
                yield title, numbered
            title, numbered = line, []
        elif match := _CLAUSE.fullmatch(line):
            numbered.append((int(match[1]), (match[2],)))
        else:
            number, lines = numbered[-1]
            numbered[-1] = (number, (*lines, line))
    yield title, numbered


REGULATIONS: dict[str, Regulation] = _regulations()


def clause_of(article: str) -> Clause | None:
    """The article's own words; None for one of another document."""
    regulation = REGULATIONS.get(article.split(".")[0])
    clauses = regulation.clauses if regulation else ()
    return next((one for one in clauses if article in one.cited_as), None)
