"""Where a fault test works: databases and topics of its own on the run's servers, with short pauses."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

from services.common.runtime import inbox, kafka, relay
from services.local_servers import LocalKafka, LocalPostgres
from tests.faults.house import Site


@pytest.fixture
def site(
    tmp_path: Path,
    postgres_server: LocalPostgres,
    kafka_server: LocalKafka,
    monkeypatch: pytest.MonkeyPatch,
) -> Site:
    """A distributed site whose machine room loses patience within seconds."""
    monkeypatch.setattr(inbox, "FIRST_RETRY", timedelta(milliseconds=10))
    monkeypatch.setattr(kafka, "DELIVERY_MS", 2_000)
    monkeypatch.setattr(kafka, "RECONNECT_SECONDS", 0.2)
    monkeypatch.setattr(kafka, "WATCH_SECONDS", 0.3)
    monkeypatch.setattr(relay, "PAUSE_SECONDS", 0.2)
    unique = f"f{time.monotonic_ns()}"
    urls = {name: postgres_server.create_database(f"{unique}_{name}") for name in ("intake", "approval")}
    return Site(tmp_path, urls, kafka_server.bootstrap, unique)
