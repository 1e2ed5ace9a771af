"""Forms of the district: a spreadsheet is compiled once and never changes under its version."""

from __future__ import annotations

import asyncio
import hashlib
import io
import zipfile
from dataclasses import dataclass

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from services.common.forms.xform import parse_form
from services.common.policy.law import Conflict, Invalid
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.model.visits import PublishedForm
from services.intake.rules import visits as rules
from services.intake.storage import visits as storage

LARGEST_XLSX = 4_000_000
LARGEST_UNPACKED = 40_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishForm:
    """Make this version of a form the one that tablets fetch."""

    xlsx: bytes


@dataclass(frozen=True, slots=True)
class FormPublished:
    form_id: str
    version: str


@action("publish-form")
async def publish_form(cmd: PublishForm, tx: Tx) -> FormPublished:
    """Compile and keep it; the same file again changes nothing, another one needs a new version."""
    form = await asyncio.to_thread(compile_form, cmd.xlsx)
    known = await storage.find_form(tx, form.form_id, form.version)
    if known is None:
        await storage.save_form(tx, form)
    elif known.sha256 != form.sha256:
        raise Conflict(
            f"表单{form.form_id}的版本{form.version}已发布过别的内容，请在settings页改用新的version"
        )
    return FormPublished(form.form_id, form.version)


def compile_form(xlsx: bytes) -> PublishedForm:
    """An XLSForm as the XForm that tablets run. Raises Invalid naming what does not compile or cannot run."""
    _check_file(xlsx)
    try:
        xform = convert(xlsx, file_type=".xlsx", validate=False).xform
    except PyXFormError as error:
        raise Invalid("xlsx", f"表格不能转换为表单，请按提示修改后重新上传：{error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        raise Invalid("xlsx", "不是XLSForm表格，请用Excel另存为.xlsx后重新上传") from error
    form = parse_form(xform)
    rules.check_form(form)
    digest = hashlib.sha256(xform.encode()).hexdigest()
    return PublishedForm(form_id=form.id, version=form.version, title=form.title, sha256=digest, xform=xform)


def _check_file(xlsx: bytes) -> None:
    """A spreadsheet of ordinary size, also when unpacked."""
    if len(xlsx) > LARGEST_XLSX:
        raise Invalid("xlsx", f"文件超过{LARGEST_XLSX // 1_000_000}MB，请删去图片等无关内容")
    try:
        with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Invalid("xlsx", "不是.xlsx文件，请用Excel另存为.xlsx后重新上传") from error
    if unpacked > LARGEST_UNPACKED:
        raise Invalid("xlsx", "文件展开后过大，不是表单")
