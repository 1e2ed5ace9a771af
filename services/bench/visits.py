"""Home visits for the load: the shipped form filled in, and photos drawn by code, each visit another one."""

from __future__ import annotations

import hashlib
import io
import json
import random
from dataclasses import dataclass
from functools import cache

from PIL import Image

from services.common.forms.answers import Picture
from services.common.forms.instance import write_instance
from services.common.forms.model import Form
from services.common.forms.xform import parse_form
from services.common.policy.calendar import legal_day
from services.common.runtime.clock import system_now
from services.common.runtime.ids import new_id
from services.demo.numbers import fictional_id_number

MEMBERS = 5
PHOTO_SIZE = (1600, 1200)
PHOTO_BYTES = 200_000
NAMES = ("door.jpg", "signature.jpg")
KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Sent:
    """One visit as it goes over the line: its id, the record, and its photos by hash."""

    visit_id: str
    record: bytes
    photos: tuple[tuple[str, bytes], ...]

    @property
    def size(self) -> int:
        return len(self.record) + sum(len(content) for _, content in self.photos)


class Visits:
    """Makes visits of one village; with `application` each brings a new family and a new case."""

    def __init__(self, xform: str, version: str, village: str, photos: int, *, application: bool) -> None:
        self._form: Form = parse_form(xform)
        self._version, self._village = version, village
        self._photos, self._application = photos, application
        self._chance = random.Random(int.from_bytes(new_id().encode()))  # noqa: S311 (invented people)

    def next(self) -> Sent:
        visit_id = new_id()
        photos = self._pictures(visit_id)
        hashed = tuple((hashlib.sha256(content).hexdigest(), content) for _, content in photos)
        envelope = {
            "visit_id": visit_id,
            "form_id": "visit",
            "form_version": self._version,
            "recorded_at": system_now().isoformat(),
            "village": self._village,
            "instance": write_instance(self._form, self._answers(), visit_id),
            "photos": [
                {"name": name, "sha256": digest, "size": len(content), "kind": "evidence"}
                for (name, content), (digest, _) in zip(photos, hashed, strict=True)
            ],
        }
        sent = hashed[: self._photos]
        return Sent(visit_id, json.dumps(envelope, ensure_ascii=False).encode(), sent)

    def _pictures(self, visit_id: str) -> tuple[tuple[str, bytes], ...]:
        """The form asks for one photo at least: where none shall be sent it is one that is there already."""
        if not self._photos:
            return ((NAMES[0], photo(KNOWN)),)
        return tuple((name, photo(f"{visit_id}{name}")) for name in NAMES[: self._photos])

    def _answers(self) -> dict[str, object]:
        wish = "yes" if self._application else "no"
        return {
            "household_id": new_id(),
            "case_id": new_id(),
            "visited_on": legal_day(system_now()),
            "door": Picture(NAMES[0]),
            "applicant_signature": Picture(NAMES[1]) if self._application else None,
            "address": "村南3号",
            "phone": "13800000000",
            "members": [self._member(number) for number in range(MEMBERS)],
            "situation": "老两口在家，儿子在外打工，房屋整洁，家具陈旧，院里种菜养鸡。" * 4,
            "wish": wish,
            "category": "dibao",
            "claim": "收入不够日常开支，请求最低生活保障。",
            "consent": "yes",
        }

    def _member(self, number: int) -> dict[str, object]:
        return {
            "person_id": new_id(),
            "name": f"测试{'甲乙丙丁戊'[number]}",
            "id_number": fictional_id_number(self._chance, 1950 + number * 7),
            "relation": "户主" if number == 0 else "儿子",
            "counted": "yes",
            "authorised": "yes",
            "is_staff": "no",
            "is_kin": "no",
        }


@cache
def _picture() -> bytes:
    """A JPEG of about 200 KB: soft shapes with some grain, as cameras make them."""
    shapes = Image.effect_mandelbrot(PHOTO_SIZE, (-2.0, -1.2, 0.8, 1.2), 60)
    grain = Image.effect_noise(PHOTO_SIZE, 18)
    picture = Image.merge("RGB", (Image.blend(shapes, grain, 0.3), grain, shapes))
    quality = 90
    while True:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality)
        if out.tell() <= PHOTO_BYTES or quality <= 10:
            return out.getvalue()
        quality -= 4


def photo(mark: str) -> bytes:
    """The picture with a comment in its head that makes it another file."""
    picture, comment = _picture(), mark.encode()
    return picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]
