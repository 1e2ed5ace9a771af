"""Finding, running and watching the programs of the machine that the local servers are made of."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path


class ServerFailed(RuntimeError):
    """A local server did not come up, or a program it needs is missing."""


def program(name: str) -> str:
    """Full path of an installed program."""
    found = shutil.which(name)
    if found is None:
        raise ServerFailed(f"{name} is not installed: `make system` installs what the tests need")
    return found


def run(command: list[str], environment: dict[str, str] | None = None) -> str:
    """What a program prints; its failure is ours."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServerFailed(f"{Path(command[0]).name} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def free_ports(count: int) -> list[int]:
    """TCP ports of 127.0.0.1 that nobody uses at this moment."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def wait(condition: Callable[[], bool], seconds: float) -> None:
    """Return when the condition holds or the time is over."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    """The processes that one process started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def is_alive(pid: int) -> bool:
    """Whether a process still holds anything; one that only waits to be reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][:1]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def send(pid: int, sent: signal.Signals) -> None:
    """Signal a process that may be gone already."""
    try:
        os.kill(pid, sent)
    except ProcessLookupError:
        return  # it was quicker than we
