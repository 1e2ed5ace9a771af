"""The only file that knows OpenTelemetry's kit, which the extra `telemetry` installs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from services.common.runtime.trace import HEADER


class Spans:
    """Opens spans and hands the ended ones to `processor`."""

    def __init__(self, processor: SpanProcessor, name: str = "jiuzhu") -> None:
        self._provider = TracerProvider(resource=Resource.create({"service.name": name}))
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("jiuzhu")
        self._wire = TraceContextTextMapPropagator()

    @contextmanager
    def open(self, name: str, kind: str, parent: str, attributes: Mapping[str, str | int]) -> Iterator[str]:
        """A span under `parent` (a traceparent, or none); gives its own traceparent."""
        above = self._wire.extract({HEADER: parent}) if parent else None
        # What an error says may quote personal data: a span only knows that there was one.
        with self._tracer.start_as_current_span(
            name,
            context=above,
            kind=trace.SpanKind[kind.upper()],
            attributes=dict(attributes),
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            carrier: dict[str, str] = {}
            self._wire.inject(carrier)
            try:
                yield carrier[HEADER]
            except BaseException as error:
                span.set_status(trace.StatusCode.ERROR, type(error).__name__)
                raise

    def rename(self, name: str) -> None:
        """Give the open span the name that is known only now."""
        trace.get_current_span().update_name(name)

    def close(self) -> None:
        """Hand over what has not been."""
        self._provider.shutdown()


def to_collector(endpoint: str, name: str) -> Spans:
    """Spans that go to an OTLP collector over HTTP, in batches, beside the work."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return Spans(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")), name)
