"""The four services as they are wired: their tables, and apps that are built only to be described."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI

from services import launch
from services.common.runtime.auth import Keys
from services.common.runtime.clock import SystemClock
from services.common.runtime.database import Database
from services.common.runtime.documents import ContentStore
from services.common.runtime.http import office_app, public_app
from services.common.runtime.service import Blueprint, Service
from services.common.runtime.settings import Mode, Settings


def blueprints() -> dict[str, Blueprint]:
    """The blueprint of every service by its name."""
    return {blueprint.name: blueprint for blueprint in launch.blueprints()}


def consumers(found: Mapping[str, Blueprint]) -> dict[str, list[str]]:
    """Full name of an event → the services that react to it."""
    listening: dict[str, list[str]] = {}
    for name, blueprint in found.items():
        for event in blueprint.reactions:
            listening.setdefault(event.DESCRIPTOR.full_name, []).append(name)
    return listening


@contextmanager
def apps(found: Mapping[str, Blueprint]) -> Iterator[tuple[FastAPI, FastAPI]]:
    """The office app and the public app over empty services, good for nothing but reading their routes."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(mode=Mode.DEVELOPMENT, data_dir=Path(folder), database_url="")
        services = [
            Service(
                blueprint,
                Database(settings.url_of(name)),
                SystemClock(),
                settings,
                ContentStore.from_settings(settings, name),
            )
            for name, blueprint in found.items()
        ]
        yield office_app(services, Keys.fresh()), public_app(services)
