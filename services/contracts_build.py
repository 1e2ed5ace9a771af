"""Generates services/common/contracts from proto/; `--check` fails if what is committed differs."""

from __future__ import annotations

import filecmp
import sys
import tempfile
from pathlib import Path

from grpc_tools import protoc

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ("intake", "approval", "disclosure", "review")


def generate(target: Path) -> list[Path]:
    """Write the generated modules under `target`; their paths relative to it."""
    sources = [f"services/common/contracts/{name}/v1/{name}.proto" for name in SERVICES]
    status = protoc.main(
        ["protoc", f"-Iservices/common/contracts={ROOT / 'proto'}", f"--python_out={target}",
         f"--pyi_out={target}", f"--grpc_python_out={target}", *sources]
    )  # fmt: skip
    if status:
        raise SystemExit(status)
    made = [path.relative_to(target) for path in target.rglob("*_pb2*.py*")]
    for path in {made_path.parent for made_path in made}:
        (target / path / "__init__.py").touch()
        (target / path.parent / "__init__.py").touch()
    return sorted(made)


def stale() -> list[Path]:
    """Generated files that differ from what is committed."""
    with tempfile.TemporaryDirectory() as folder:
        made = generate(Path(folder))
        return [
            p
            for p in made
            if not (ROOT / p).exists() or not filecmp.cmp(Path(folder) / p, ROOT / p, shallow=False)
        ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        if outdated := stale():
            sys.exit("run `make proto`; out of date: " + ", ".join(map(str, outdated)))
    else:
        generate(ROOT)
