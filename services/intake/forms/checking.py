"""From a spreadsheet to the XForm that tablets run; whatever keeps it from running is named by its cell."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from services.common.forms.faults import SHOWN_FAULTS, Fault
from services.common.forms.model import Form
from services.common.forms.program import check_program
from services.common.forms.xform import read_form
from services.common.policy.law import Invalid
from services.intake.forms.sheet import Sheet, read_sheet
from services.intake.model.visits import PublishedForm
from services.intake.rules import visits as rules

LARGEST_XLSX = 4_000_000
LARGEST_UNPACKED = 40_000_000
WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing that keeps a form from running: the cell, and what to do."""

    cell: str
    message: str


class FormCannotRun(Invalid):
    """The spreadsheet is no form that tablets could run; every fault has its cell."""

    code: ClassVar[str] = "form-cannot-run"

    def __init__(self, faults: Sequence[CellFault]) -> None:
        listed = "；".join(f"{one.cell}：{one.message}" for one in faults[:SHOWN_FAULTS])
        more = f"；另有{len(faults) - SHOWN_FAULTS}处" if len(faults) > SHOWN_FAULTS else ""
        super().__init__("xlsx", f"表单不能发布，请改正后重新上传。{listed}{more}")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A form that runs, with the XForm that was made of it."""

    form: Form
    xform: str

    def published(self) -> PublishedForm:
        form = self.form
        return PublishedForm(
            form_id=form.id,
            version=form.version,
            title=form.title,
            sha256=hashlib.sha256(self.xform.encode()).hexdigest(),
            xform=self.xform,
        )


def check_form(xlsx: bytes) -> CheckedForm:
    """The form of a spreadsheet. Raises FormCannotRun with every cell that must be changed."""
    _check_file(xlsx)
    try:
        xform = convert(xlsx, file_type=".xlsx", validate=False).xform
    except PyXFormError as error:
        raise FormCannotRun([_translated(error, read_sheet(xlsx))]) from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError) as error:
        raise Invalid("xlsx", "不是XLSForm表格，请用Excel另存为.xlsx后重新上传") from error
    form, faults = read_form(xform)
    faults += [
        Fault("", "type", f"用到数据表“{file}”，发布的表单还不能附带文件，请把选项写在choices页", True)
        for file in form.external.values()
    ]
    faults += check_program(form)
    if faults:
        sheet = read_sheet(xlsx)
        raise FormCannotRun([_placed(fault, form, sheet) for fault in _once(faults)])
    rules.check_form(form)
    return CheckedForm(form, xform)


def _once(faults: Sequence[Fault]) -> list[Fault]:
    """A cell that is wrong in each language is named once."""
    return list(dict.fromkeys(faults))


def _placed(fault: Fault, form: Form, sheet: Sheet) -> CellFault:
    path = fault.path.removeprefix(f"{form.root.path}/")
    return CellFault(sheet.cell(path, fault.column), fault.message)


_ROW = re.compile(r"\[row : (\d+)\]")
_COLUMN = re.compile(r"the '(\w+)' value")
_QUOTED = r"['‘]([^'’]*)['’]"
# What pyxform says, the column it means, and how we say it.
_SENTENCES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), column, sentence)
    for pattern, column, sentence in (
        (rf"Could not find the name {_QUOTED}", "", "没有名为“{0}”的项目"),
        (rf"Unknown question type {_QUOTED}", "type", "不认识的题型“{0}”"),
        (r"List name not in choices sheet: (\S+)", "type", "choices页没有名为“{0}”的选项组"),
        (rf"the 'name' value {_QUOTED} is invalid.*unique", "name", "名称“{0}”在同一组里用了两次"),
        (r"the 'name' value is invalid", "name", "名称要以字母开头，只能用字母、数字、横线、下划线和点"),
        (rf"Unmatched {_QUOTED}", "type", "{0}没有成对"),
        (r"with no name", "name", "没有写名称(name)"),
        (rf"The survey element named {_QUOTED} has no label", "label", "“{0}”没有写标签(label)"),
        (r"(?s)(.*)", "", "{0}"),
    )
)


def _translated(error: PyXFormError, sheet: Sheet) -> CellFault:
    """What pyxform found first, by its cell and in words for people."""
    said = str(error)
    pattern, column, sentence = next(one for one in _SENTENCES if one[0].search(said))
    words = pattern.search(said)
    quoted = words.groups() if words else ()
    row, named = _ROW.search(said), _COLUMN.search(said)
    column = column or (named[1] if named else "type")
    line = int(row[1]) if row else _line_of(quoted[0] if quoted else "", sheet)
    place = sheet.at(line, column) if line else "survey页"
    return CellFault(place, sentence.format(*quoted))


def _line_of(word: str, sheet: Sheet) -> int:
    """The row of a type or of a name, where pyxform names no row."""
    by_name = {path.rpartition("/")[2]: row for path, row in sheet.rows.items()}
    return sheet.types.get(word) or by_name.get(word, 0)


def _check_file(xlsx: bytes) -> None:
    """A spreadsheet of ordinary size, also when unpacked."""
    if len(xlsx) > LARGEST_XLSX:
        raise Invalid("xlsx", f"文件超过{LARGEST_XLSX // 1_000_000}MB，请删去图片等无关内容")
    try:
        with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise Invalid("xlsx", "不是.xlsx文件，请用Excel另存为.xlsx后重新上传") from error
    if unpacked > LARGEST_UNPACKED:
        raise Invalid("xlsx", "文件展开后过大，不是表单")
    if WORKBOOK not in names:
        raise Invalid("xlsx", "不是.xlsx文件，请用Excel另存为.xlsx后重新上传")
