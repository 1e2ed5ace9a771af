"""An envelope as a Kafka record and back: CloudEvents 1.0, binary binding."""

from __future__ import annotations

from aiokafka import ConsumerRecord

from services.common.runtime import tables
from services.common.runtime.outbox import Envelope

KEPT_OF_AN_UNREADABLE = 100_000


class Unreadable(ValueError):
    """A record that is no event of ours; no retry will make it one."""


def headers_of(envelope: Envelope) -> dict[str, str]:
    """The CloudEvents attributes of an event."""
    headers = {
        "ce_specversion": "1.0",
        "ce_id": envelope.id,
        "ce_type": envelope.type,
        "ce_source": f"/jiuzhu/{envelope.publisher}",
        "ce_time": envelope.occurred_at,
        "ce_subject": envelope.subject,
        "ce_township": envelope.township,
        "ce_version": str(envelope.version),
        "content-type": "application/json",
    }
    return headers | ({"traceparent": envelope.traceparent} if envelope.traceparent else {})


def read(record: ConsumerRecord[bytes, bytes]) -> Envelope:
    """The envelope of a record; Unreadable if it is not one of ours or no database could hold it."""
    try:
        headers = {name: (value or b"").decode() for name, value in record.headers}
        _, publisher, lane = record.topic.split(".", 2)
        envelope = Envelope(
            id=headers["ce_id"],
            publisher=publisher,
            stream=(record.key or b"").decode(),
            version=int(headers["ce_version"]),
            type=headers["ce_type"],
            payload=(record.value or b"").decode(),
            subject=headers.get("ce_subject", ""),
            township=headers.get("ce_township", ""),
            lane=lane,
            occurred_at=headers["ce_time"],
            traceparent=headers.get("traceparent", ""),
        )
    except KeyError as error:
        raise Unreadable(f"header {error} is missing") from error
    except ValueError as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    if flaw := _flaw(envelope, headers.get("ce_specversion", "")):
        raise Unreadable(flaw)
    return envelope


def unreadable(record: ConsumerRecord[bytes, bytes]) -> Envelope:
    """What is kept of an unreadable record, under its place in the topic."""
    _, publisher, lane = record.topic.split(".", 2)
    return Envelope(
        id=f"{record.topic}/{record.partition}/{record.offset}"[-tables.EVENT_ID_LENGTH :],
        publisher=publisher,
        stream=(record.key or b"").decode(errors="replace"),
        version=0,
        type="",
        payload=(record.value or b"")[:KEPT_OF_AN_UNREADABLE].decode(errors="replace"),
        subject="",
        township="",
        lane=lane,
        occurred_at="",
    )


def _flaw(envelope: Envelope, specversion: str) -> str:
    """Why no database could hold the event, or nothing."""
    if specversion != "1.0":
        return f"ce_specversion is {specversion!r}, not '1.0'"
    if not 1 <= len(envelope.stream) <= tables.STREAM_LENGTH:
        return "the key, which names the stream, is empty or too long"
    if not 1 <= len(envelope.id) <= tables.EVENT_ID_LENGTH:
        return "ce_id is empty or too long"
    if not 1 <= envelope.version <= tables.LARGEST_VERSION:
        return f"ce_version is {envelope.version}"
    if "\0" in envelope.stream + envelope.id + envelope.payload:
        return "a NUL character, which no database stores"
    return ""
