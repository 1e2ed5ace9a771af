"""How the house is built: small files that say what lives in them, whole tables, nobody without a row."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import get_type_hints

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from google.protobuf.descriptor import MethodDescriptor
from sqlalchemy import create_engine

from services.common.policy.articles import ARTICLES
from services.common.policy.law import RULES
from services.common.runtime import gate, migrations
from services.common.runtime.service import Blueprint
from services.contracts_build import ROOT, SERVICES
from services.docs_build.regulations import cited_by_tests, import_all_rules

LONGEST_FILE = 400
SOURCES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted((ROOT / "services").rglob("*.py"))
    if not path.stem.endswith(("_pb2", "_pb2_grpc"))
]
PAPERS = ("model", "rules", "storage", "commands", "queries", "reactions", "jobs", "access", "rpc", "main")

each_service = pytest.mark.parametrize("service", SERVICES)


def blueprint_of(service: str) -> Blueprint:
    blueprint: Blueprint = importlib.import_module(f"services.{service}.main").blueprint()
    return blueprint


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    lines = {name: (ROOT / name).read_text("utf-8").count("\n") for name in SOURCES}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_every_module_opens_with_what_lives_there() -> None:
    silent = [
        name
        for name in SOURCES
        if (text := (ROOT / name).read_text("utf-8")).strip()
        and not name.endswith("contracts/v1/__init__.py")
        and "/common/contracts/" not in name
        and not ast.get_docstring(ast.parse(text))
    ]
    assert silent == []


@each_service
def test_a_service_is_written_in_the_same_files_as_the_others(service: str) -> None:
    folder = ROOT / "services" / service
    known = {path.stem for path in folder.iterdir()} - {"__init__"}
    assert set(PAPERS) - known <= {"jobs", "queries"}, "a service has the files that a reader looks for"
    assert (folder / "README.md").exists()
    assert list((folder / "migrations" / "versions").glob("*.py"))


@each_service
def test_every_call_of_the_contract_is_answered(service: str) -> None:
    rpc = blueprint_of(service).rpc
    assert rpc is not None
    assert rpc.unanswered() == []
    methods = {method.name for method in rpc.descriptor.methods}
    assert (rpc.acts.keys() | rpc.reads.keys()) - methods == set(), "a row that no contract names"


@each_service
def test_every_action_has_its_row_of_roles(service: str) -> None:
    blueprint = blueprint_of(service)
    assert gate.complete(blueprint.acts, blueprint.access) == []


@each_service
def test_every_row_of_roles_has_its_action(service: str) -> None:
    blueprint = blueprint_of(service)
    named = {act.action for act in blueprint.acts.values()}
    named |= {read.action for read in blueprint.rpc.reads.values()} if blueprint.rpc else set()
    named |= set(actions_named_elsewhere(service))
    assert set(blueprint.access) - named == set()


@each_service
def test_every_act_of_the_contract_has_its_command(service: str) -> None:
    blueprint = blueprint_of(service)
    assert blueprint.rpc is not None
    assert set(blueprint.rpc.acts.values()) - blueprint.acts.keys() == set()


@each_service
def test_what_a_caller_sends_is_what_the_command_takes(service: str) -> None:
    blueprint = blueprint_of(service)
    for method, command in acts_by_method(blueprint):
        sent = set(method.input_type.fields_by_name)
        taken = {field.name for field in dataclasses.fields(command)}
        needed = {field.name for field in dataclasses.fields(command) if not has_default(field)}
        assert needed <= sent, f"{method.name} cannot fill {needed - sent}"
        assert sent <= taken, f"{method.name} drops {sent - taken}"


@each_service
def test_every_field_of_an_answer_is_filled(service: str) -> None:
    blueprint = blueprint_of(service)
    for method, command in acts_by_method(blueprint):
        result = get_type_hints(blueprint.acts[command].function)["return"]
        known = {field.name for field in dataclasses.fields(command)}
        known |= set(dir(result)) | set(getattr(result, "__dataclass_fields__", ()))
        assert set(method.output_type.fields_by_name) <= known, method.name


@each_service
def test_migrations_make_the_tables_that_storage_describes(service: str, tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / service}.db"
    migrations.upgrade(service, url)
    engine = create_engine(url.replace("+aiosqlite", ""))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, blueprint_of(service).metadata)
    engine.dispose()
    assert differences == []


def test_every_stage_is_a_key_of_its_moves() -> None:
    seen = 0
    for module in modules_of("model"):
        for moves in vars(module).values():
            if not is_moves(moves):
                continue
            seen += 1
            stages = type(next(iter(moves)))
            assert set(moves) == set(stages), f"{module.__name__}.{stages.__name__}"
            assert all(step in stages for steps in moves.values() for step in steps)
    assert seen >= len(SERVICES), "every service has states"


def test_every_stage_can_be_reached() -> None:
    for module in modules_of("model"):
        for moves in vars(module).values():
            if is_moves(moves):
                first = next(iter(type(next(iter(moves)))))
                reached, waiting = {first}, [first]
                while waiting:
                    fresh = moves[waiting.pop()] - reached
                    reached |= fresh
                    waiting += fresh
                assert reached == set(moves), f"{module.__name__}: {set(moves) - reached}"


@each_service
def test_reactions_and_jobs_decide_nothing_themselves(service: str) -> None:
    for name in ("reactions", "jobs"):
        path = ROOT / "services" / service / f"{name}.py"
        if path.exists():
            assert "publish(" not in path.read_text("utf-8"), f"{path}: only commands announce"


def test_only_commands_and_the_machine_room_publish() -> None:
    publishing = {
        name
        for name in SOURCES
        if "tx.publish(" in (ROOT / name).read_text("utf-8") and "/common/runtime/" not in name
    }
    # The benchmark's tap is a command of its own, in no service.
    assert {name for name in publishing if "/commands" not in name} <= {"services/bench/tap.py"}


def test_tests_cite_articles_that_exist() -> None:
    assert set(cited_by_tests(ROOT / "tests")) - ARTICLES.keys() == set()


def test_rules_cite_the_article_of_their_finding() -> None:
    import_all_rules()
    for name in SOURCES:
        if "/rules" in name and not name.endswith("__init__.py"):
            module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
            undecorated = [f.__name__ for f in functions_of(module) if returns_finding(f) and not is_rule(f)]
            assert undecorated == [], f"{name}: a function that concludes a Finding is a rule"


def modules_of(file: str) -> Iterator[ModuleType]:
    """The module of that name in each service, with its parts where it is a package."""
    for service in SERVICES:
        module = importlib.import_module(f"services.{service}.{file}")
        yield module
        for part in pkgutil.iter_modules(getattr(module, "__path__", ())):
            yield importlib.import_module(f"{module.__name__}.{part.name}")


def acts_by_method(blueprint: Blueprint) -> Iterator[tuple[MethodDescriptor, type]]:
    if blueprint.rpc is not None:
        for name, command in blueprint.rpc.acts.items():
            yield blueprint.rpc.descriptor.methods_by_name[name], command


def has_default(field: dataclasses.Field[object]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def is_moves(value: object) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and all(isinstance(key, StrEnum) and isinstance(steps, frozenset) for key, steps in value.items())
    )


def functions_of(module: ModuleType) -> list[object]:
    return [
        f
        for name, f in inspect.getmembers(module, inspect.isfunction)
        if f.__module__ == module.__name__ and not name.startswith("_")
    ]


def returns_finding(function: object) -> bool:
    return str(getattr(function, "__annotations__", {}).get("return", "")).startswith("Finding")


def is_rule(function: object) -> bool:
    place = f"{function.__module__}:{function.__qualname__}"  # type: ignore[attr-defined]
    return any(place in places for places in RULES.values())


def actions_named_elsewhere(service: str) -> Iterator[str]:
    """Actions that pages, lists and the tablet check by name: texts in the edges and queries of a service."""
    folder = ROOT / "services" / service
    patterns = ("web.py", "web/*.py", "field.py", "field/*.py", "queries.py", "queries/*.py")
    own = [path for pattern in patterns for path in folder.glob(pattern)]
    for path in (*own, *(ROOT / "services" / "common" / "pages").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
