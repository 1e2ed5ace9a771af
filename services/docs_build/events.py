"""docs/events.md and docs/asyncapi.json: every event, who publishes it, who listens, and what it carries."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from services.contracts_build import ROOT
from services.docs_build.contracts import Contract, Field, Message
from services.docs_build.tables import GENERATED, articles, link, table

GOLDEN = ROOT / "tests" / "contract" / "golden"
# What the key of the stream is where an event belongs to no household.
OWN_STREAMS = {
    "AreaChanged": "the area's code",
    "StaffChanged": "the staff id",
    "PolicyChanged": "one stream for the district",
    "AuditHeadAnchored": "the chain of the audit",
    "RollStated": "the township's code",
    "PolicyDocumentPublished": "the document's id",
    "MonthlyReportSent": "the township's code",
}
INTRODUCTION = """\
Topics are `jiuzhu.<publisher>.<lane>`, the record's key is the stream, the value is proto3-JSON, the headers
are CloudEvents 1.0 ([asyncapi.json](asyncapi.json) says the same to programs). Order holds inside a stream of
one publisher, nowhere else. An event is delivered at least once; `ce_version` tells a repeat.

Dates are ISO dates in Asia/Shanghai, instants RFC 3339 in UTC, months `YYYY-MM`. A `township` is a code of 9
digits, a `village` of 12. Amounts (`…_fen`) are whole fen, as every int64 written as text. What the values of
codes mean is in the [glossary](glossary.md).
"""
HEADERS = {
    "ce_specversion": "always 1.0",
    "ce_id": "id of this event; a repeat carries the same",
    "ce_type": "full name of the message",
    "ce_source": "/jiuzhu/<publisher>",
    "ce_time": "instant of the act, RFC 3339 in UTC",
    "ce_subject": "case, empty where there is none",
    "ce_township": "township code, empty for what belongs to the district",
    "ce_version": "position in its stream, from 1, without gaps",
    "traceparent": "W3C trace, where there is one",
    "content-type": "application/json",
}
OPTIONAL_HEADERS = {"traceparent"}
_SCHEMAS: dict[str, dict[str, object]] = {
    "string": {"type": "string"},
    "bytes": {"type": "string", "contentEncoding": "base64"},
    "bool": {"type": "boolean"},
    "int32": {"type": "integer"},
    "int64": {"type": "string", "pattern": "^-?[0-9]+$"},
}


def stream_of(event: Message) -> str:
    """What the version counts along, and the key of the record."""
    if any(field.name == "household_id" for field in event.fields):
        return "household"
    return OWN_STREAMS[event.name]


def events_page(contracts: Sequence[Contract], listening: Mapping[str, Sequence[str]]) -> str:
    """docs/events.md."""
    rows = [
        (
            f"[{event.name}](#{_anchor(contract, event)})",
            contract.service,
            ", ".join(listening.get(event.full_name, ())) or "nobody yet",
            stream_of(event),
            articles(event.articles),
        )
        for contract in contracts
        for event in contract.events
    ]
    parts = [
        GENERATED.format(source="proto/ and the REACTIONS tables of the services"),
        "# Events\n",
        INTRODUCTION,
        table(("event", "publisher", "consumers", "stream", "articles"), rows),
    ]
    for contract in contracts:
        parts += [_event_section(contract, event, listening) for event in contract.events]
    parts.append("## Parts\n\nMessages that events hold.\n")
    parts += [_part_section(part) for contract in contracts for part in _parts(contract)]
    return "\n".join(parts)


def asyncapi(
    contracts: Sequence[Contract], listening: Mapping[str, Sequence[str]], version: str
) -> dict[str, Any]:
    """The same catalogue as an AsyncAPI 3.0 document."""
    events = [(contract, event) for contract in contracts for event in contract.events]
    shown = [event for _, event in events] + [part for contract in contracts for part in _parts(contract)]
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Jiuzhu events",
            "version": version,
            "description": "CloudEvents 1.0 over Kafka, binary binding; the value is proto3-JSON.",
        },
        "defaultContentType": "application/json",
        "channels": {contract.service: _channel(contract) for contract in contracts},
        "operations": _operations(contracts, listening),
        "components": {
            "messages": {event.full_name: _message(event) for _, event in events},
            "schemas": {"headers": _headers()} | {part.full_name: schema(part) for part in shown},
        },
    }


def schema(message: Message) -> dict[str, Any]:
    """JSON schema of a message as it goes on the wire: every field written, unknown ones to be ignored."""
    described = {"description": message.note} if message.note else {}
    return {
        "type": "object",
        **described,
        "properties": {field.name: _field_schema(field) for field in message.fields},
        "required": [field.name for field in message.fields if field.repeated or field.type in _SCHEMAS],
    }


def _field_schema(field: Field) -> dict[str, Any]:
    plain = field.type in _SCHEMAS
    one: dict[str, Any] = (
        dict(_SCHEMAS[field.type]) if plain else {"$ref": f"#/components/schemas/{field.type}"}
    )
    whole: dict[str, Any] = {"type": "array", "items": one} if field.repeated else one
    return whole | ({"description": field.note} if field.note else {})


def _channel(contract: Contract) -> dict[str, Any]:
    return {
        "address": f"jiuzhu.{contract.service}.{{lane}}",
        "description": contract.note,
        "parameters": {
            "lane": {
                "description": "`shared` for townships without a lane of their own, `district` for what "
                "belongs to no township, or the township's own lane",
                "default": "shared",
            }
        },
        "messages": {
            event.name: {"$ref": f"#/components/messages/{event.full_name}"} for event in contract.events
        },
    }


def _operations(contracts: Sequence[Contract], listening: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for contract in contracts:
        channel = {"$ref": f"#/channels/{contract.service}"}
        found[f"{contract.service}.publishes"] = {"action": "send", "channel": channel}
        for reader in contracts:
            heard = [e for e in contract.events if reader.service in listening.get(e.full_name, ())]
            if heard:
                found[f"{reader.service}.hears.{contract.service}"] = {
                    "action": "receive",
                    "channel": channel,
                    "messages": [{"$ref": f"#/channels/{contract.service}/messages/{e.name}"} for e in heard],
                }
    return found


def _message(event: Message) -> dict[str, Any]:
    example = GOLDEN / f"{event.full_name}.json"
    return {
        "name": event.full_name,
        "title": event.name,
        "summary": event.note,
        "headers": {"$ref": "#/components/schemas/headers"},
        "payload": {"$ref": f"#/components/schemas/{event.full_name}"},
        "bindings": {"kafka": {"key": {"type": "string", "description": f"the stream: {stream_of(event)}"}}},
        "examples": [{"payload": json.loads(example.read_text("utf-8"))}],
    }


def _headers() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {"type": "string", "description": note} for name, note in HEADERS.items()},
        "required": [name for name in HEADERS if name not in OPTIONAL_HEADERS],
    }


def _event_section(contract: Contract, event: Message, listening: Mapping[str, Sequence[str]]) -> str:
    heard = [link(name, f"services/{name}") for name in listening.get(event.full_name, ())]
    return (
        f'<a id="{_anchor(contract, event)}"></a>\n\n## {event.name}\n\n{event.note}\n\n'
        f"`{event.full_name}`, published by {contract.service}, heard by {', '.join(heard) or 'nobody yet'}; "
        f"stream: {stream_of(event)}; {link('example', f'tests/contract/golden/{event.full_name}.json')}.\n\n"
        + _fields_table(event)
    )


def _part_section(part: Message) -> str:
    return f"### {part.full_name}\n\n{part.note}\n\n" + _fields_table(part)


def _fields_table(message: Message) -> str:
    rows = [
        (f"`{f.name}`", f"{f.type.removeprefix('jiuzhu.')}{' list' if f.repeated else ''}", f.note)
        for f in message.fields
    ]
    return table(("field", "type", "says"), rows)


def _parts(contract: Contract) -> list[Message]:
    """Messages that the events of a contract hold, deeper ones included."""
    found: dict[str, Message] = {}
    waiting = list(contract.events)
    while waiting:
        for field in waiting.pop(0).fields:
            if field.type in contract.messages and field.type not in found:
                found[field.type] = contract.messages[field.type]
                waiting.append(found[field.type])
    return list(found.values())


def _anchor(contract: Contract, event: Message) -> str:
    return f"{contract.service}-{event.name.lower()}"
