"""Migrations of every service, on both databases: from empty to what storage describes, and back."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from services.common.runtime import migrations
from services.contracts_build import SERVICES


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'service.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.mark.parametrize("service", SERVICES)
def test_upgrade_from_empty_makes_exactly_the_tables_of_storage(service: str, url: str) -> None:
    migrations.upgrade(service, url)
    migrations.upgrade(service, url)

    assert differences(service, url) == []


@pytest.mark.parametrize("service", SERVICES)
def test_downgrade_leaves_nothing_behind(service: str, url: str) -> None:
    migrations.upgrade(service, url)
    command.downgrade(migrations.config_for(service, url), "base")

    assert tables(url) <= {"alembic_version"}


def differences(service: str, url: str) -> list[object]:
    metadata = importlib.import_module(f"services.{service}.storage").metadata

    def compare(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    return run(url, compare)


def tables(url: str) -> set[str]:
    return set(run(url, lambda connection: inspect(connection).get_table_names()))


def run(url: str, ask):  # type: ignore[no-untyped-def]
    async def go():  # type: ignore[no-untyped-def]
        engine = create_async_engine(url)
        try:
            async with engine.connect() as connection:
                return await connection.run_sync(ask)
        finally:
            await engine.dispose()

    return asyncio.run(go())
