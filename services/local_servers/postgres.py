"""A private PostgreSQL cluster on a free port."""

from __future__ import annotations

import os
import pwd
import secrets
import signal
import stat
import subprocess
import tempfile
from pathlib import Path

from services.local_servers.programs import ServerFailed, program, run
from services.local_servers.server import LocalServer


class LocalPostgres(LocalServer):
    """A PostgreSQL cluster: TCP on 127.0.0.1 with a password, no socket, every commit on the disk."""

    name = "postgres"
    dies_by = signal.SIGQUIT
    user = "jiuzhu"

    def __init__(self, directory: Path | None = None) -> None:
        super().__init__(directory)
        self._data = self.directory / "data"
        self._secret = self.directory / "password"
        self._programs = postgres_programs()

    def url(self, database: str = "postgres", driver: str = "postgresql+asyncpg") -> str:
        """SQLAlchemy address of one database of this server."""
        return f"{driver}://{self.user}:{self._password()}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str) -> str:
        """Make an empty database and return its address."""
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, ending the connections to it."""
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run one statement as the owner of the cluster; rows come back as lines, columns parted by |."""
        return run(
            [self._own("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
             "-p", str(self.port), "-U", self.user, "-d", database, "-c", statement],
            environment={"PGPASSWORD": self._password()},
        ).strip()  # fmt: skip

    def _password(self) -> str:
        return self._secret.read_text()

    def _is_prepared(self) -> bool:
        return (self._data / "PG_VERSION").exists()

    def _prepare(self) -> None:
        self._secret.touch(mode=0o600)
        self._secret.write_text(secrets.token_hex(16))
        if os.geteuid() == 0:
            self._hand_over()
        run([program("setpriv"), *self._identity(), "--", self._own("initdb"), *self._initial()])

    def _initial(self) -> list[str]:
        return [
            f"--pgdata={self._data}", f"--username={self.user}", f"--pwfile={self._secret}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        ]  # fmt: skip

    def _hand_over(self) -> None:
        """PostgreSQL refuses to run as root: its directory goes to the system's own user for it."""
        owner = pwd.getpwnam("postgres")
        for path in (self.directory, self._secret):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        if not self._may_enter():
            _open_the_way(self.directory)
        if not self._may_enter():
            raise ServerFailed(f"the user postgres cannot enter {self.directory}: choose another directory")

    def _may_enter(self) -> bool:
        asked = [program("setpriv"), *self._identity(), "--", "test", "-x", str(self.directory)]
        return subprocess.run(asked, check=False).returncode == 0

    def _identity(self) -> list[str]:
        if os.geteuid():
            return []
        return ["--reuid", "postgres", "--regid", "postgres", "--init-groups"]

    def _command(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": "",
            "max_connections": "200", "shared_buffers": "64MB", "timezone": "UTC",
            "fsync": "on", "synchronous_commit": "on", "log_min_messages": "warning",
        }  # fmt: skip
        return [self._own("postgres"), "-D", str(self._data)] + [
            part for name, value in settings.items() for part in ("-c", f"{name}={value}")
        ]

    def _orderly_signal(self) -> signal.Signals:
        return signal.SIGINT  # fast shutdown: do not wait for clients to leave

    def _answers(self) -> bool:
        asked = [self._own("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", self.user]
        return subprocess.run(asked, check=False).returncode == 0

    def _own(self, name: str) -> str:
        """A program of the PostgreSQL version that made the cluster."""
        return str(self._programs / name)


def _open_the_way(directory: Path) -> None:
    """Let others pass through, not read, the temporary folders that closed themselves around a directory."""
    temporary = Path(tempfile.gettempdir()).resolve()
    for folder in directory.resolve().parents:
        if folder.is_relative_to(temporary) and folder != temporary:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)


def postgres_programs() -> Path:
    """Where initdb and postgres are: Debian keeps them out of the PATH, one folder per version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if versions:
        return versions[-1].parent
    return Path(program("initdb")).parent
