"""Alembic per service: each service's migrations lie in its own package and run against its own database."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path
from typing import Literal

from alembic import command, context
from alembic.config import Config
from sqlalchemy import MetaData, create_engine, pool
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from services.common.runtime.tables import Instant


def config_for(service: str, url: str) -> Config:
    """Alembic's configuration for one service at `url`."""
    package = importlib.import_module(f"services.{service}")
    folder = Path(str(package.__file__)).parent
    config = Config()
    config.set_main_option("script_location", str(folder / "migrations"))
    config.set_main_option("version_path_separator", "os")
    config.attributes["url"] = url
    return config


def upgrade(service: str, url: str) -> None:
    """Bring the database of `service` to the newest revision."""
    command.upgrade(config_for(service, url), "head")


def run(metadata: MetaData) -> None:
    """Called by each service's migrations/env.py."""
    url: str = context.config.attributes["url"]
    if url.startswith("sqlite"):
        engine = create_engine(url.replace("+aiosqlite", ""), poolclass=pool.NullPool)
        with engine.connect() as connection:
            _migrate(connection, metadata)
        return

    async def through_asyncpg() -> None:
        engine = create_async_engine(url, poolclass=pool.NullPool)
        async with engine.connect() as connection:
            await connection.run_sync(_migrate, metadata)
            await connection.commit()
        await engine.dispose()

    asyncio.run(through_asyncpg())


def _migrate(connection: Connection, metadata: MetaData) -> None:
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True, render_item=_render
    )
    with context.begin_transaction():
        context.run_migrations()


def _render(kind: str, item: object, _: object) -> str | Literal[False]:
    """Migrations name the database's own type, so that they do not change when our code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False
