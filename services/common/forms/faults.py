"""What keeps a form from running: each fault by the part of the form in which it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from services.common.policy.law import Invalid

SHOWN_FAULTS = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """One part that cannot run: the item by its path, and the column of the spreadsheet that holds it."""

    path: str
    column: str
    message: str
    unsupported: bool = False


class ExpressionError(Exception):
    """An expression that cannot be compiled; the message says why, in words for the form's author."""

    def __init__(self, message: str, *, unsupported: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.unsupported = unsupported


class FaultyForm(Invalid):
    """A form that cannot run; every fault is kept."""

    code: ClassVar[str] = "form-faulty"

    def __init__(self, faults: Sequence[Fault], opening: str) -> None:
        more = f"；另有{len(faults) - SHOWN_FAULTS}处" if len(faults) > SHOWN_FAULTS else ""
        listed = "；".join(fault.message for fault in faults[:SHOWN_FAULTS])
        super().__init__("表单", f"{opening}：{listed}{more}")
        self.faults = tuple(faults)


class Unsupported(FaultyForm):
    """The form uses parts that the engine does not run."""

    code: ClassVar[str] = "form-unsupported"


def refuse(faults: Sequence[Fault]) -> None:
    """Raise what the faults amount to; without faults nothing happens."""
    if not faults:
        return
    if all(fault.unsupported for fault in faults):
        raise Unsupported(faults, "有本系统不能运行的部分，请改用其他写法")
    raise FaultyForm(faults, "表单有错误，请改正后重新上传")
