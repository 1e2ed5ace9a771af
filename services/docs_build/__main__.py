"""`python -m services.docs_build` writes the generated documents; `--check` fails if one is out of date."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from services.contracts_build import ROOT
from services.docs_build.contracts import read_contracts
from services.docs_build.events import asyncapi, events_page
from services.docs_build.interfaces import openapi, rpc_page
from services.docs_build.regulations import regulations_page
from services.docs_build.settings import settings_page
from services.docs_build.wiring import apps, blueprints, consumers


def pages() -> dict[Path, str]:
    """Every generated document: its path and what it should say."""
    version: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    contracts, found = read_contracts(), blueprints()
    listening = consumers(found)
    with apps(found) as (office, public):
        http = openapi(office, public, version)
    docs = ROOT / "docs"
    return {
        docs / "events.md": events_page(contracts, listening),
        docs / "asyncapi.json": _json(asyncapi(contracts, listening, version)),
        docs / "openapi.json": _json(http),
        docs / "rpc.md": rpc_page(contracts, found),
        docs / "regulations.md": regulations_page(),
        docs / "settings.md": settings_page(),
    }


def stale() -> list[Path]:
    """Documents that say something else than the code, relative to the repository."""
    return [
        path.relative_to(ROOT)
        for path, text in pages().items()
        if not path.exists() or path.read_text("utf-8") != text
    ]


def main() -> None:
    if "--check" in sys.argv:
        if outdated := stale():
            sys.exit("run `make docs`; out of date: " + ", ".join(map(str, outdated)))
        return
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
