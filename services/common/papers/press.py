"""The press: one thread with a warm Typst, started when the first paper is wanted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import typst

from services.common.policy.law import Conflict

HERE = Path(__file__).parent
FONT = "Noto Serif CJK SC"
# Where distributions keep fonts-noto-cjk; elsewhere every font of the machine is looked through.
FONT_FOLDERS = tuple(
    map(
        Path,
        (
            "/usr/share/fonts/opentype/noto",
            "/usr/share/fonts/noto-cjk",
            "/usr/share/fonts/google-noto-cjk-fonts",
        ),
    )
)


class NoChineseFont(Conflict):
    """This machine cannot set Chinese; a paper full of empty boxes is worse than none."""

    code: ClassVar[str] = "no-chinese-font"


class Press:
    """Sets papers, one after another; the caller's event loop goes on meanwhile."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")
        self._compiler: typst.Compiler | None = None

    async def pdf(self, data: Mapping[str, Any], layout: str = "official.typ") -> bytes:
        """The PDF of `data` in a layout of this room. All of it goes in as data, never as markup."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._set, HERE / layout, dict(data))

    def _set(self, layout: Path, data: dict[str, Any]) -> bytes:
        if self._compiler is None:
            self._compiler = _compiler()
        made = self._compiler.compile(
            str(layout),
            format="pdf",
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            pdf_standards="a-2b",
        )
        if not isinstance(made, bytes):
            raise TypeError("a PDF is one file")
        return made


@cache
def press() -> Press:
    """The press of this process."""
    return Press()


def _compiler() -> typst.Compiler:
    folders = [str(folder) for folder in FONT_FOLDERS if folder.is_dir()]
    fonts = typst.Fonts(include_system_fonts=not folders, include_embedded_fonts=False, font_paths=folders)
    if FONT not in fonts.families():
        raise NoChineseFont("本机没有中文字体，不能制作文书。请系统管理员安装 fonts-noto-cjk 后重试")
    return typst.Compiler(root=str(HERE), font_paths=fonts)
