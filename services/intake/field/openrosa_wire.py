"""OpenRosa as it looks on the wire: form list, manifest, answers, HTTP Basic and multipart submissions."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from fastapi import Request, Response
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from services.common.policy.law import Invalid, TooLarge
from services.common.runtime.auth import NotSignedIn
from services.intake.field.reading import LARGEST_RECORD
from services.intake.model.visits import PublishedForm
from services.intake.rules.visits import MOST_PHOTOS

LARGEST_POST = 100_000_000
XML_PART = "xml_submission_file"
INCOMPLETE_PART = "*isIncomplete*"
XML_TYPE = "text/xml; charset=utf-8"
HEADERS = {"X-OpenRosa-Version": "1.0", "X-OpenRosa-Accept-Content-Length": str(LARGEST_POST)}


@dataclass(frozen=True, slots=True)
class Posted:
    """One post of a submission; more may follow if it says that it is incomplete."""

    xml: str
    files: tuple[tuple[str, bytes], ...]
    is_incomplete: bool


def basic(header: str) -> tuple[str, str]:
    """Account and password of an Authorization header."""
    scheme, _, value = header.partition(" ")
    try:
        account, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        colon = account = password = ""
    if scheme.lower() != "basic" or not colon:
        raise NotSignedIn("请在ODK Collect的服务器设置里填写账号和密码")
    return account.strip(), password


def form_list(forms: Sequence[PublishedForm], base: str) -> Response:
    """The newest version of each form, with the hash by which Collect sees that it changed."""
    lines = [_form(one, base) for one in forms]
    return _xml(f'<xforms xmlns="http://openrosa.org/xforms/xformsList">{"".join(lines)}</xforms>')


def _form(form: PublishedForm, base: str) -> str:
    # The protocol prescribes MD5 to notice a change; nothing rests on it.
    digest = hashlib.md5(form.xform.encode(), usedforsecurity=False).hexdigest()
    at = f"{base}/forms/{form.form_id}/{form.version}"
    return (
        f"<xform><formID>{escape(form.form_id)}</formID><name>{escape(form.title)}</name>"
        f"<version>{escape(form.version)}</version><hash>md5:{digest}</hash>"
        f"<downloadUrl>{escape(at)}</downloadUrl><manifestUrl>{escape(at)}/manifest</manifestUrl></xform>"
    )


def manifest() -> Response:
    """Our forms carry their lists inside: there is no media to fetch."""
    return _xml('<manifest xmlns="http://openrosa.org/xforms/xformsManifest"/>')


def xform(form: PublishedForm) -> Response:
    return Response(form.xform, media_type=XML_TYPE, headers=HEADERS)


def message(text: str, status: int) -> Response:
    """What Collect shows to the person who sent."""
    nature = "submit_success" if status < 300 else "submit_error"
    return _xml(
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response">'
        f'<message nature="{nature}">{escape(text)}</message></OpenRosaResponse>',
        status,
    )


def _xml(body: str, status: int = 200) -> Response:
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>{body}', status, headers=HEADERS, media_type=XML_TYPE
    )


async def posted(request: Request, photo_limit: int) -> Posted:
    """The parts of a multipart submission; refused before it is read where it is too large."""
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise Invalid("Content-Length", "请求没有写明长度，请用ODK Collect或标准的OpenRosa客户端提交")
    if int(length) > LARGEST_POST:
        raise TooLarge("Content-Length", f"一次提交超过{LARGEST_POST // 1_000_000}MB，请分几次发送照片")
    try:
        async with request.form(max_files=MOST_PHOTOS + 1, max_fields=20) as form:
            return await _posted(form, photo_limit)
    except HTTPException as error:
        raise Invalid(
            "multipart", f"不是完整的multipart/form-data内容，请重新提交：{error.detail}"
        ) from error


async def _posted(form: FormData, photo_limit: int) -> Posted:
    source = form.get(XML_PART)
    if source is None:
        raise Invalid(XML_PART, "缺少xml_submission_file，请用ODK Collect或标准的OpenRosa客户端提交")
    files = []
    for part, value in form.multi_items():
        if isinstance(value, UploadFile) and part != XML_PART:
            name = value.filename or part
            if (value.size or 0) > photo_limit:
                limit = photo_limit // 1_000_000
                raise TooLarge(part, f"照片“{name[:40]}”超过{limit}MB，请调低相机分辨率后重拍")
            files.append((name, await value.read()))
    return Posted(await _text(source), tuple(files), str(form.get(INCOMPLETE_PART, "")).lower() == "yes")


async def _text(source: UploadFile | str) -> str:
    raw = source.encode() if isinstance(source, str) else await source.read(LARGEST_RECORD + 1)
    if len(raw) > LARGEST_RECORD:
        raise TooLarge(XML_PART, f"记录超过{LARGEST_RECORD // 1_000_000}MB，照片请作为附件发送")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(XML_PART, "记录不是UTF-8编码，请用ODK Collect重新提交") from error
