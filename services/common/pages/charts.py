"""Charts as SVG made on the server: values stand on the marks, and one sentence says what the chart says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT = 470, 206
LEFT, RIGHT, TOP, BOTTOM = 32, 462, 18, 182
GRID_LINES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart: the strong bar, and a pale one to compare it with where there is one."""

    label: str
    value: int
    beside: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One place of a line; a value that is missing leaves a gap, never a nought."""

    label: str
    value: float | None


def bars(lines: Sequence[Bar], says: str) -> Markup:
    """Bars across, the longest as wide as the chart."""
    most = max((max(one.value, one.beside or 0) for one in lines), default=0) or 1
    labels = 12 * max((len(one.label) for one in lines), default=0) + 14
    step, drawn = 38, []
    for at, one in enumerate(lines):
        top = 14 + at * step
        drawn.append(_text(labels - 10, top + 15, one.label, "end"))
        drawn.append(_bar(labels, top, one.value, most, 11, "col is-now", "v"))
        if one.beside is not None:
            drawn.append(_bar(labels, top + 12, one.beside, most, 9, "col", ""))
    return _svg(drawn, says, 14 + len(lines) * step)


def _bar(left: int, top: int, value: int, most: int, thick: int, css: str, said: str) -> Markup:
    wide = round((WIDTH - left - 60) * value / most)
    rect = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        css, left, top, wide, thick
    )
    return rect + _text(left + wide + 6, top + thick - 1, f"{value:,}", css=said)


def line(points: Sequence[Point], says: str, *, aim: tuple[str, float] | None = None) -> Markup:
    """One line over time, its last value written out, with the aim it is held against."""
    known = [one.value for one in points if one.value is not None]
    low, high = _span([*known, *([aim[1]] if aim else [])])

    def height(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low), 1)

    drawn = [_rung(low + (high - low) * at / GRID_LINES, height) for at in range(GRID_LINES + 1)]
    if aim:
        drawn.append(_rule("aim", height(aim[1])))
        drawn.append(_text(RIGHT, height(aim[1]) - 6, f"{aim[0]} {aim[1]:g}", "end", "aimt"))
    across = (RIGHT - LEFT - 24) / max(len(points) - 1, 1)
    places = [(LEFT + 12 + round(at * across, 1), one) for at, one in enumerate(points)]
    drawn += [Markup('<polyline class="path" points="{}"/>').format(run) for run in _runs(places, height)]
    for x, one in places:
        drawn.append(_text(x, 202, one.label, "middle"))
        if one.value is not None:
            drawn.append(Markup('<circle class="dot" cx="{}" cy="{}" r="3.5"/>').format(x, height(one.value)))
    last = next(((x, one.value) for x, one in reversed(places) if one.value is not None), None)
    if last:
        drawn.append(_text(last[0], height(last[1]) + 20, f"{last[1]:g}", "middle", "v"))
    return _svg(drawn, says, HEIGHT)


def share(part: int, whole: int, *, aim: int | None = None, is_behind: bool = False) -> Markup:
    """A small bar in a table: so much of a hundred, a stroke where it should be; the number is beside it."""
    filled = round(100 * part / whole) if whole else 0
    stroke = Markup('<line x1="{0}" x2="{0}" y1="0" y2="8"/>').format(aim) if aim is not None else Markup()
    return Markup(
        '<svg class="bar-svg{}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="8"/>{}</svg>'
    ).format(" is-over" if is_behind else "", filled, stroke)


def _span(values: Sequence[float]) -> tuple[float, float]:
    """Whole fours around the values, so that the lines of the grid have round numbers."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    bottom = max(0.0, (low // 4) * 4 - (4 if low % 4 == 0 else 0))
    top = (high // 4 + 1) * 4
    return bottom, max(top, bottom + 4)


def _runs(places: Sequence[tuple[float, Point]], height):  # type: ignore[no-untyped-def]
    """Neighbouring values in one stroke each."""
    run: list[str] = []
    for x, one in places:
        if one.value is None:
            if run:
                yield " ".join(run)
            run = []
        else:
            run.append(f"{x},{height(one.value)}")
    if run:
        yield " ".join(run)


def _rung(value: float, height) -> Markup:  # type: ignore[no-untyped-def]
    return _rule("grid", height(value)) + _text(LEFT - 8, height(value) + 4, f"{value:g}", "end")


def _rule(css: str, y: float) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(css, LEFT, RIGHT, y, y)


def _text(x: float, y: float, said: str, anchor: str = "start", css: str = "") -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}"{}>{}</text>').format(
        x, y, anchor, Markup(' class="{}"').format(css) if css else "", said
    )


def _svg(drawn: Sequence[Markup], says: str, high: int) -> Markup:
    inside = Markup("").join(drawn)
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, high, escape(says), inside
    )
