"""What /metrics says: the counters of this process, and what waits for each service just now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from prometheus_client import REGISTRY, CollectorRegistry, Gauge, generate_latest

from services.common.runtime import backlog
from services.common.runtime.actor import SYSTEM
from services.common.runtime.service import Service


@dataclass(frozen=True, slots=True)
class Row:
    """One value of one gauge."""

    gauge: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


# Gauge → what it says. Each has the label `service`, and those named behind it.
GAUGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "jiuzhu_database_up": ("1 while the service's database answers", ()),
    "jiuzhu_kafka_up": ("1 while Kafka answers; always 1 where events travel in process", ()),
    "jiuzhu_outbox_unsent": ("Committed events not handed on yet", ("lane",)),
    "jiuzhu_outbox_oldest_seconds": ("Age of the oldest of them", ("lane",)),
    "jiuzhu_lag_events": ("Records on Kafka that this process has yet to take in", ("lane",)),
    "jiuzhu_lag_seconds": ("Age of the oldest of them, at most", ("lane",)),
    "jiuzhu_parked_gaps": ("Events that wait for an earlier one of their stream", ()),
    "jiuzhu_parked_failing": ("Events that failed and will be tried again", ()),
    "jiuzhu_dead_letters": ("Events given up and not replayed", ()),
    "jiuzhu_jobs_owed": ("Runs of jobs that are due and not made", ()),
}


async def exposition(services: Sequence[Service]) -> bytes:
    """The page in Prometheus' own text format."""
    registry = CollectorRegistry()
    described = GAUGES | {
        f"jiuzhu_{own.name}": (own.text, own.labels) for one in services for own in one.blueprint.gauges
    }
    gauges = {
        name: Gauge(name, text, ("service", *labels), registry=registry)
        for name, (text, labels) in described.items()
    }
    for service in services:
        for row in await _rows(service):
            gauges[row.gauge].labels(service=service.name, **row.labels).set(row.value)
    return generate_latest(REGISTRY) + generate_latest(registry)


async def _rows(service: Service) -> list[Row]:
    rows = [Row("jiuzhu_kafka_up", service.bus_connected)]
    rows += [
        row
        for lane, behind in (await service.behind()).items()
        for row in (
            Row("jiuzhu_lag_events", behind.records, {"lane": lane}),
            Row("jiuzhu_lag_seconds", behind.seconds, {"lane": lane}),
        )
    ]
    try:
        return [*rows, Row("jiuzhu_database_up", 1), *await _stored(service)]
    except Exception:
        # A page without the database's part tells more than none at all.
        return [*rows, Row("jiuzhu_database_up", 0)]


async def _stored(service: Service) -> list[Row]:
    found, now = await backlog.of(service), service.clock.now()
    rows = [
        Row("jiuzhu_parked_gaps", found.gaps),
        Row("jiuzhu_parked_failing", found.failing),
        Row("jiuzhu_dead_letters", found.dead_letters),
        Row("jiuzhu_jobs_owed", found.jobs_owed),
    ]
    for lane in sorted({*service.settings.all_lanes(), *found.unsent}):
        waiting = found.unsent.get(lane)
        age = max((now - waiting.oldest_at).total_seconds(), 0.0) if waiting else 0.0
        rows.append(Row("jiuzhu_outbox_unsent", waiting.count if waiting else 0, {"lane": lane}))
        rows.append(Row("jiuzhu_outbox_oldest_seconds", age, {"lane": lane}))
    return rows + await _own(service)


async def _own(service: Service) -> list[Row]:
    """What the service's blueprint counts."""
    async with service.reading(SYSTEM) as tx:
        return [
            Row(f"jiuzhu_{own.name}", value, dict(zip(own.labels, labels, strict=True)))
            for own in service.blueprint.gauges
            for labels, value in (await own.count(tx)).items()
        ]
