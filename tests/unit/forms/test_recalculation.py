"""The standing test: however a form came to be as it is, it equals one that is worked out from the start."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from services.common.forms.model import Kind, Question
from services.common.forms.nodes import Entries, Node
from services.common.forms.program import Program
from services.common.forms.session import Session
from tests.unit.forms.filling import occasion, program

FOLDER = Path(__file__).parent / "conformance"
# Dice and clocks are drawn anew by a form that starts anew, and an entry that a count took away is remembered
# only by the form that is open: those two have tests of their own.
LEFT_OUT = {"chance_runs_once", "defaults_and_events", "one_more_entry"}
FORMS = [one for one in sorted(FOLDER.glob("*.toml")) if one.stem not in LEFT_OUT]
COUNTS = ("", "0", "1", "2", "3", "17", "18", "-4", "1,000", "x")
AMOUNTS = ("", "0", "1", "650.50", "1280.05", "-0.01", "1,000", "x")
DAYS = ("", "2026-09-14", "1966-02-28", "2026-09-17", "2026-02-30")
WORDS = ("", "甲", "乙", "a b", "yes", " ")


@pytest.mark.parametrize("file", FORMS, ids=[one.stem for one in FORMS])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_up_to_date_equals_what_is_worked_out_from_the_start(file: Path, seed: int) -> None:
    compiled = compiled_once(file)
    session = Session.start(compiled, occasion())
    dice = random.Random(seed)
    for _ in range(25):
        act(session, dice)
        assert state(session) == state(afresh(compiled, session)), session.draft()


@cache
def compiled_once(file: Path) -> Program:
    case = tomllib.loads(file.read_text(encoding="utf-8"))
    return program(case["form"], case.get("files"))


def act(session: Session, dice: random.Random) -> None:
    """One thing that somebody does: mostly an answer, now and then an entry more or less."""
    repeats = list(all_entries(session.root))
    if repeats and dice.random() < 0.25:
        entries = dice.choice(repeats)
        if isinstance(entries.definition.source, Question) or entries.definition.source.count:  # type: ignore[union-attr]
            return
        if entries.items and dice.random() < 0.5:
            session.remove_entry(dice.choice(entries.items).path)
        elif len(entries.items) < 4:
            where = entries.parent.path
            session.add_entry(
                f"{where}/{entries.definition.name}".lstrip("/"), dice.randint(1, len(entries.items) + 1)
            )
        return
    asked = [node for node in session.root.below() if is_asked(node)]
    if asked:
        node = dice.choice(asked)
        session.answer(node.path, an_answer(session, node, dice))


def is_asked(node: Node) -> bool:
    source = node.definition.source
    return isinstance(source, Question) and source.asked and not source.calculate


def an_answer(session: Session, node: Node, dice: random.Random) -> str:
    match node.definition.kind:
        case Kind.INTEGER:
            return dice.choice(COUNTS)
        case Kind.DECIMAL:
            return dice.choice(AMOUNTS)
        case Kind.DATE:
            return dice.choice(DAYS)
        case Kind.SELECT_ONE | Kind.SELECT_MANY:
            return dice.choice(["", "nowhere", *(one.value for one in session.choices(node))])
        case _:
            return dice.choice(WORDS)


def all_entries(node: Node) -> Iterator[Entries]:
    for child in node.children:
        if isinstance(child, Entries):
            yield child
            for item in child.items:
                yield from all_entries(item)
        else:
            yield from all_entries(child)


def afresh(compiled: Program, session: Session) -> Session:
    """The same answers, without anything worked out from them, in a form that is opened now."""
    worked_out = {
        node: node.raw
        for node in session.root.below()
        if isinstance(node.definition.source, Question) and node.definition.source.calculate
    }
    for node in worked_out:
        node.raw = ""
    answers_alone = session.draft()
    for node, raw in worked_out.items():
        node.raw = raw
    return Session.resume(compiled, answers_alone, occasion())


def state(session: Session) -> list[tuple[str, str, object, bool]]:
    return [(node.path, node.raw, node.seen, node.relevant) for node in session.root.below()]
