"""What comes over the wire as text and numbers; what does not fit is refused by the name of its field."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from fastapi import Request

from services.common.policy.law import Invalid, TooLarge

LARGEST_RECORD = 4_000_000
TEXTS = ("visit_id", "form_id", "form_version", "recorded_at", "village", "instance")


async def body_of(request: Request) -> bytes:
    """The whole body, but not more than a record can be."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_RECORD:
            raise TooLarge(
                "instance", f"记录超过{LARGEST_RECORD // 1_000_000}MB，照片请单独上传，不要放进记录里"
            )
    return bytes(body)


def envelope(body: bytes) -> dict[str, Any]:
    """A JSON object with text where text belongs and photos as a list of objects."""
    try:
        data = json.loads(body)
        # Half a surrogate pair is JSON, but no text that could be stored.
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Invalid("envelope", "内容不是完整的JSON，可能传输中被截断，请重新提交") from error
    if not isinstance(data, dict):
        raise Invalid("envelope", "内容应为一个JSON对象")
    for name in TEXTS:
        if not isinstance(data.get(name), str) or not data[name]:
            raise Invalid(name, "缺少这一项或不是文字，请升级平板程序后重新提交")
    photos = data.setdefault("photos", [])
    if not isinstance(photos, list) or not all(isinstance(one, dict) for one in photos):
        raise Invalid("photos", "应为照片的列表")
    for number, one in enumerate(photos, 1):
        if not one.get("sha256"):
            raise Invalid(f"photos[{number}]/sha256", "应为64位小写十六进制的SHA-256")
    return data


def metadata(header: str) -> dict[str, str]:
    """tus writes `name base64,name base64`."""
    found = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            raise Invalid("Upload-Metadata", "应为base64编码的visit_id和sha256") from None
    return found


def number(request: Request, header: str) -> int:
    """A header that says how many bytes."""
    raw = request.headers.get(header, "")
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 15):
        raise Invalid(header, "请填写字节数")
    return int(raw)
