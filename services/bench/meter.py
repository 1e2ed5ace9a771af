"""What a run costs: processor time, memory and bytes written of whole processes, read from /proc."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds and bytes sent to the disk since the process began, its ended children included."""

    cpu: float
    written: int

    def __sub__(self, before: Cost) -> Cost:
        return Cost(self.cpu - before.cpu, self.written - before.written)


class Meter:
    """Costs of named groups of processes from the moment it is made."""

    def __init__(self, groups: Mapping[str, int]) -> None:
        self._groups = dict(groups)
        self._before = self._read()

    def cost(self) -> dict[str, Cost]:
        """What each group used since the meter was made."""
        return {name: cost - self._before[name] for name, cost in self._read().items()}

    def peaks_mib(self) -> dict[str, float]:
        """Largest resident size of each group's processes; shared pages are counted once per group."""
        return {name: round(_peak(pid) / MIB, 1) for name, pid in self._groups.items()}

    def _read(self) -> dict[str, Cost]:
        return {name: _family_cost(pid) for name, pid in self._groups.items()}


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for one in found:
        found += _children(one)
    return found


def share(costs: Mapping[str, Cost], of: Sequence[str]) -> float:
    """Processor seconds of several groups together."""
    return sum(costs[name].cpu for name in of)


def _family_cost(pid: int) -> Cost:
    parts = [_cost(one) for one in family(pid)]
    return Cost(sum(part.cpu for part in parts), sum(part.written for part in parts))


def _cost(pid: int) -> Cost:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        written = _field(f"/proc/{pid}/io", "write_bytes:")
    except (FileNotFoundError, ProcessLookupError):
        return Cost(0.0, 0)
    user, system, childrens_user, childrens_system = map(int, fields[11:15])
    return Cost((user + system + childrens_user + childrens_system) / TICKS, written)


def _children(pid: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _peak(pid: int) -> int:
    members = family(pid)
    if len(members) == 1:
        return _field(f"/proc/{pid}/status", "VmHWM:") * 1024
    return sum(_field(f"/proc/{one}/smaps_rollup", "Pss:") * 1024 for one in members)


def _field(path: str, name: str) -> int:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
