"""The contracts as documents need them: events, calls and fields with the comments of proto/."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
)
from grpc_tools import protoc

from services.contracts_build import ROOT, SERVICES

ARTICLE = re.compile(r"\bR\d+\.\d+[a-c]?\b")
_F = FieldDescriptorProto
_SCALARS = {
    _F.TYPE_STRING: "string",
    _F.TYPE_BYTES: "bytes",
    _F.TYPE_BOOL: "bool",
    _F.TYPE_INT32: "int32",
    _F.TYPE_INT64: "int64",
}
# Field numbers inside descriptor.proto: source info points at things by them.
_MESSAGES, _SERVICES, _MEMBERS = 4, 6, 2


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `type` is a scalar's name or the full name of a message."""

    name: str
    type: str
    repeated: bool
    note: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message with what its comment says."""

    full_name: str
    note: str
    fields: tuple[Field, ...]

    @property
    def name(self) -> str:
        return self.full_name.rpartition(".")[2]

    @property
    def articles(self) -> list[str]:
        """Articles that the comments of the message and its fields cite, in order of appearance."""
        text = " ".join([self.note, *(field.note for field in self.fields)])
        return list(dict.fromkeys(ARTICLE.findall(text)))


@dataclass(frozen=True, slots=True)
class Method:
    """One call with what its comment says."""

    name: str
    note: str
    streaming: bool


@dataclass(frozen=True, slots=True)
class Contract:
    """What one service can be asked and what it publishes."""

    service: str
    note: str
    methods: tuple[Method, ...]
    messages: Mapping[str, Message]
    events: tuple[Message, ...]


def read_contracts() -> list[Contract]:
    """The contracts of the four services, from proto/ with its comments."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "contracts.binpb"
        files = [f"{name}/v1/{name}.proto" for name in SERVICES]
        status = protoc.main(
            [
                "protoc",
                f"-I{ROOT / 'proto'}",
                f"--descriptor_set_out={target}",
                "--include_source_info",
                *files,
            ]
        )
        if status:
            raise SystemExit(status)
        found = FileDescriptorSet.FromString(target.read_bytes())
    return [_contract(file) for file in found.file]


def _contract(file: FileDescriptorProto) -> Contract:
    notes = {
        tuple(place.path): " ".join(place.leading_comments.split())
        for place in file.source_code_info.location
    }
    messages = {}
    for index, described in enumerate(file.message_type):
        message = _message(file.package, described, (_MESSAGES, index), notes)
        messages[message.full_name] = message
    service = file.service[0]
    methods = tuple(
        Method(method.name, notes.get((_SERVICES, 0, _MEMBERS, index), ""), method.server_streaming)
        for index, method in enumerate(service.method)
    )
    # An event is what nothing else speaks of: no call takes or gives it, no message holds it.
    spoken_of = {name.lstrip(".") for call in service.method for name in (call.input_type, call.output_type)}
    spoken_of |= {field.type for message in messages.values() for field in message.fields}
    events = tuple(message for name, message in messages.items() if name not in spoken_of)
    return Contract(file.package.split(".")[1], notes.get((_SERVICES, 0), ""), methods, messages, events)


def _message(
    package: str, described: DescriptorProto, path: tuple[int, ...], notes: Mapping[tuple[int, ...], str]
) -> Message:
    fields = tuple(
        Field(
            field.name,
            _type_name(field),
            field.label == _F.LABEL_REPEATED,
            notes.get((*path, _MEMBERS, index), ""),
        )
        for index, field in enumerate(described.field)
    )
    return Message(f"{package}.{described.name}", notes.get(path, ""), fields)


def _type_name(field: FieldDescriptorProto) -> str:
    if field.type == _F.TYPE_MESSAGE:
        return field.type_name.lstrip(".")
    return _SCALARS[field.type]
