"""The contracts: generated code is fresh, buf is content, and nothing released is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from services import contracts_build
from services.contracts_build import ROOT

PROTO = ROOT / "proto"
RELEASED = PROTO / "released" / "jiuzhu.binpb"


def test_generated_contracts_are_those_of_proto() -> None:
    assert contracts_build.stale() == []


def test_buf_finds_nothing_to_lint(tmp_path: Path) -> None:
    assert buf("lint", cache=tmp_path) == ""


def test_nothing_that_was_released_is_broken(tmp_path: Path) -> None:
    assert buf("breaking", "--against", str(RELEASED), cache=tmp_path) == ""


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("string case_id = 1;", "string case_id = 21;"),
        ("string head_name = 8;", "string head_name_zh = 8;"),
        ("int64 monthly_amount_fen = 12;", "int32 monthly_amount_fen = 12;"),
        ("rpc GetCase(GetCaseRequest) returns (GetCaseResponse);", ""),
    ],
)
def test_a_breaking_change_is_noticed(tmp_path: Path, was: str, becomes: str) -> None:
    changed = tmp_path / "intake" / "v1" / "intake.proto"
    changed.parent.mkdir(parents=True)
    source = (PROTO / "intake" / "v1" / "intake.proto").read_text("utf-8")
    assert was in source
    changed.write_text(source.replace(was, becomes), "utf-8")
    (tmp_path / "buf.yaml").write_bytes((PROTO / "buf.yaml").read_bytes())
    found = buf("breaking", "--against", f"{RELEASED}", "--path", "intake", cache=tmp_path, folder=tmp_path)
    assert "intake.proto" in found


def buf(*arguments: str, cache: Path, folder: Path = PROTO) -> str:
    """What buf has to say; empty when it is content."""
    ran = subprocess.run(
        [Path(sys.executable).with_name("buf"), *arguments],
        cwd=folder,
        env={"HOME": str(cache), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr
