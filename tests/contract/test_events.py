"""Every event as it goes on the wire: one golden file each, which is also the example in the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from services.common.contracts import approval, disclosure, intake, review
from services.common.runtime.outbox import decode, encode
from services.docs_build.contracts import read_contracts
from services.docs_build.events import OWN_STREAMS, asyncapi

GOLDEN = Path(__file__).parent / "golden"
CONTRACTS = read_contracts()
MODULES = {"intake": intake, "approval": approval, "disclosure": disclosure, "review": review}
EVENTS: dict[str, type[Message]] = {
    event.full_name: getattr(MODULES[contract.service], event.name)
    for contract in CONTRACTS
    for event in contract.events
}
CATALOGUE = asyncapi(CONTRACTS, {}, "0")
# The only personal fields that an event may carry: the regulation itself publishes them (R5.2a, R5.2c, R5.3).
PUBLISHED_NAMES = {
    "jiuzhu.intake.v1.PreliminaryOpinionFormed.head_name",
    "jiuzhu.intake.v1.ReliefRequested.head_name",
    "jiuzhu.approval.v1.ReliefProposed.head_name",
    "jiuzhu.approval.v1.ReliefGranted.head_name",
    "jiuzhu.review.v1.SupportEndProposed.person_name",
    "jiuzhu.review.v1.SupportEndProposed.sex",
}
PERSONAL = {
    "name",
    "head_name",
    "person_name",
    "id_number",
    "phone",
    "address",
    "sex",
    "born_on",
    "bank_account",
}
AREA_NAMES = {"jiuzhu.intake.v1.AreaChanged.name"}

each_event = pytest.mark.parametrize("name", sorted(EVENTS))


def golden(name: str) -> str:
    return (GOLDEN / f"{name}.json").read_text("utf-8")


def test_every_event_has_its_golden_file_and_no_file_is_left_over() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(EVENTS)


@each_event
def test_an_event_is_written_as_its_golden_file_says(name: str) -> None:
    event = json_format.Parse(golden(name), EVENTS[name]())
    assert json.dumps(json.loads(encode(event)), indent=2, ensure_ascii=False) + "\n" == golden(name)


@each_event
def test_a_golden_file_fills_every_field(name: str) -> None:
    event = json_format.Parse(golden(name), EVENTS[name]())
    empty = [
        field.name
        for field in event.DESCRIPTOR.fields
        if field.type != FieldDescriptor.TYPE_BOOL and not getattr(event, field.name)
    ]
    assert empty == []


@each_event
def test_a_field_of_a_newer_contract_is_ignored(name: str) -> None:
    newer = json.loads(golden(name)) | {"added_by_a_newer_contract": {"deep": [1]}}
    assert decode(EVENTS[name], json.dumps(newer)) == json_format.Parse(golden(name), EVENTS[name]())


@each_event
def test_an_event_of_an_older_contract_is_read(name: str) -> None:
    assert decode(EVENTS[name], "{}") == EVENTS[name]()


@each_event
def test_the_catalogue_schema_accepts_full_and_empty_events(name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": CATALOGUE["components"]}
    jsonschema.validate(json.loads(golden(name)), schema)
    jsonschema.validate(json.loads(encode(EVENTS[name]())), schema)


def test_money_travels_as_text_so_that_no_reader_rounds_it() -> None:
    written = json.loads(encode(review.RecipientEnrolled(monthly_amount_fen=9_007_199_254_740_993)))
    assert written["monthly_amount_fen"] == "9007199254740993"


def test_zeros_are_written_so_that_a_reader_sees_them() -> None:
    written = json.loads(encode(disclosure.PublicityPosted(case_id="c")))
    assert written["provisional"] is False
    assert written["revision"] == 0


def test_chinese_is_readable_on_the_wire() -> None:
    assert "公示栏" in encode(disclosure.PostingRequested(place_name="和平村公示栏"))


@each_event
def test_an_event_names_its_stream(name: str) -> None:
    fields = EVENTS[name].DESCRIPTOR.fields_by_name
    assert "household_id" in fields or EVENTS[name].DESCRIPTOR.name in OWN_STREAMS


@pytest.mark.law("R5.4")
@each_event
def test_an_event_carries_no_personal_field_that_the_regulation_does_not_publish(name: str) -> None:
    personal = {field.full_name for field in fields_within(EVENTS[name].DESCRIPTOR) if field.name in PERSONAL}
    assert personal <= PUBLISHED_NAMES | AREA_NAMES


@pytest.mark.parametrize("contract", sorted(MODULES))
def test_a_proto_file_imports_no_other_of_ours(contract: str) -> None:
    imported = [file.name for file in MODULES[contract].DESCRIPTOR.dependencies]
    assert [name for name in imported if not name.startswith("google/protobuf/")] == []


def fields_within(message: Descriptor) -> Iterator[FieldDescriptor]:
    """Fields of a message and of the messages it holds."""
    for field in message.fields:
        yield field
        if field.message_type:
            yield from fields_within(field.message_type)
