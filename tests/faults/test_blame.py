"""Whose fault it is when a statement fails: the database's, and then no event is blamed, or the event's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.common.runtime.database import Database, is_failing


async def error_of(database: Database, *statements: str) -> DBAPIError:
    """The error of the last statement."""
    try:
        async with database.begin() as db:
            for statement in statements:
                await db.execute(text(statement))
    except DBAPIError as error:
        return error
    finally:
        await database.close()
    raise AssertionError(f"{statements[-1]} went well")


@pytest.mark.parametrize(
    ("statement", "failing"),
    [
        ("SELECT 1 / 0", False),
        ("SELECT nothing FROM nowhere", False),
        ("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$", True),
        ("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$", True),
        ("DO $$ BEGIN RAISE SQLSTATE '53100'; END $$", True),
        ("DO $$ BEGIN RAISE SQLSTATE '57P01'; END $$", True),
        ("SELECT pg_terminate_backend(pg_backend_pid())", True),
    ],
)
async def test_postgresql_says_whose_fault_it_is(postgres_url: str, statement: str, failing: bool) -> None:
    assert is_failing(await error_of(Database(postgres_url), statement)) is failing


async def test_a_lock_that_is_not_given_is_the_databases_fault(postgres_url: str) -> None:
    holder = Database(postgres_url)
    async with holder.begin() as db:
        await db.execute(text("CREATE TABLE t (id int)"))
    async with holder.begin() as db:
        await db.execute(text("LOCK TABLE t"))
        waiting = error_of(Database(postgres_url), "SET LOCAL lock_timeout = '50ms'", "SELECT * FROM t")
        assert is_failing(await waiting)
    await holder.close()


async def test_a_wrong_statement_on_sqlite_is_not_the_databases_fault(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    assert not is_failing(await error_of(database, "SELECT nothing FROM nowhere"))


async def test_a_full_sqlite_is_the_databases_fault(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    full = await error_of(
        database,
        "PRAGMA max_page_count = 2",
        "CREATE TABLE t (x)",
        "CREATE TABLE u (x)",
        "CREATE TABLE v (x)",
    )
    assert is_failing(full)
