"""A private Kafka node on a free port, from the jars that Maven Central serves."""

from __future__ import annotations

import fcntl
import hashlib
import secrets
import signal
import socket
import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path
from string import Template

from services.local_servers.programs import program, run
from services.local_servers.server import LocalServer

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / "deploy" / "local"
CACHE = ROOT / ".cache"


class LocalKafka(LocalServer):
    """One KRaft node without authentication on 127.0.0.1; topics are never made by themselves."""

    name = "kafka"
    dies_by = signal.SIGKILL
    ports_wanted = 2

    def __init__(self, directory: Path | None = None, cache: Path = CACHE) -> None:
        super().__init__(directory)
        [self._controller_port] = self._more_ports
        self._data = self.directory / "log"
        self._properties = self.directory / "server.properties"
        self._cache = cache

    @property
    def bootstrap(self) -> str:
        """The address clients start from."""
        return f"127.0.0.1:{self.port}"

    def _is_prepared(self) -> bool:
        return (self._data / "meta.properties").exists()

    def _prepare(self) -> None:
        recipe = Template((RECIPES / "server.properties").read_text())
        filled = recipe.substitute(port=self.port, controller_port=self._controller_port, data=self._data)
        self._properties.write_text(filled)
        cluster = secrets.token_urlsafe(16)
        formatted = ["format", "--standalone", f"--cluster-id={cluster}", "-c", str(self._properties)]
        run(self._java("-Xmx128m", "kafka.tools.StorageTool", *formatted))

    def _command(self) -> list[str]:
        return self._java("-Xms64m", "-Xmx256m", "kafka.Kafka", str(self._properties))

    def _java(self, *arguments: str) -> list[str]:
        jars = ":".join(str(jar) for jar in kafka_jars(self._cache))
        quick = [
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        ]
        return [program("java"), *quick, "-cp", jars, *arguments]

    def _answers(self) -> bool:
        """Whether the node answers an ApiVersions request, the first thing every Kafka client asks."""
        api_versions, version, correlation, no_client = 18, 0, 1, -1
        request = struct.pack(">hhih", api_versions, version, correlation, no_client)
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection:
                connection.sendall(struct.pack(">i", len(request)) + request)
                return len(connection.recv(8)) > 0
        except OSError:
            return False


def kafka_jars(cache: Path = CACHE) -> Sequence[Path]:
    """The jars named by deploy/local/pom.xml; Maven fetches them the first time and checks their sums."""
    recipe = RECIPES / "pom.xml"
    edition = hashlib.sha256(recipe.read_bytes()).hexdigest()[:12]
    libraries = cache.resolve() / "kafka" / edition
    libraries.parent.mkdir(parents=True, exist_ok=True)
    with (libraries.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test runs may want the same download
        if not libraries.exists():
            _fetch_jars(recipe, libraries)
    return sorted(libraries.glob("*.jar"))


def _fetch_jars(recipe: Path, libraries: Path) -> None:
    with tempfile.TemporaryDirectory(dir=libraries.parent) as half_done:
        goal = [
            "dependency:copy-dependencies",
            f"-DoutputDirectory={half_done}/jars",
            "-DincludeScope=runtime",
        ]
        run([program("mvn"), "-q", "-B", "--strict-checksums", "-f", str(recipe), *goal])
        (Path(half_done) / "jars").rename(libraries)
