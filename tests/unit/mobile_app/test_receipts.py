"""Receipts: signed by the office, believed by the tablet, and worth nothing once a byte was changed."""

from __future__ import annotations

import base64
import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jws
from joserfc.jwk import ECKey

from mobile_app.core.receipts import Forged, ReceiptKeys, check_about
from services.common.policy.canonical import canonical
from services.common.runtime.settings import Mode, Settings
from services.intake.field.receipts import ReceiptKey
from services.intake.model.visits import AnnouncedPhoto
from services.intake.rules.visits import canonical as canonical_envelope
from services.intake.rules.visits import content_hash
from tests.world.field import envelope, photo, visit_answers
from tests.world.services import shanghai

KEY = ReceiptKey(ec.generate_private_key(ec.SECP256R1()))
KEYS = ReceiptKeys.from_jwks({"keys": [KEY.jwk]})
SENT = envelope("visit", visit_answers(), shanghai("2026-09-14"), {"door.jpg": photo(1)})


def receipt() -> dict[str, Any]:
    """As intake writes one for SENT."""
    [door] = SENT.photos
    return {
        "visit_id": SENT.visit_id,
        "content_sha256": SENT.sha256,
        "received_at": "2026-09-14T04:00:00+00:00",
        "stage": "complete",
        "case_id": "",
        "household_id": "",
        "parts": [
            {"part": "record", "sha256": SENT.sha256, "state": "received"},
            {
                "part": "photo",
                "name": door.name,
                "kind": door.kind,
                "sha256": door.sha256,
                "size": door.size,
                "offset": door.size,
                "state": "verified",
                "reason": "",
            },
        ],
    }


def test_both_ends_name_a_content_by_the_same_hash() -> None:
    announced = tuple(AnnouncedPhoto(one.name, one.sha256, one.size, one.kind) for one in SENT.photos)
    texts = (SENT.visit_id, SENT.form_id, SENT.form_version)
    written = canonical_envelope(*texts, SENT.recorded_at, SENT.village, SENT.instance, announced)

    assert SENT.sha256 == content_hash(written)
    assert type(SENT).from_json(json.loads(json.dumps(SENT.to_json()))) == SENT


def test_a_receipt_of_the_office_is_believed_also_after_another_writing_of_its_json() -> None:
    signed = json.loads(json.dumps(KEY.sign(receipt()), indent=3, sort_keys=True))

    believed = KEYS.verify(signed)
    check_about(believed, SENT)
    assert believed.outstanding == ()
    assert KEY.sign(receipt()) == KEY.sign(receipt())


def test_any_jose_library_verifies_the_receipt() -> None:
    header, _, signature = str(KEY.sign(receipt())["signature"]).partition("..")
    payload = base64.urlsafe_b64encode(canonical(receipt()).encode()).rstrip(b"=").decode()

    found = jws.deserialize_compact(
        f"{header}.{payload}.{signature}", ECKey.import_key({**KEY.jwk}), ["ES256"]
    )
    assert json.loads(found.payload) == receipt()


CHANGES: dict[str, tuple[tuple[str | int, ...], object]] = {
    "another visit": (("visit_id",), "01920000-0000-7000-8000-0000000000ff"),
    "another stage": (("stage",), "incomplete"),
    "a photo said to be verified": (("parts", 1, "state"), "received"),
    "another photo": (("parts", 1, "sha256"), "0" * 64),
    "a reason": (("parts", 1, "reason"), "x"),
    "another hash of the record": (("content_sha256",), "0" * 64),
}


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_receipt_changed_in_one_place_is_forged(change: str) -> None:
    path, value = CHANGES[change]
    signed: Any = copy.deepcopy(KEY.sign(receipt()))
    at = signed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value

    with pytest.raises(Forged):
        KEYS.verify(signed)


def test_a_part_added_or_left_out_is_forged() -> None:
    for parts in (receipt()["parts"][:1], [*receipt()["parts"], receipt()["parts"][1]]):
        with pytest.raises(Forged):
            KEYS.verify(KEY.sign(receipt()) | {"parts": parts})


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "..",
        "a.b.c",
        "eyJhbGciOiJub25lIn0..",
        "bm8ganNvbg..AAAA",
        str(KEY.sign(receipt())["signature"])[:-4],
        str(ReceiptKey(ec.generate_private_key(ec.SECP256R1())).sign(receipt())["signature"]),
    ],
    ids=["none", "dots", "three parts", "alg none", "no json", "cut off", "another key"],
)
def test_what_the_office_did_not_sign_is_forged(signature: str) -> None:
    with pytest.raises(Forged):
        KEYS.verify(receipt() | {"signature": signature})
    with pytest.raises(Forged):
        KEYS.verify(receipt())


def test_a_true_receipt_for_something_else_frees_nothing() -> None:
    other = replace(SENT, instance=SENT.instance.replace("村南3号", "村北9号"))

    with pytest.raises(Forged, match="不是这份记录"):
        check_about(KEYS.verify(KEY.sign(receipt())), other)
    bare = receipt() | {"parts": receipt()["parts"][:1]}
    with pytest.raises(Forged, match="照片"):
        check_about(KEYS.verify(KEY.sign(bare)), SENT)


def test_development_makes_one_key_and_production_wants_its_own(tmp_path: Path) -> None:
    own = Settings(mode=Mode.DEVELOPMENT, data_dir=tmp_path)

    assert ReceiptKey.from_settings(own).kid == ReceiptKey.from_settings(own).kid
    assert (tmp_path / "keys" / "receipt.pem").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ValueError, match="RECEIPT_KEY_FILE"):
        ReceiptKey.from_settings(Settings(mode=Mode.PRODUCTION, data_dir=tmp_path))
