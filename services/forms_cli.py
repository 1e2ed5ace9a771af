"""`jiuzhu forms …`: look at a spreadsheet before it is published; needs nothing that runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from services.common.forms.model import Form, Group, Question
from services.common.policy.law import Invalid
from services.intake.forms.checking import FormCannotRun, check_form

app = typer.Typer(help="表单：发布前检查XLSForm表格", no_args_is_help=True)


@app.callback()
def forms() -> None:
    """Keeps `check` a word of its own while it is the only one."""


@app.command("check")
def check(file: Annotated[Path, typer.Argument(help=".xlsx文件", exists=True, dir_okay=False)]) -> None:
    """能不能发布：不能时逐个单元格说明原因。"""
    try:
        form = check_form(file.read_bytes()).form
    except FormCannotRun as refusal:
        for fault in refusal.faults:
            typer.echo(f"{fault.cell}：{fault.message}", err=True)
        typer.echo(f"不能发布，共{len(refusal.faults)}处", err=True)
        raise typer.Exit(2) from None
    except Invalid as refusal:
        typer.echo(f"不能发布：{refusal.message}", err=True)
        raise typer.Exit(2) from None
    typer.echo(summary(form))


def summary(form: Form) -> str:
    """What the form asks, in one line."""
    nodes = list(form.root.walk())
    asked = [node for node in nodes if isinstance(node, Question) and node.asked]
    needed = sum(node.required or bool(node.required_if) for node in asked)
    repeats = sum(isinstance(node, Group) and node.repeat for node in nodes)
    return (
        f"可以发布：{form.title} {form.id} 版本{form.version}，"
        f"{len(asked)}题，必填{needed}题，重复组{repeats}个"
    )
