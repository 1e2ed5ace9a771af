"""`jiuzhu policy …`: ask the law's room from the shell; a holiday notice may be stored in a running one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer

from services.common.policy.assess import assess
from services.common.policy.calendar import HolidayNotice, WorkCalendar, parse_notice
from services.common.policy.gradual_exit import GradualExitFacts, gradual_exit
from services.common.policy.household import HouseholdFacts
from services.common.policy.kinship import near_kin
from services.common.policy.law import Conflict, Forbidden, Invalid, Missing, Refused
from services.common.policy.money import exact_yuan, yuan
from services.common.policy.parameters import Policy, plain, shown
from services.common.policy.publicity import PublicityKind, publicity_period
from services.common.policy.reading import parse_json

P = ParamSpec("P")
LARGEST_FILE = 5_000_000
# Without a day the newest row of each value is meant; the law's room never asks what today is.
NEWEST = date.max

app = typer.Typer(
    help="政策计算：工作日、公示期、资格金额、近亲属、渐退期、参数、放假通知", no_args_is_help=True
)

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
On = Annotated[str | None, typer.Option("--on", help="按哪一天的参数，例如 2026-09-14；不写按最新")]


def _answers(command: Callable[P, None]) -> Callable[P, None]:
    """Wrong input ends with 2, a refusal by the law with 1; one sentence on stderr, no traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (Invalid, Missing) as problem:
            typer.echo(f"错误：{problem}", err=True)
            raise typer.Exit(2) from None
        except (Refused, Forbidden, Conflict) as problem:
            typer.echo(f"不能办理：{problem}", err=True)
            raise typer.Exit(1) from None

    return run


@app.command("working-days")
@_answers
def working_days(
    from_: Annotated[str | None, typer.Option("--from", help="起算日，当日不计")] = None,
    count: Annotated[str | None, typer.Option("--count", help="工作日数")] = None,
    as_json: AsJson = False,
) -> None:
    """从某日起第几个工作日是哪一天。"""
    start, days = _day(from_, "--from"), _count(count)
    calendar = Policy.shipped().calendar
    due = calendar.after(start, days)
    if as_json:
        _print_json({"date": due.day.isoformat(), "provisional": due.provisional})
        return
    typer.echo(str(due))
    for day in calendar.explain(start, days):
        if not day.counted or "上班" in day.why:
            typer.echo(f"  {day.day} {day.why}，{'计入' if day.counted else '不计'}")
    if due.provisional:
        typer.echo("  暂定：有的年份放假通知尚未导入，按法定节假日计算，导入后重算")


@app.command()
@_answers
def publicity(
    posted: Annotated[str | None, typer.Option("--posted", help="张贴日")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="initial、expenditure 或 destitute-end")] = None,
    as_json: AsJson = False,
) -> None:
    """公示期到哪一天届满。"""
    day, policy = _day(posted, "--posted"), Policy.shipped()
    found = publicity_period(_kind(kind), day, policy.calendar, policy)
    answer: dict[str, object] = {"ends_on": found.value.last_day.isoformat()}
    if found.value.provisional:
        answer["provisional"] = True
    _print(answer, f"{found.facts['text']}（{found.article.title}）", as_json=as_json)


@app.command("assess")
@_answers
def assess_household(file: Path, on: On = None, as_json: AsJson = False) -> None:
    """按家庭情况文件计算资格和金额，写明每一步的依据。"""
    facts = HouseholdFacts.from_json(parse_json(_read(file)))
    found = assess(facts, _day(on, "--on") if on else facts.applied_on, Policy.shipped())
    lines = [f"{number}. {text}" for number, text in enumerate(found.reasons, start=1)]
    if found.eligible:
        lines.append(
            f"结论：符合{found.category.chinese}条件，保障{found.persons}人，每月{yuan(found.amount)}元"
        )
    else:
        better = f"；可按{found.suggested.chinese}申请" if found.suggested else ""
        lines.append(f"结论：不符合{found.category.chinese}条件{better}")
    lines.append(f"人均月收入 {exact_yuan(found.per_capita)} 元")
    policy = Policy.shipped()
    lines += [f"待确认的参数：{policy.definition(name).title}" for name in found.unconfirmed]
    _print(found.to_json(), "\n".join(lines), as_json=as_json)


@app.command()
@_answers
def kin(
    relation: Annotated[str | None, typer.Option("--relation", help="关系，例如 岳父")] = None,
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """某种关系是否属于应当备案和回避的近亲属。"""
    found = near_kin(relation or "", Policy.shipped(), _day(on, "--on") if on else NEWEST)
    answer = {"near_kin": found.value, "article": found.article.id}
    _print(answer, str(found.facts["text"]), as_json=as_json)


@app.command("gradual-exit")
@_answers
def gradual_exit_of(file: Path, as_json: AsJson = False) -> None:
    """渐退期几个月、每月多少、到哪个月为止，或者为什么没有。"""
    found = gradual_exit(GradualExitFacts.from_json(parse_json(_read(file))), Policy.shipped())
    text = str(found.facts["text"])
    answer = {**found.value.to_json(), "article": found.article.id, "text": text}
    _print(answer, f"{text}（{found.article.title}）", as_json=as_json)


@app.command()
@_answers
def parameters(on: On = None, as_json: AsJson = False) -> None:
    """某日生效的全部参数、依据和是否已确认。"""
    policy = Policy.shipped()
    rows = policy.all(_day(on, "--on") if on else NEWEST)
    answer = [
        {
            "name": row.name,
            "title": policy.definition(row.name).title,
            "value": plain(row.value),
            "unit": policy.definition(row.name).unit.value,
            "from": row.from_on.isoformat(),
            "article": row.article.id,
            "source": row.source,
            "confirmed": row.confirmed,
        }
        for row in rows
    ]
    lines = []
    for row in rows:
        what = policy.definition(row.name)
        mark = "" if row.confirmed else "  [待确认]"
        lines.append(f"{row.name}  {what.title}：{shown(row.value, what.unit)}（{row.from_on}起）{mark}")
    _print(answer, "\n".join(lines), as_json=as_json)


@app.command("import-holidays")
@_answers
def import_holidays(
    file: Path,
    data: Annotated[Path, typer.Option("--data", help="运行中的系统的数据目录")] = Path("data/embedded"),
    account: Annotated[str, typer.Option(help="系统运维人员的帐号")] = "operator",
    password: Annotated[str, typer.Option(envvar="JIUZHU_PASSWORD", help="不填则只核对，不保存")] = "",
    as_json: AsJson = False,
) -> None:
    """核对放假通知，写明哪些日子由此改变；给出密码时存入运行中的系统，重算暂定日期。"""
    notice = read_notice(file)
    changes = changed_days(notice, WorkCalendar.shipped())
    answer = {
        **notice.to_json(),
        "changed": [{"day": day.isoformat(), "was": was, "now": now} for day, was, now in changes],
    }
    lines = [f"{notice.document}：{notice.year}年放假{len(notice.off)}天，调休上班{len(notice.work)}天"]
    lines += [f"  {day} 原为{was}，现为{now}" for day, was, now in changes] or ["  与现有工作日历一致"]
    from services import remote  # gRPC takes longer to load than the law takes to answer

    stored = remote.import_holidays(data, _read(file), account, password) if password else None
    if stored is None:
        answer["stored"] = False
        lines.append("只作核对，没有保存。要保存，请在系统运行时加上 --password")
    else:
        answer |= {"stored": True, "revision": stored.revision}
        lines.append(f"已存为政策第{stored.revision}次修订，重算了{len(stored.changes)}个时限")
        lines += [f"  {c.case_id} {c.clock} 原为{c.old_due_on}，现为{c.new_due_on}" for c in stored.changes]
    _print(answer, "\n".join(lines), as_json=as_json)


def read_notice(path: Path) -> HolidayNotice:
    """A holiday notice from a file, checked against the calendar; for this command and for the import."""
    notice = parse_notice(_read(path))
    WorkCalendar.shipped().with_notice(notice)
    return notice


def changed_days(notice: HolidayNotice, calendar: WorkCalendar) -> list[tuple[date, str, str]]:
    """The days whose counting this notice changes, with what they were and what they become."""
    after = calendar.with_notice(notice)
    first = date(notice.year - 1, 12, 1)
    days = (first + timedelta(days=n) for n in range((date(notice.year, 12, 31) - first).days + 1))
    known = notice.year in calendar.years
    if not known:
        return [(d, "未知", after.why(d)) for d in sorted((*notice.off, *notice.work))]
    return [
        (day, calendar.why(day), after.why(day))
        for day in days
        if day.year in calendar.years and calendar.is_working(day) != after.is_working(day)
    ]


def _day(text: str | None, option: str) -> date:
    if text is None:
        raise Invalid(option, f"请给出日期，例如 {option} 2026-09-14")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(option, f"“{text[:20]}”不是日期，请写成 2026-09-14") from None


def _count(text: str | None) -> int:
    if text is None:
        raise Invalid("--count", "请给出工作日数，例如 --count 30")
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= 5000 or len(text) > 9:
        raise Invalid("--count", "工作日数应为 1 到 5000 的整数")
    return int(text)


def _kind(text: str | None) -> PublicityKind:
    try:
        return PublicityKind(text or "")
    except ValueError:
        kinds = "、".join(f"{kind.value}（{kind.chinese}）" for kind in PublicityKind)
        raise Invalid("--kind", f"应为下列之一：{kinds}") from None


def _read(path: Path) -> str:
    """The text of a file, in UTF-8 or in the encoding that Chinese offices still save."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Invalid(path.name, "文件过大，请核对是不是选错了文件")
        data = path.read_bytes()
    except OSError as problem:
        reason = "没有这个文件" if isinstance(problem, FileNotFoundError) else "读不了这个文件"
        raise Invalid(path.name, f"{reason}，请核对路径") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid(path.name, "不是文本文件，请另存为 UTF-8 文本")


def _print(answer: object, text: str, *, as_json: bool) -> None:
    if as_json:
        _print_json(answer)
    else:
        typer.echo(text)


def _print_json(answer: Mapping[str, object] | object) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, separators=(",", ":")))
