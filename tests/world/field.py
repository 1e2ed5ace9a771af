"""What a tablet brings: filled-in forms, photos drawn by code, and envelopes around them."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from PIL import Image

from mobile_app.core.envelope import Envelope, PhotoAnnounced
from services.common.forms.instance import write_instance
from services.common.forms.model import Form
from services.common.forms.xform import parse_form
from services.intake.commands.forms import compile_form
from services.intake.forms import shipped
from services.intake.model.visits import PublishedForm
from tests.world.applications import (
    CASE,
    GRID_WORKER,
    HEAD,
    HEAD_MEMBER,
    HOUSEHOLD,
    SON,
    SON_MEMBER,
    SURVEYOR,
    VILLAGE,
    VISIT,
    WIFE,
    WIFE_MEMBER,
)

VERSION = "2026090101"
FAMILY = ((HEAD, HEAD_MEMBER), (WIFE, WIFE_MEMBER), (SON, SON_MEMBER))


@cache
def published_form(form_id: str) -> PublishedForm:
    """A form that comes with the program, compiled once for all tests."""
    return compile_form(shipped(form_id))


@cache
def form(form_id: str) -> Form:
    """The same form as a tablet has it."""
    return parse_form(published_form(form_id).xform)


@cache
def photo(number: int, *, kind: str = "JPEG", size: tuple[int, int] = (320, 240)) -> bytes:
    """A picture full of noise, so that its file has some size; another number makes another one."""
    noise = random.Random(number).randbytes(size[0] * size[1] * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", size, noise).save(out, kind)
    return out.getvalue()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def visit_answers(**changes: Any) -> dict[str, Any]:
    """An application taken at the door by the grid worker."""
    members = [
        {
            "person_id": key,
            "name": one.name,
            "id_number": one.id_number.value,
            "relation": one.relation,
            "counted": True,
            "authorised": True,
            "is_staff": False,
            "is_kin": False,
        }
        for key, one in FAMILY
    ]
    answers: dict[str, Any] = {
        "household_id": HOUSEHOLD,
        "case_id": CASE,
        "visited_on": date(2026, 9, 14),
        "address": "村南3号",
        "phone": "13800000000",
        "members": members,
        "wish": True,
        "category": "dibao",
        "claim": "去年生病以后没有收入",
        "consent": True,
        "door": "door.jpg",
    }
    return answers | changes


def survey_answers(task_id: str, **changes: dict[str, Any]) -> dict[str, Any]:
    """入户调查表 of the same family: the wife's business earns 1,000 yuan a month."""
    members = [
        {
            "person_id": key,
            "name": one.name,
            "id_number": one.id_number.value,
            "relation": one.relation,
            "standing": "counted",
            "presence": "home",
            "health": "1",
            "seriously_ill": False,
            "disabled": False,
            "labour": "full",
            "employment": "farming",
            "is_kin": False,
            "incomes": [{"income_kind": "business", "monthly": "1000.00", "months": 12}]
            if key == WIFE
            else [],
            "supporters_asked": False,
        }
        for key, one in FAMILY
    ]
    surveyors = [
        {
            "staff_id": one.id,
            "name": f"{one.id}同志",
            "unit": "马厂镇",
            "post": "承办人",
            "signature": f"signature-{number}.png",
        }
        for number, one in enumerate((SURVEYOR, GRID_WORKER), 1)
    ]
    parts: dict[str, Any] = {
        "head": {
            "task_id": task_id,
            "visited_on": date(2026, 9, 16),
            "place": "home",
            "mode": "home",
            "category": "dibao",
            "registration": "rural",
            "occasion": "first",
            "address": "村南3号",
        },
        "members": members,
        "assets": {
            "houses": 1,
            "vehicles": 0,
            "deposits": "12000.00",
            "business": False,
            "meets_limits": "yes",
        },
        "spending": [],
        "living": {"food": "basic", "clothing": "basic", "narrative": "房屋整洁，家具陈旧"},
        "conclusion": {
            "finding": "情况属实",
            "proposed": "dibao",
            "single_person": False,
            "policy_told": True,
            "door": "door.jpg",
            "living_room": "living-room.jpg",
            "surveyors": surveyors,
            "family_signed": True,
            "family_signer": "王守田，户主",
            "family_signature": "family.png",
        },
    }
    return {
        name: part | changes[name] if name in changes and isinstance(part, dict) else part
        for name, part in parts.items()
    }


def posting_answers(task_id: str, posting_id: str, **changes: Any) -> dict[str, Any]:
    """The grid worker in front of the board."""
    answers = {
        "task_id": task_id,
        "posting_id": posting_id,
        "place": "村公示栏",
        "posted_on": date(2026, 9, 24),
        "photo": "board.jpg",
    }
    return answers | changes


def envelope(
    form_id: str,
    answers: Mapping[str, Any],
    recorded_at: datetime,
    photos: Mapping[str, bytes],
    visit_id: str = VISIT,
) -> Envelope:
    """The record with its photos announced."""
    return Envelope(
        visit_id=visit_id,
        form_id=form_id,
        form_version=VERSION,
        recorded_at=recorded_at,
        village=VILLAGE,
        instance=write_instance(form(form_id), answers, visit_id),
        photos=tuple(PhotoAnnounced.of(name, content, "evidence") for name, content in photos.items()),
    )


SURVEY_PHOTOS = ("door.jpg", "living-room.jpg", "signature-1.png", "signature-2.png", "family.png")


def survey_photos() -> dict[str, bytes]:
    """Photos and signatures, each another picture."""
    return {
        name: photo(number, kind="PNG" if name.endswith(".png") else "JPEG", size=(80, 60))
        for number, name in enumerate(SURVEY_PHOTOS, 10)
    }
