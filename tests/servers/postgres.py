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
