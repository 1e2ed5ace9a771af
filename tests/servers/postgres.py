"""The PostgreSQL of a test run, and empty databases in it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from services.local_servers import LocalPostgres

_numbers = itertools.count(1)


@contextmanager
def running_postgres() -> Iterator[LocalPostgres]:
    """A cluster that lives as long as the block."""
    with LocalPostgres() as server:
        yield server


@contextmanager
def empty_database(server: LocalPostgres) -> Iterator[str]:
    """Address of an empty database, removed afterwards with whatever is still connected to it."""
    name = f"test_{next(_numbers)}"
    url = server.create_database(name)
    try:
        yield url
    finally:
        server.drop_database(name)


@contextmanager
def owned_database(server: LocalPostgres) -> Iterator[str]:
    """The same, of an owner whom PostgreSQL's row security binds, as it does not bind a superuser."""
    with empty_database(server) as url:
        name = url.rsplit("/", 1)[1]
        server.sql(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
        server.sql(f'ALTER DATABASE "{name}" OWNER TO {name}')
        try:
            yield f"postgresql+asyncpg://{name}:{name}@127.0.0.1:{server.port}/{name}"
        finally:
            server.sql(f'ALTER DATABASE "{name}" OWNER TO {server.user}')
            server.sql(f"DROP OWNED BY {name}", name)
            server.sql(f"DROP ROLE {name}")
