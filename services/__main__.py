"""The command line: `jiuzhu …`, also `python -m services …`."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from services.bench import app as bench_app
from services.forms_cli import app as forms_app
from services.ops import app as ops_app
from services.policy_cli import app as policy_app

if TYPE_CHECKING:
    from services.common.runtime.runner import Addresses

app = typer.Typer(
    help="救助:社会救助从走访到公示的全过程。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
clock_app = typer.Typer(help="开发用时钟。", no_args_is_help=True)
db_app = typer.Typer(help="数据库。", no_args_is_help=True)
app.add_typer(policy_app, name="policy")
app.add_typer(forms_app, name="forms")
app.add_typer(clock_app, name="clock")
app.add_typer(db_app, name="db")
app.add_typer(ops_app, name="ops")
app.add_typer(bench_app, name="bench")

DATA = Path("data/embedded")
DataDir = Annotated[Path, typer.Option("--data", help="数据目录")]
AsJson = Annotated[bool, typer.Option("--json", help="机器可读")]
UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


@app.command()
def up(
    data: DataDir = DATA,
    demo: Annotated[bool, typer.Option("--demo", help="装入示范区")] = False,
    clock: Annotated[str, typer.Option(help="从这一时刻开始(开发模式),如 2026-09-14T09:00+08:00")] = "",
    port: Annotated[int, typer.Option(help="办公端口 N,公示栏 N+1,gRPC N+2;0 自动选择")] = 8480,
) -> None:
    """四个服务在一个进程里运行,用 SQLite,不需要安装服务器。"""
    import uvloop

    from services import launch
    from services.common.runtime import observe, runner
    from services.common.runtime.settings import Mode

    observe.configure_logging()
    mode = Mode(os.environ.get("JIUZHU_MODE", Mode.DEVELOPMENT))
    settings = launch.embedded_settings(data, port, _instant(clock) if clock else None, mode)

    async def greet(addresses: runner.Addresses) -> None:
        await _greet(addresses, demo=demo)

    uvloop.run(runner.run_until_signal(launch.blueprints(), settings, greet))


@app.command()
def serve(service: str, lanes: Annotated[str, typer.Option(help="本进程服务的通道")] = "all") -> None:
    """运行一个服务,设置取自环境变量 JIUZHU_…"""
    import uvloop

    from services import launch
    from services.common.runtime import observe, runner
    from services.common.runtime.settings import Settings

    if service not in launch.SERVICES:
        _fail(f"没有服务“{service}”。可选:{'、'.join(launch.SERVICES)}")
    observe.configure_logging()
    settings = Settings(serve_lanes=lanes)

    async def ready(addresses: runner.Addresses) -> None:
        typer.echo(f"{service}: {addresses.http}  gRPC {addresses.grpc}")

    uvloop.run(runner.run_until_signal(launch.blueprints([service]), settings, ready))


@app.command()
def story(
    fast: Annotated[bool, typer.Option("--fast", help="不停顿")] = False,
    target: Annotated[str, typer.Option(help="embedded 或 distributed")] = "embedded",
    data: Annotated[Path | None, typer.Option("--data", help="保留数据的目录;不填则用临时目录")] = None,
) -> None:
    """在全新的系统上,让一户人家从走访走到公示栏。任何一处不符即失败。"""
    from services import story as tale
    from services.common.runtime import observe

    if target not in ("embedded", "distributed"):
        _fail("--target 只能是 embedded 或 distributed")
    observe.configure_logging(level="ERROR")
    with tempfile.TemporaryDirectory(prefix="jiuzhu-story-") as temporary:
        try:
            asyncio.run(
                tale.tell(target, data or Path(temporary), pause=0.0 if fast else 0.4, say=typer.echo)
            )
        except tale.StoryFailed as failure:
            _fail(str(failure))


@clock_app.command("show")
def clock_show(data: DataDir = DATA, as_json: AsJson = False) -> None:
    """运行中的系统现在是什么时间。"""
    from services.common.runtime import development

    now = asyncio.run(development.now(_running(data)))
    typer.echo(json.dumps({"now": now.isoformat()}) if as_json else _local(now))


@clock_app.command("advance")
def clock_advance(
    by: Annotated[str, typer.Argument(help="如 7d、12h")], data: DataDir = DATA, as_json: AsJson = False
) -> None:
    """把时钟拨快:逐个到期时刻停下,办理到期事项,等事件处理完。"""
    from services.common.runtime import development

    addresses = _running(data)

    async def run() -> datetime:
        await development.advance(addresses, await development.now(addresses) + _duration(by))
        return await development.now(addresses)

    now = asyncio.run(run())
    typer.echo(json.dumps({"now": now.isoformat()}) if as_json else _local(now))


@db_app.command("upgrade")
def db_upgrade(data: DataDir = DATA) -> None:
    """把各服务的数据库升级到当前版本。"""
    from services import launch
    from services.common.runtime import migrations
    from services.common.runtime.settings import Settings

    settings = Settings(data_dir=data)
    data.mkdir(parents=True, exist_ok=True)
    for name in launch.SERVICES:
        migrations.upgrade(name, settings.url_of(name))
        typer.echo(f"{name}: 已是最新")


async def _greet(addresses: Addresses, *, demo: bool) -> None:
    typer.echo(f"办公      {addresses.http}/\n公示栏    {addresses.board}/board/\ngRPC      {addresses.grpc}")
    if demo:
        from services.demo import load, sign_ins

        await load.load(addresses.grpc, addresses.http)
        typer.echo("\n示范区登录(开发模式):")
        for row in sign_ins():
            typer.echo(f"  {row}")
    typer.echo("按 Ctrl+C 停止。")


def _running(data: Path) -> list[str]:
    from services.common.runtime import runner

    addresses = [process.http for process in runner.running_addresses(data)]
    if not addresses:
        _fail(f"{data} 下没有运行中的系统。先运行 jiuzhu up")
    return addresses


def _duration(text: str) -> timedelta:
    if not text[:-1].isdigit() or text[-1:] not in UNITS:
        _fail(f"看不懂“{text}”。写成 7d、12h、30m 这样")
    return timedelta(**{UNITS[text[-1]]: int(text[:-1])})


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        _fail(f"看不懂时刻“{text}”。写成 2026-09-14T09:00+08:00 这样")
    if instant.tzinfo is None:
        _fail("时刻要带时区,如 2026-09-14T09:00+08:00")
    return instant.astimezone(UTC)


def _local(instant: datetime) -> str:
    from services.common.policy.calendar import SHANGHAI

    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S(北京时间)")


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def main() -> None:
    """Entry point of the installed program."""
    app()


if __name__ == "__main__":
    main()
