"""What a form works out by itself, in an order in which nothing is needed before it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.common.forms.code import Run, Uses
from services.common.forms.definitions import Definition
from services.common.forms.faults import Fault


class Aspect(StrEnum):
    """What is worked out, by the name of the column in which the author wrote it."""

    RELEVANT = "relevant"
    CALCULATION = "calculation"
    COUNT = "repeat_count"


@dataclass(slots=True, eq=False)
class Computation:
    """One expression that the form keeps up to date; `ordered` ones go entry by entry."""

    definition: Definition
    aspect: Aspect
    run: Run
    uses: Uses
    rank: int = 0
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class _Edge:
    before: Computation
    # An earlier entry of the same repeat is meant: a running total, no circle.
    earlier: bool


def in_order(computations: Sequence[Computation]) -> tuple[list[Computation], list[Fault]]:
    """The computations by rank, counts of repeats last, and a fault for each circle."""
    edges = _edges(computations)
    counts = [one for one in computations if one.aspect is Aspect.COUNT]
    rest = [one for one in computations if one.aspect is not Aspect.COUNT]
    found, left = _sorted(rest, edges, earlier=True)
    again, circles = _sorted(left, edges, earlier=False)
    for one in again:
        one.ordered = True
    ordered = [*found, *again, *counts]
    for rank, one in enumerate(ordered):
        one.rank = rank
    return ordered, [_fault(circles, edges)] if circles else []


def _edges(computations: Iterable[Computation]) -> dict[Computation, list[_Edge]]:
    of: dict[tuple[Definition, Aspect], Computation] = {
        (one.definition, one.aspect): one for one in computations
    }
    return {one: list(_before(one, of)) for one in computations}


def _before(one: Computation, of: dict[tuple[Definition, Aspect], Computation]) -> Iterator[_Edge]:
    for read, depth in one.uses.reads:
        earlier = read in one.uses.earlier and depth < one.definition.depth
        calculated = of.get((read, Aspect.CALCULATION))
        if calculated is not None:
            yield _Edge(calculated, earlier)
        for above in read.chain:
            condition = of.get((above, Aspect.RELEVANT))
            if condition is not None:
                yield _Edge(condition, earlier)


def _sorted(
    computations: Sequence[Computation], edges: dict[Computation, list[_Edge]], *, earlier: bool
) -> tuple[list[Computation], list[Computation]]:
    """Those that can be put in order, and those that wait for each other."""
    among = set(computations)
    waits: dict[Computation, int] = {}
    after: dict[Computation, list[Computation]] = {}
    for one in computations:
        before = {
            edge.before for edge in edges[one] if edge.before in among and (earlier or not edge.earlier)
        }
        waits[one] = len(before)
        for other in before:
            after.setdefault(other, []).append(one)
    ready = [one for one in computations if not waits[one]]
    for one in ready:
        for other in after.get(one, ()):
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    done = set(ready)
    return ready, [one for one in computations if one not in done]


def _fault(circle: Sequence[Computation], edges: dict[Computation, list[_Edge]]) -> Fault:
    """Follows one circle around, so that its author sees where to cut it."""
    among, walked = set(circle), [circle[0]]
    while True:
        following = next(
            edge.before for edge in edges[walked[-1]] if edge.before in among and not edge.earlier
        )
        if following in walked:
            walked = walked[walked.index(following) :]
            break
        walked.append(following)
    names = " → ".join(one.definition.name for one in [*walked, walked[0]])
    first = walked[0]
    return Fault(first.definition.path, first.aspect.value, f"互相依赖，没有先后：{names}")
