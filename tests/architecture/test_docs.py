"""The papers: generated ones are fresh, links lead somewhere, and every legal word is in the glossary."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import openapi_spec_validator
import pytest

import services.common.policy as policy
from services.contracts_build import ROOT, SERVICES
from services.docs_build import __main__ as docs_build
from services.docs_build.regulations import cited_by_tests

PAPERS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("*.md", "docs/**/*.md", "proto/*.md", "services/*/README.md", "deploy/**/*.md")
    for path in ROOT.glob(folder)
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'<a id="([^"]+)">')
# Words of the machine, which no regulation knows.
NO_LEGAL_WORDS = {"Unit", "_Bond"}


def test_generated_documents_say_what_the_code_says() -> None:
    assert docs_build.stale() == [], "run `make docs`"


def test_a_document_out_of_date_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "docs" / "events.md"
    page.parent.mkdir()
    page.write_text("older", "utf-8")
    monkeypatch.setattr(docs_build, "ROOT", tmp_path)
    monkeypatch.setattr(docs_build, "pages", lambda: {page: "newer"})
    assert docs_build.stale() == [Path("docs/events.md")]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_leads_to_a_file(paper: str) -> None:
    folder = (ROOT / paper).parent
    targets = [target.partition("#")[0] for target in LINK.findall((ROOT / paper).read_text("utf-8"))]
    local = [target for target in targets if target and "://" not in target]
    assert [target for target in local if not (folder / target).exists()] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_into_a_page_finds_its_place(paper: str) -> None:
    for target in LINK.findall((ROOT / paper).read_text("utf-8")):
        name, _, place = target.partition("#")
        if place and "://" not in target:
            page = (ROOT / paper).parent / name if name else ROOT / paper
            assert place in ANCHOR.findall(page.read_text("utf-8")), target


def test_the_http_interfaces_are_a_valid_openapi_document() -> None:
    document = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
    openapi_spec_validator.validate(document)
    assert any(path.startswith("/field/v1/") for path in document["paths"])
    assert any(path.startswith("/board/") for path in document["paths"])


def test_every_reference_of_the_event_catalogue_resolves() -> None:
    document = json.loads((ROOT / "docs" / "asyncapi.json").read_text("utf-8"))
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        found = document
        for step in reference.split("/"):
            found = found[step]
        assert found


def test_every_legal_word_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    missing = [
        f"{words.__module__}.{words.__name__}.{word.value}"
        for words in legal_words()
        for word in words
        if f"`{word.value}`" not in glossary
    ]
    assert missing == []


def test_marks_of_tests_are_read_in_every_way_of_writing_them(tmp_path: Path) -> None:
    (tmp_path / "test_marks.py").write_text(
        "pytestmark = pytest.mark.law('R1.1')\n"
        "@pytest.mark.law('R4.2', 'R4.3')\ndef test_a(): ...\n"
        "@law(R7_4)\nasync def test_b(): ...\n"
        "@pytest.mark.law(articles.R7_5)\nclass TestC:\n    def test_d(self): ...\n"
        "@pytest.mark.law('R9.1')\ndef helper(): ...\n",
        "utf-8",
    )
    found = {id_: [test for test, _ in tests] for id_, tests in cited_by_tests(tmp_path, tmp_path).items()}
    assert found == {
        "R1.1": ["test_a", "test_b", "test_d"],
        "R4.2": ["test_a"],
        "R4.3": ["test_a"],
        "R7.4": ["test_b"],
        "R7.5": ["test_d"],
    }


def legal_words() -> Iterator[type[StrEnum]]:
    """Enumerations that people meet: those with a Chinese name, and the stages."""
    for name in modules():
        for key, words in vars(importlib.import_module(name)).items():
            if not (isinstance(words, type) and issubclass(words, StrEnum) and words.__module__ == name):
                continue
            if key not in NO_LEGAL_WORDS and (hasattr(words, "chinese") or key.endswith("Stage")):
                yield words


def modules() -> Iterator[str]:
    for package in (policy, *(importlib.import_module(f"services.{name}.model") for name in SERVICES)):
        yield package.__name__
        for module in pkgutil.iter_modules(getattr(package, "__path__", ())):
            yield f"{package.__name__}.{module.name}"
