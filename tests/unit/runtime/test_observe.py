"""Logs never carry who somebody is: numbers are masked wherever they stand, personal fields go by name."""

from __future__ import annotations

import io
import logging

import pytest

from services.common.runtime.observe import _Redacting, redactor

ID_NUMBER = "140403198803080023"


@pytest.mark.parametrize("text", [f"wrong {ID_NUMBER} here", "call 13800138000", "14040319901001002x"])
def test_numbers_in_any_text_are_masked(text: str) -> None:
    event = redactor(None, "info", {"event": text, "nested": {"deep": [text]}})
    assert not any(number in str(event) for number in (ID_NUMBER, "13800138000", "14040319901001002x"))


def test_personal_fields_are_dropped_by_name_also_when_nested() -> None:
    event = redactor(
        None, "info", {"event": "saved", "name": "李守田", "case": {"head_name": "李守田", "stage": "x"}}
    )
    assert "李守田" not in str(event)
    assert event["case"]["stage"] == "x"


def test_libraries_that_log_in_the_standard_way_are_masked_too() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(_Redacting())
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    try:
        raise ValueError(f"duplicate key ({ID_NUMBER})")
    except ValueError:
        logger.exception("failed for %s", ID_NUMBER)
    logger.removeHandler(handler)
    assert ID_NUMBER not in written.getvalue()
    assert "duplicate key" in written.getvalue()
