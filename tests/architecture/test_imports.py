"""The walls of the house: who may import whom, and who may ask for the time, the environment or chance."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for folder in ("services", "mobile_app")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if not path.stem.endswith(("_pb2", "_pb2_grpc"))
]
SERVER_SOURCES = [path for path in SOURCES if path.is_relative_to(ROOT / "services")]

CLOCK_KEEPERS = {
    "services/common/runtime/runner.py",
    "services/common/runtime/clock.py",
    "services/common/runtime/ids.py",  # a UUIDv7 sorts by the machine's time; no term or date is read from it
}
CLOCKS = {
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime",
}  # fmt: skip
STOPWATCHES = {"time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns"}
ENVIRONMENT = {"os.environ", "os.getenv", "os.environb", "os.putenv"}
ENVIRONMENT_READERS = {"settings.py", "runner.py", "__main__.py"}
DRAWERS = {"utils", "util", "helpers", "helper", "base", "manager", "managers", "misc", "common_utils"}


def test_the_import_contracts_hold() -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_only_the_runner_and_the_clock_read_the_system_clock() -> None:
    """A benchmark's bare parts stamp their rows as their rivals do: no term or date is read from it."""
    allowed = lambda name: name in CLOCK_KEEPERS or name.startswith("services/bench/")  # noqa: E731
    assert offences(SERVER_SOURCES, CLOCKS, allowed) == []


def test_only_the_machine_room_and_the_local_servers_hold_a_stopwatch() -> None:
    rooms = ("services/common/runtime/", "services/local_servers/", "services/bench")
    assert offences(SERVER_SOURCES, STOPWATCHES, allowed=lambda name: name.startswith(rooms)) == []


def test_only_settings_the_runner_and_the_command_line_read_the_environment() -> None:
    assert offences(SERVER_SOURCES, ENVIRONMENT, lambda name: Path(name).name in ENVIRONMENT_READERS) == []


def test_chance_has_a_place_in_the_demonstration_and_its_benchmarks_only() -> None:
    assert (
        offences(
            SERVER_SOURCES, {"random"}, lambda name: name.startswith(("services/demo", "services/bench"))
        )
        == []
    )


def test_the_demonstration_draws_from_a_seeded_generator() -> None:
    demo = [path for path in SERVER_SOURCES if path.relative_to(ROOT).parts[1].startswith("demo")]
    drawn = {
        use for path in demo for use, _ in uses(ast.parse(path.read_text())) if use.startswith("random.")
    }
    assert drawn <= {"random.Random"}


def test_the_tablet_takes_nothing_from_the_server_but_the_law_and_the_forms() -> None:
    shared = ("services.common.policy", "services.common.forms")
    tablet = [path for path in SOURCES if path.is_relative_to(ROOT / "mobile_app")]
    taken = {
        name
        for path in tablet
        for name in imported(ast.parse(path.read_text()))
        if name.startswith("services")
    }
    assert {name for name in taken if not name.startswith(shared)} == set()


def test_no_file_is_a_drawer_for_everything() -> None:
    assert [str(path.relative_to(ROOT)) for path in SOURCES if path.stem in DRAWERS] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from datetime import datetime\ndatetime.now()", "datetime.datetime.now"),
        ("import datetime as dt\ndt.date.today()", "datetime.date.today"),
        ("from time import time\ntime()", "time.time"),
        ("import os\nos.environ['X']", "os.environ"),
        ("from os import environ\nenviron['X']", "os.environ"),
        ("import random\nrandom.choice([1])", "random.choice"),
        ("from random import choice\nchoice([1])", "random.choice"),
    ],
)
def test_the_search_sees_through_every_way_of_writing_it(source: str, found: str) -> None:
    assert found in {use for use, _ in uses(ast.parse(source))}


def offences(paths: list[Path], forbidden: set[str], allowed: Callable[[str], bool]) -> list[str]:
    """`file:line name` for each use of a forbidden name, or of anything in a forbidden module."""
    return [
        f"{name}:{line} {use}"
        for path in paths
        if not allowed(name := path.relative_to(ROOT).as_posix())
        for use, line in uses(ast.parse(path.read_text()))
        if use in forbidden or use.partition(".")[0] in forbidden
    ]


def uses(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Full names of what a module imports or reaches through an import, whatever it calls them."""
    full_names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                full_names[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                full_names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute):
            dotted = ast.unparse(node)
            first, _, rest = dotted.partition(".")
            if first in full_names and dotted.replace(".", "").isidentifier():
                yield (f"{full_names[first]}.{rest}" if rest else full_names[first]), node.lineno


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules, and names from modules, that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
