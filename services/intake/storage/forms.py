"""The form a visit was made with, as it was published."""

from __future__ import annotations

from functools import lru_cache

from services.common.forms.model import Form
from services.common.forms.xform import FORM_ID, VERSION, parse_form
from services.common.policy.law import Invalid
from services.common.runtime.tx import Tx
from services.intake.storage import visits as storage


async def load_form(form_id: str, version: str, tx: Tx) -> Form:
    """The form of a visit, which must have been published."""
    fits = FORM_ID.fullmatch(form_id) and VERSION.fullmatch(version)
    published = await storage.find_form(tx, form_id, version) if fits else None
    if published is None:
        raise Invalid(
            "form_version", f"没有表单“{form_id[:40]}”的版本“{version[:40]}”，请先在平板上更新表单后再提交"
        )
    return _parsed(published.xform)


@lru_cache(maxsize=32)
def _parsed(xform: str) -> Form:
    """A form is parsed once, however many visits are made with it."""
    return parse_form(xform)
