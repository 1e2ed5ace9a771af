"""What every local server has in common: a directory, a port, a start, and an end no later than ours."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from services.local_servers.programs import ServerFailed, children, free_ports, is_alive, program, send, wait

START_SECONDS = 90  # a loaded machine with two cores took 20 s for a cold Kafka
STOP_SECONDS = 30

# The kernel ends a server when the *thread* that started it ends; this one lives as long as the process.
_launcher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="local-servers")


class LocalServer(ABC):
    """A server process with a directory of its own, which dies with the process that started it."""

    name: str
    dies_by: signal.Signals
    ports_wanted = 1

    def __init__(self, directory: Path | None = None) -> None:
        self._borrowed = directory is not None
        self.directory = directory or Path(tempfile.mkdtemp(prefix=f"jiuzhu-{self.name}-"))
        self.directory.mkdir(parents=True, exist_ok=True)
        self.port, *self._more_ports = self._ports()
        self.log = self.directory / f"{self.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Self:
        """Start the server, or start it again on the same data and port, and wait until it answers."""
        if self._process is not None:
            return self
        if not self._is_prepared():
            self._prepare()
        self._process = _launcher.submit(self._spawn).result()
        self._wait_until(self._answers, START_SECONDS)
        return self

    def stop(self) -> None:
        """Stop in an orderly way; the data stay until `close`."""
        if self._process is None:
            return
        self._process.send_signal(self._orderly_signal())
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """End the server and its workers as a power cut would, leaving the data as they are."""
        if self._process is None:
            return
        family = [self._process.pid, *children(self._process.pid)]
        for pid in family:
            send(pid, signal.SIGKILL)
        self._process.wait(STOP_SECONDS)
        self._process = None
        wait(lambda: not any(is_alive(pid) for pid in family), STOP_SECONDS)

    def close(self) -> None:
        """Stop, and remove the directory if it was ours."""
        self.stop()
        if not self._borrowed:
            shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Process id of the running server."""
        if self._process is None:
            raise ServerFailed(f"{self.name} is not running")
        return self._process.pid

    def _ports(self) -> list[int]:
        """The ports of this directory: chosen once, because clients and Kafka's own quorum remember them."""
        remembered = self.directory / "ports"
        if not remembered.exists():
            remembered.write_text(" ".join(map(str, free_ports(self.ports_wanted))))
        return [int(port) for port in remembered.read_text().split()]

    def _spawn(self) -> subprocess.Popen[bytes]:
        bound = ["--pdeathsig", self.dies_by.name.removeprefix("SIG")]
        command = [program("setpriv"), *self._identity(), *bound, "--", *self._command()]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.directory, process_group=0
            )

    def _wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        process = self._process
        if process is None:
            raise ServerFailed(f"{self.name} is not running")
        wait(lambda: process.poll() is not None or ready(), seconds)
        if process.poll() is None and ready():
            return
        self.kill()
        tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])
        raise ServerFailed(
            f"{self.name} did not start within {seconds:.0f} s; the end of {self.log}:\n{tail}"
        )

    def _identity(self) -> list[str]:
        return []

    def _orderly_signal(self) -> signal.Signals:
        return signal.SIGTERM

    @abstractmethod
    def _is_prepared(self) -> bool: ...

    @abstractmethod
    def _prepare(self) -> None: ...

    @abstractmethod
    def _command(self) -> list[str]: ...

    @abstractmethod
    def _answers(self) -> bool: ...
