"""The small forms of the folder `conformance`, each played step by step."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from services.common.forms.session import Session
from tests.unit.forms.filling import occasion, program

FOLDER = Path(__file__).parent / "conformance"
FORMS = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("file", FORMS, ids=[one.stem for one in FORMS])
def test_a_small_form_behaves_as_written_beside_it(file: Path) -> None:
    case = tomllib.loads(file.read_text(encoding="utf-8"))
    session = Session.start(program(case["form"], case.get("files")), occasion())
    for number, step in enumerate(case["steps"], 1):
        session = play(session, step)
        assert seen(session, step) == expected(step), f"{file.stem}, step {number}"


def play(session: Session, step: Mapping[str, Any]) -> Session:
    """What somebody does with the form."""
    for path in step.get("add", ()):
        session.add_entry(path)
    for path in step.get("remove", ()):
        session.remove_entry(path)
    for path, raw in step.get("answer", {}).items():
        session.answer(path, raw)
    if "language" in step:
        session.speak(step["language"])
    if step.get("finish"):
        session.finish()
    if step.get("reopen"):
        return Session.resume(session.program, session.draft(), occasion())
    return session


def expected(step: Mapping[str, Any]) -> dict[str, Any]:
    return {key: step[key] for key in LOOKS if key in step}


def seen(session: Session, step: Mapping[str, Any]) -> dict[str, Any]:
    """What the step asks about, as the form shows it."""
    return {key: look(session, step[key]) for key, look in LOOKS.items() if key in step}


LOOKS: dict[str, Callable[[Session, Mapping[str, Any]], dict[str, Any]]] = {
    "values": lambda session, asked: {path: session.value(path) for path in asked},
    "relevant": lambda session, asked: {path: session.relevant(path) for path in asked},
    "required": lambda session, asked: {path: session.required(session.node(path)) for path in asked},
    "readonly": lambda session, asked: {path: session.readonly(session.node(path)) for path in asked},
    "labels": lambda session, asked: {path: session.label(session.node(path)) for path in asked},
    "hints": lambda session, asked: {path: session.hint(session.node(path)) for path in asked},
    "entries": lambda session, asked: {path: len(session.entries(path).items) for path in asked},
    "choices": lambda session, asked: {
        path: [f"{one.value} {one.label}" for one in session.choices(session.node(path))] for path in asked
    },
    "problems": lambda session, asked: {one.path: one.message for one in session.problems()},
    "submitted": lambda session, asked: {mark: mark in session.instance() for mark in asked},
}
