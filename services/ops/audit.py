"""`jiuzhu ops audit …`: is the audit as it was written, and as it was made known night by night?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from services.common.runtime.audit_check import Anchor, Flaw
    from services.common.runtime.service import Service

app = typer.Typer(help="审计记录。", no_args_is_help=True)


@app.command()
def verify(
    data: Annotated[Path, typer.Option("--data", help="数据目录")] = Path("data/embedded"),
    kept: Annotated[
        Path | None, typer.Option("--anchors", help="另存的链尾目录;不填则用数据目录里的 anchors")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="机器可读")] = False,
) -> None:
    """逐条核对审计链:改动、删除、调换次序的记录都会指出来,并与每晚公布的链尾比对。"""
    found = asyncio.run(_verify(data, kept))
    flaws = sum(len(one) for _, one in found.values())
    if as_json:
        answer = {name: {"rows": rows, "flaws": list(map(str, one))} for name, (rows, one) in found.items()}
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for name, (rows, one) in found.items():
            typer.echo(f"{name}: {rows} 条,{'无异常' if not one else f'{len(one)} 处异常'}")
            for flaw in one:
                typer.echo(f"  {flaw}")
    if flaws:
        raise typer.Exit(1)


async def _verify(data: Path, kept: Path | None) -> dict[str, tuple[int, Sequence[Flaw]]]:
    from services.ops.site import opened, settings_of

    settings = settings_of(data)
    async with opened(settings) as services:
        return {name: await check(service, kept) for name, service in services.items()}


async def check(service: Service, kept: Path | None = None) -> tuple[int, Sequence[Flaw]]:
    """The rows of one service against themselves, the events that went out, and the sheet that was kept."""
    from services.common.runtime import audit_check

    anchors = await _anchors(service, kept)
    async with service.database.read() as db:
        return await db.run_sync(audit_check.verify, anchors)


async def _anchors(service: Service, kept: Path | None) -> list[Anchor]:
    from services.common import contracts
    from services.common.runtime import anchor
    from services.common.runtime.audit_check import Anchor

    contract = getattr(contracts, service.name)
    sheet = kept / f"{service.name}.jsonl" if kept else anchor.file_of(service.settings, service.name)
    written = Anchor.read(sheet) if await asyncio.to_thread(sheet.exists) else []
    return [*await anchor.published(service, contract.AuditHeadAnchored), *written]
