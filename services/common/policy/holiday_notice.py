"""The State Council's yearly holiday notice, read as published, as TOML or as holiday-cn JSON."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.common.policy.law import Invalid

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """What one notice orders: the days off and the working weekend days, each with its festival."""

    year: int
    document: str
    off: Mapping[date, str]
    work: Mapping[date, str]

    def to_json(self) -> dict[str, object]:
        return {
            "year": self.year,
            "document": self.document,
            "off": {day.isoformat(): name for day, name in sorted(self.off.items())},
            "work": {day.isoformat(): name for day, name in sorted(self.work.items())},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> HolidayNotice:
        return cls(
            int(data["year"]),
            str(data["document"]),
            {date.fromisoformat(day): str(name) for day, name in data["off"].items()},
            {date.fromisoformat(day): str(name) for day, name in data["work"].items()},
        )


def parse_notice(text: str) -> HolidayNotice:
    """The notice in any of its three forms; whatever contradicts itself is refused, nothing is guessed."""
    stripped = text.lstrip("\ufeff \r\n\t")
    if not stripped:
        raise Invalid("通知", "文件是空的，请放入放假通知的全文")
    if stripped.startswith("{"):
        notice = _from_holiday_cn(stripped)
    elif re.search(r"^\s*year\s*=", stripped, re.MULTILINE):
        notice = _from_toml(stripped)
    else:
        notice = _from_text(stripped)
    _check(notice)
    return notice


def notice_from_table(table: Mapping[str, Any]) -> HolidayNotice:
    """A notice as it stands in TOML: year, document and one row per festival."""
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    for row in table["holiday"]:
        name = str(row["name"])
        off |= {day: name for span in row["off"] for day in _span(str(span))}
        work |= {day: name for span in row.get("work", ()) for day in _span(str(span))}
    return HolidayNotice(int(table["year"]), str(table["document"]), off, work)


def _span(text: str) -> Iterator[date]:
    first, _, last = text.partition("/")
    yield from _days(date.fromisoformat(first), date.fromisoformat(last or first))


def _days(first: date, last: date) -> Iterator[date]:
    if not 0 <= (last - first).days < 31:
        raise Invalid("通知", f"{first} 至 {last} 不像一个假期，请核对")
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _from_toml(text: str) -> HolidayNotice:
    try:
        return notice_from_table(tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise Invalid("通知", f"TOML 格式有误（{problem}），请对照 docs/policy-files.md 的例子修改") from None
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Invalid("通知", f"缺少或写错了 {problem}，请对照 docs/policy-files.md 的例子修改") from None


def _from_holiday_cn(text: str) -> HolidayNotice:
    try:
        data = json.loads(text)
        days = [(date.fromisoformat(d["date"]), str(d["name"]), bool(d["isOffDay"])) for d in data["days"]]
        document = str(data.get("document") or next(iter(data.get("papers") or []), ""))
        return HolidayNotice(
            int(data["year"]),
            document,
            {day: name for day, name, off in days if off},
            {day: name for day, name, off in days if not off},
        )
    except json.JSONDecodeError as problem:
        raise Invalid("通知", f"JSON 格式有误：第 {problem.lineno} 行") from None
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Invalid("通知", f"缺少或写错了 {problem}，请对照 docs/policy-files.md 的例子修改") from None


_YEAR = re.compile(r"关于\s*(\d{4})\s*年[^\n]{0,12}节假日安排")
_DOCUMENT = re.compile(r"国办发(?:明电)?\s*[〔\[［(（]\s*\d{4}\s*[〕\]］)）]\s*\d+\s*号")
_ITEM = re.compile(r"^\s*[一二三四五六七八九十]+、\s*([^：:\n]{2,12})[：:](.+)$", re.MULTILINE)
_DAY = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日"
    r"(?:[（(][^）)]*?(?:周|星期)(?P<weekday>[一二三四五六日天])[）)])?"
)


def _from_text(text: str) -> HolidayNotice:
    year, document = _YEAR.search(text), _DOCUMENT.search(text)
    if year is None:
        raise Invalid("通知", "没有找到“关于××××年部分节假日安排的通知”，请放入通知全文")
    if document is None:
        raise Invalid("通知", "没有找到文号，请在标题下写明，例如：国办发明电〔2025〕7号")
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    for name, sentences in _ITEM.findall(text):
        for sentence in sentences.split("。"):
            if "上班" in sentence:
                work |= dict.fromkeys(_dates_of(sentence, int(year[1])), name)
            elif "放假" in sentence:
                days = _dates_of(sentence, int(year[1]))
                _check_count(name, sentence, len(days))
                off |= dict.fromkeys(days, name)
    return HolidayNotice(int(year[1]), "".join(document[0].split()), off, work)


def _dates_of(sentence: str, year: int) -> list[date]:
    """All dates of a sentence; `1月1日至3日` is a span, and a month once said holds until the next."""
    found: list[date] = []
    month, end = 0, 0
    for match in _DAY.finditer(sentence):
        month = int(match["month"] or month)
        day = _date(int(match["year"] or _year_of(month, year, found)), month, match)
        joined = re.sub(r"[（(][^）)]*[）)]", "", sentence[end : match.start()]).strip()
        found += list(_days(found[-1], day))[1:] if found and joined in ("至", "-", "—", "到") else [day]
        end = match.end()
    return found


def _year_of(month: int, year: int, found: list[date]) -> int:
    """A December day without a year, in a notice for the next year's New Year, is last year's."""
    return year - 1 if month == 12 and not found else year


def _date(year: int, month: int, match: re.Match[str]) -> date:
    try:
        day = date(year, month, int(match["day"]))
    except ValueError:
        raise Invalid("通知", f"没有“{match[0]}”这一天，请核对") from None
    said = match["weekday"]
    if said and WEEKDAYS[day.weekday()] != said.replace("天", "日"):
        raise Invalid("通知", f"“{match[0]}”写错了：{day} 是周{WEEKDAYS[day.weekday()]}，请核对年份和日期")
    return day


def _check_count(name: str, sentence: str, count: int) -> None:
    said = re.search(r"(?:共|放假)(\d+)天", sentence)
    if said and int(said[1]) != count:
        raise Invalid("通知", f"{name}写明{said[1]}天，读出的是{count}天，请核对")


def _check(notice: HolidayNotice) -> None:
    if not notice.document.strip():
        raise Invalid("document", "请写明通知的文号，例如：国办发明电〔2025〕7号")
    if not notice.off:
        raise Invalid("通知", "没有读到任何放假日期，请放入通知全文")
    for day in (*notice.off, *notice.work):
        if day.year != notice.year and (day.year, day.month) != (notice.year - 1, 12):
            raise Invalid("通知", f"{day} 不属于 {notice.year} 年的通知，请核对年份")
    for day in notice.work:
        if day in notice.off:
            raise Invalid("通知", f"{day} 既写了放假又写了上班，请核对")
        if day.weekday() < 5:
            raise Invalid("通知", f"上班日 {day} 不是周末，调休上班日应在周六或周日，请核对")
