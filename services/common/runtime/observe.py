"""Logs as JSON lines without ID numbers, telephone numbers and personal fields; counters for Prometheus."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import structlog
from prometheus_client import Counter, Histogram
from structlog.typing import EventDict, WrappedLogger

from services.common.policy.identity import redact

if TYPE_CHECKING:
    from services.common.runtime.outbox import Envelope

PERSONAL = frozenset(
    {
        "name",
        "head_name",
        "id_number",
        "phone",
        "address",
        "account",
        "password",
        "token",
        "authorization",
        "instance",
        "members",
    }
)
events_sent = Counter("jiuzhu_events_sent_total", "Events handed on by the relay", ["service"])
events_received = Counter("jiuzhu_events_received_total", "Events taken in", ["service"])
event_seconds = Histogram(
    "jiuzhu_event_seconds",
    "From the commit of an event to the commit of its effect",
    ["service", "lane"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800),
)
http_seconds = Histogram("jiuzhu_http_seconds", "Duration of answers", ["method", "route", "status"])
request_seconds = Histogram("jiuzhu_rpc_seconds", "Duration of calls", ["service", "method"])


def took(service: str, batch: Sequence[Envelope], now: datetime) -> None:
    """Count a batch whose effects are committed, and how long each of its events was on its way."""
    for envelope in batch:
        since = (now - datetime.fromisoformat(envelope.occurred_at)).total_seconds()
        event_seconds.labels(service, envelope.lane).observe(max(since, 0.0))
    events_received.labels(service).inc(len(batch))


def redactor(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Personal fields are dropped by name; ID numbers and phones in any text are masked."""
    return {key: "***" if key in PERSONAL else _clean(value) for key, value in event.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {key: "***" if key in PERSONAL else _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(item) for item in value]
    return value


class _Redacting(logging.Filter):
    """The same for records of libraries that log in the standard way."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(record.getMessage())
        record.args = None
        if record.exc_info:
            record.exc_text = redact(logging.Formatter().formatException(record.exc_info))
        return True


def configure_logging(*, level: str = "INFO") -> None:
    """Send all logs of the process to stderr, redacted."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redactor,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_Redacting())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
