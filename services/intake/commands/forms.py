"""Forms of the district: a spreadsheet is compiled once and never changes under its version."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from services.common.policy.law import Conflict
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.forms.checking import check_form
from services.intake.model.visits import PublishedForm
from services.intake.storage import visits as storage


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
    """An XLSForm as the XForm that tablets run. Raises Invalid naming the cells that keep it from running."""
    return check_form(xlsx).published()
