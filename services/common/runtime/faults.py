"""Named points where a test may end the process at once, as a power cut would."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

POINTS = (
    "command.before-commit",
    "command.after-commit",
    "relay.before-publish",
    "relay.after-publish",
    "relay.after-mark",
    "receive.before-commit",
    "receive.after-commit",
    "consumer.before-acknowledge",
    "consumer.after-acknowledge",
    "job.before-commit",
    "job.after-commit",
)
_armed: dict[str, Iterator[int]] = {}


def arm(spec: str) -> None:
    """Arm `point:n`: the process is killed when it passes the point for the n-th time. Empty disarms."""
    _armed.clear()
    if spec:
        point, _, passes = spec.partition(":")
        if point not in POINTS:
            raise ValueError(f"no fault point {point!r}; there are {', '.join(POINTS)}")
        _armed[point] = iter(range(int(passes or 1) - 1, -1, -1))


def reached(point: str) -> None:
    """Pass a fault point; nothing happens unless it is armed."""
    if point in _armed and next(_armed[point], 0) == 0:
        os.kill(os.getpid(), signal.SIGKILL)
