"""A grid worker's tablet: fetches forms and tasks, sends a record at once and its photos in parts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from services.common.forms.answers import Picture
from services.common.forms.instance import write_instance
from services.common.forms.model import Form
from services.common.forms.xform import parse_form
from services.common.runtime.ids import new_id
from services.story import family
from services.story.checks import StoryFailed
from services.story.photos import photo
from services.story.scene import Scene
from services.story.system import SECONDS, Person

PART_BYTES = 64 * 1024
Task = Mapping[str, Any]


@dataclass(slots=True)
class Tablet:
    scene: Scene
    person: Person
    taken: int = 0

    @classmethod
    async def of(cls, scene: Scene, account: str) -> Tablet:
        person = scene.person(account)
        await person.sign_in()
        return cls(scene, person)

    async def tasks(self, kind: str) -> list[Task]:
        tasks = (await self._ask("GET", "/field/v1/tasks")).json()
        return [task for task in tasks if task["kind"] == kind and task["case_id"] == self.scene.case_id]

    async def form(self, form_id: str) -> Form:
        listed = (await self._ask("GET", "/field/v1/forms")).json()
        version = max(one["version"] for one in listed if one["form_id"] == form_id)
        return parse_form((await self._ask("GET", f"/field/v1/forms/{form_id}/{version}")).text)

    async def send(self, form_id: str, answers: Mapping[str, object], interrupt: str = "") -> Any:
        form, visit_id = await self.form(form_id), new_id()
        photos = {name: self._take(name) for name in _pictures(answers)}
        announced = [
            {"name": n, "sha256": hashlib.sha256(c).hexdigest(), "size": len(c), "kind": n.partition(".")[0]}
            for n, c in photos.items()
        ]
        envelope = {
            "visit_id": visit_id,
            "form_id": form.id,
            "form_version": form.version,
            "recorded_at": self.scene.now.isoformat(),
            "village": family.VILLAGE,
            "instance": write_instance(form, answers, visit_id),
            "photos": announced,
        }
        await self._ask("POST", "/field/v1/visits", json=envelope)
        for one in announced:
            await self._upload(visit_id, one, photos[str(one["name"])], cut=one["name"] == interrupt)
        return (await self._ask("GET", f"/field/v1/visits/{visit_id}/receipt")).json()

    async def _upload(self, visit_id: str, one: Mapping[str, Any], content: bytes, *, cut: bool) -> None:
        meta = ",".join(
            f"{k} {base64.b64encode(v.encode()).decode()}"
            for k, v in {"visit_id": visit_id, "sha256": one["sha256"]}.items()
        )
        h = {"Tus-Resumable": "1.0.0"}
        made = await self._ask(
            "POST",
            "/field/v1/photos",
            headers=h | {"Upload-Length": str(len(content)), "Upload-Metadata": meta},
        )
        where, offset = made.headers["Location"], int(made.headers["Upload-Offset"])
        while offset < len(content):
            part = content[offset : offset + PART_BYTES]
            done = await self._ask(
                "PATCH",
                where,
                headers=h | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"},
                content=part,
            )
            offset = int(done.headers["Upload-Offset"])

    def _take(self, name: str) -> bytes:
        self.taken += 1
        return photo(name.partition(".")[0], self.taken)

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.person.token}"} | more.pop("headers", {})
        async with httpx.AsyncClient(base_url=self.scene.system.http, timeout=SECONDS) as http:
            answer = await http.request(method, path, headers=headers, **more)
        if answer.is_error:
            raise StoryFailed(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer


def _pictures(value: object) -> Iterator[str]:
    if isinstance(value, Picture):
        yield value.name
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _pictures(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pictures(inner)
