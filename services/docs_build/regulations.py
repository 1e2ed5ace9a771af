"""docs/regulations.md: article → the rules that carry it out → the tests that hold them."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import services.common.policy as policy
from services.common.policy import articles as constants
from services.common.policy.law import RULES, Article
from services.common.policy.shipped import shipped
from services.contracts_build import ROOT, SERVICES
from services.docs_build.tables import GENERATED, anchor, link, table

INTRODUCTION = """\
The ten regulations are 长治市潞州区民政局 潞州民字〔2024〕57号. `R4.7` is article 7 of regulation 4; code,
tests and findings cite these ids. A *rule* is the function that decides, a *test* the sentence that holds it.
What needs no decision (keeping a paper, showing a list) has tests and no rule.
"""
Tests = Mapping[str, list[tuple[str, str]]]


def regulations_page() -> str:
    """Every article with its rules and tests; what has neither says so."""
    import_all_rules()
    tests = cited_by_tests(ROOT / "tests")
    data = shipped("articles.toml")
    parts = [
        GENERATED.format(
            source="policy/data/articles.toml, the `@rule` decorators and the tests marked `law`"
        ),
        "# The regulations, article by article\n",
        INTRODUCTION,
    ]
    for source in data["regulation"]:
        parts.append(f"## {source['id']} {source['title']}\n")
        parts.append(_articles_table(source, tests))
    parts.append("## National rules behind them\n")
    for source in data["national"]:
        document = f"（{source['document']}）" if "document" in source else ""
        parts.append(f"### {source['id']} {source['title']}{document}\n")
        parts.append(_articles_table(source, tests))
    return "\n".join(parts)


def import_all_rules() -> None:
    """Import every module that may carry `@rule`, so that RULES is whole."""
    for package in (policy, *(importlib.import_module(f"services.{name}") for name in SERVICES)):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.startswith(policy.__name__) or ".rules" in module.name:
                importlib.import_module(module.name)


def cited_by_tests(folder: Path, root: Path = ROOT) -> dict[str, list[tuple[str, str]]]:
    """Article id → (test, file from `root`) of every test marked with it, by reading the sources."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for test, ids in _marked_tests(tree):
            for id_ in ids:
                found.setdefault(id_, []).append((test, path.relative_to(root).as_posix()))
    return found


def _articles_table(source: Mapping[str, Any], tests: Tests) -> str:
    rows = [
        (
            f'<a id="{anchor(row["id"])}"></a>{row["id"]}',
            row["place"],
            row["summary"],
            row.get("owner", source.get("owner", "")),
            _rules_cell(row["id"], tests),
            "<br>".join(link(test, path) for test, path in tests.get(row["id"], ())),
        )
        for row in source["article"]
    ]
    return table(("id", "place", "what it says", "owner", "rule", "tests"), rows)


def _rules_cell(article_id: str, tests: Tests) -> str:
    places = sorted(RULES.get(article_id, ()))
    if not places:
        return "–" if article_id in tests else "not built yet"
    return "<br>".join(_rule_link(place) for place in places)


def _rule_link(place: str) -> str:
    module, _, function = place.partition(":")
    path = ROOT / Path(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return link(f"{module.removeprefix('services.')}.{function}", file.relative_to(ROOT).as_posix())


def _marked_tests(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    for_all = [
        id_
        for node in tree.body
        if isinstance(node, ast.Assign) and _names(node.targets) == ["pytestmark"]
        for id_ in _articles_in(node.value)
    ]
    yield from _tests_in(tree.body, for_all)


def _tests_in(body: list[ast.stmt], inherited: list[str]) -> Iterator[tuple[str, list[str]]]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        ids = [*inherited, *(id_ for mark in node.decorator_list for id_ in _articles_in(mark))]
        if isinstance(node, ast.ClassDef):
            yield from _tests_in(node.body, ids)
        elif node.name.startswith("test_"):
            yield node.name, list(dict.fromkeys(ids))


def _articles_in(expression: ast.expr) -> Iterator[str]:
    """Ids inside every call of a mark named `law` in the expression: texts, or constants of articles.py."""
    for call in ast.walk(expression):
        if isinstance(call, ast.Call) and _last_name(call.func) == "law":
            for argument in call.args:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)
                elif isinstance(article := getattr(constants, _last_name(argument), None), Article):
                    yield article.id


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _names(nodes: list[ast.expr]) -> list[str]:
    return [_last_name(node) for node in nodes]
