"""A form made ready to run: every expression compiled, in order, and joined to what it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from services.common.forms.code import (
    Code,
    Run,
    RunItems,
    RunText,
    RunTruth,
    Scope,
    Shape,
    Uses,
    as_text,
    as_truth,
    one_value,
)
from services.common.forms.compiler import compile_expression
from services.common.forms.definitions import Definition, Reader, define, route
from services.common.forms.faults import ExpressionError, Fault, refuse
from services.common.forms.graph import Aspect, Computation, in_order
from services.common.forms.model import Form, Group, Output, Phrase, Question, Wording
from services.common.forms.tables import Table, read_tables

FIRST_LOAD, NEW_ENTRY, CHANGED = "odk-instance-first-load", "odk-new-repeat", "xforms-value-changed"
EVENTS = frozenset({FIRST_LOAD, NEW_ENTRY, CHANGED})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """A value that an event sets: in `target`, found from what changed by `way`."""

    event: str
    target: Definition
    run: Run
    source: Definition | None = None
    way: Reader | None = None


@dataclass(slots=True)
class Program:
    """One version of a form that runs; shared by all that are filled in with it."""

    form: Form
    definitions: list[Definition]
    tables: Mapping[str, Table]
    shape: Shape
    computations: list[Computation] = field(default_factory=list)
    constraints: dict[Definition, RunTruth] = field(default_factory=dict)
    required: dict[Definition, RunTruth] = field(default_factory=dict)
    readonly: dict[Definition, RunTruth] = field(default_factory=dict)
    itemsets: dict[Definition, RunItems] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    _outputs: dict[tuple[Definition, str], RunText] = field(default_factory=dict)

    @property
    def root(self) -> Definition:
        return self.definitions[0]

    def output(self, definition: Definition, expression: str) -> RunText:
        """The value in the middle of a text, as the item sees it that shows the text."""
        run = self._outputs.get((definition, expression))
        if run is None:
            code = compile_expression(expression, scope_of(self.shape, definition, Uses()))
            run = self._outputs[definition, expression] = as_text(code)
        return run


def compile_program(form: Form, files: Mapping[str, str] | None = None) -> Program:
    """The form ready to run. Raises FaultyForm naming every part that cannot."""
    program, faults = _Compiler(form, files or {}).compile()
    refuse(faults)
    return program


def check_program(form: Form, files: Mapping[str, str] | None = None) -> list[Fault]:
    """Everything that keeps a form from running, texts included: what publishing asks."""
    compiler = _Compiler(form, files)
    compiler.compile()
    compiler.check_texts()
    return compiler.faults


def scope_of(shape: Shape, owner: Definition, uses: Uses) -> Scope:
    """Where an expression of an item stands."""
    return Scope(shape, owner, owner, top=True, cap=owner.depth, uses=uses)


class _Compiler:
    def __init__(self, form: Form, files: Mapping[str, str] | None) -> None:
        definitions = define(form)
        tables = {name: Table(name, rows) for name, rows in form.tables.items()}
        columns: dict[str, frozenset[str] | None] = {one.name: one.columns for one in tables.values()}
        if files is None:
            columns |= dict.fromkeys(form.external)
        else:
            brought = read_tables(form.external, files)
            tables |= brought
            columns |= {name: table.columns for name, table in brought.items()}
        texts = frozenset().union(*(table.keys() for table in form.texts.values()))
        shape = Shape(root=definitions[0], columns=columns, texts=texts)
        self.program = Program(form, definitions, tables, shape)
        self.faults: list[Fault] = []
        self._by_path = {one.path: one for one in definitions}

    def compile(self) -> tuple[Program, list[Fault]]:
        for definition in self.program.definitions:
            self._item(definition)
        self._actions()
        ordered, circles = in_order(self.program.computations)
        self.program.computations = ordered
        self.faults += circles
        for one in ordered:
            self._join(one)
        return self.program, self.faults

    def _item(self, definition: Definition) -> None:
        source, program = definition.source, self.program
        self._computed(definition, Aspect.RELEVANT, source.relevant, as_truth)
        if isinstance(source, Group):
            self._computed(definition, Aspect.COUNT, source.count, one_value)
        else:
            self._computed(definition, Aspect.CALCULATION, source.calculate, one_value)
            self._shown(definition, "constraint", source.constraint, program.constraints)
            self._shown(definition, "required", source.required_if, program.required)
            if source.itemset is not None:
                code = self._code(definition, "choice_filter", source.itemset.nodeset, Uses())
                if code is not None and code.items is not None:
                    program.itemsets[definition] = code.items
        self._shown(definition, "readonly", source.readonly_if, program.readonly)

    def _computed(
        self, definition: Definition, aspect: Aspect, expression: str, run_of: Callable[[Code], Run]
    ) -> None:
        if not expression:
            return
        uses = Uses()
        run = self._run(definition, aspect.value, expression, uses, run_of)
        if run is not None:
            self.program.computations.append(Computation(definition, aspect, run, uses))

    def _shown(
        self, definition: Definition, column: str, expression: str, into: dict[Definition, RunTruth]
    ) -> None:
        if expression and (run := self._run(definition, column, expression, Uses(), as_truth)):
            into[definition] = run

    def _run(
        self, definition: Definition, column: str, expression: str, uses: Uses, run_of: Callable[[Code], T]
    ) -> T | None:
        code = self._code(definition, column, expression, uses)
        try:
            return None if code is None else run_of(code)
        except ExpressionError as error:
            self._fault(definition, column, error)
            return None

    def _code(self, definition: Definition, column: str, expression: str, uses: Uses) -> Code | None:
        try:
            return compile_expression(expression, scope_of(self.program.shape, definition, uses))
        except ExpressionError as error:
            self._fault(definition, column, error)
            return None

    def _fault(self, definition: Definition, column: str, error: ExpressionError) -> None:
        message = f"“{definition.label}”的{column}：{error.message}"
        self.faults.append(Fault(definition.path, column, message, error.unsupported))

    def _actions(self) -> None:
        for action in self.program.form.actions:
            target, source = self._by_path.get(action.target), self._by_path.get(action.source)
            column = "calculation" if action.event == CHANGED else "default"
            if target is None or action.event not in EVENTS:
                message = f"事件 {action.event} 设置“{action.target.rpartition('/')[2]}”"
                self.faults.append(Fault(action.target, column, message, unsupported=True))
                continue
            run = self._run(target, column, action.expression, Uses(), one_value)
            if run is not None:
                way = None if source is None else _way(source, target)
                self.program.acts.append(Act(action.event, target, run, source, way))

    def _join(self, one: Computation) -> None:
        """Enters the computation with everything it reads."""
        owner = one.definition
        owner.ranks.append(one.rank)
        for read, depth in one.uses.reads:
            read.readers.append(route(owner, read, depth, one.rank))
        for entry in one.uses.positions:
            entry.position_readers.append(route(owner, entry, entry.depth, one.rank))

    def check_texts(self) -> None:
        """Every value in the middle of a text, in every language."""
        for definition in self.program.definitions:
            for column, wording in _wordings(definition.source):
                for phrase in self._phrases(wording):
                    self._check_phrase(definition, column, phrase)

    def _phrases(self, wording: Wording) -> list[Phrase]:
        if not wording.id:
            return [wording.phrase]
        return [texts[wording.id] for texts in self.program.form.texts.values() if wording.id in texts]

    def _check_phrase(self, definition: Definition, column: str, phrase: Phrase) -> None:
        for part in phrase:
            if isinstance(part, Output):
                self._run(definition, column, part.expression, Uses(), as_text)


def _way(source: Definition, target: Definition) -> Reader:
    """From an item that changed to the items of the same entry that its event sets."""
    common = max(one.depth for one in source.chain if one in target.chain)
    return route(target, source, common, 0)


def _wordings(source: Question | Group) -> Sequence[tuple[str, Wording]]:
    if isinstance(source, Group):
        return (("label", source.label_wording),)
    return (
        ("label", source.label_wording),
        ("hint", source.hint_wording),
        ("guidance_hint", source.guidance_wording),
        ("constraint_message", source.constraint_wording),
        ("required_message", source.required_wording),
        *(("label", label) for _, label in source.items),
    )
