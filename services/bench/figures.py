"""Figures out of measured times and costs, in the words that every benchmark prints."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence

from services.bench.meter import Cost


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    ordered = sorted(seconds)
    if not ordered:
        return {}
    return {
        f"p{rank}": round(1000 * ordered[min(len(ordered) - 1, len(ordered) * rank // 100)], 2)
        for rank in (50, 95, 99)
    }


def per_thousand(costs: Mapping[str, Cost], count: int) -> dict[str, float]:
    """Processor seconds per 1,000 of the work, by group of processes; `total` is without the client."""
    if not count:
        return {}
    shown = {name: round(1000 * cost.cpu / count, 3) for name, cost in costs.items()}
    served = sum(cost.cpu for name, cost in costs.items() if name != "client")
    return shown | {"total": round(1000 * served / count, 3)}


def written_per_byte(costs: Mapping[str, Cost], payload: int) -> float:
    """Bytes sent to the disk for each byte of payload."""
    return round(sum(cost.written for cost in costs.values()) / payload, 3) if payload else 0.0


def ratio(ours: float, theirs: float) -> float:
    return round(ours / theirs, 3) if theirs else 0.0


def machine() -> dict[str, object]:
    """Where this was measured, without naming it."""
    return {
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
    }
