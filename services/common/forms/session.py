"""One form that is being filled in: what a screen, a journal and a test do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.common.forms import writing
from services.common.forms.answers import read_answer
from services.common.forms.code import Env
from services.common.forms.instance import Problem
from services.common.forms.model import Choice, Kind, Question
from services.common.forms.nodes import Entries, Node
from services.common.forms.occasion import Occasion
from services.common.forms.places import find_entries, find_node
from services.common.forms.program import FIRST_LOAD, Program
from services.common.forms.propagation import Propagation
from services.common.forms.wording import Speaker
from services.common.policy.calendar import SHANGHAI
from services.common.policy.law import Invalid


@dataclass(frozen=True, slots=True)
class Changes:
    """What one answer changed: the places whose value, relevance or number of entries is another."""

    paths: tuple[str, ...]


class Session:
    """A form being filled in. Places are written like `members[2]/incomes[1]/monthly`, entries from 1."""

    def __init__(self, program: Program, occasion: Occasion) -> None:
        self.program = program
        self._occasion = occasion
        now = occasion.now()
        self._words = Speaker(program, occasion.language or program.form.languages[0])
        self._env = Env(
            now=now,
            today=now.astimezone(SHANGHAI).date(),
            uuid=occasion.uuid,
            chance=occasion.chance,
            properties=occasion.properties,
            tables=program.tables,
            words=self._words,
        )
        self._state = Propagation(program, self._env)

    @classmethod
    def start(cls, program: Program, occasion: Occasion) -> Session:
        """A form that nobody has filled in yet, with its defaults."""
        session = cls(program, occasion)
        session._state.build(session.root)
        session._preload()
        session._state.work_out_all()
        session._state.act_on(FIRST_LOAD, session.root)
        session._state.touched.clear()
        return session

    @classmethod
    def resume(cls, program: Program, source: str | bytes, occasion: Occasion) -> Session:
        """A form as `draft()` wrote it. Raises Invalid where it is of another form or version."""
        session = cls(program, occasion)
        writing.read_into(session.root, source, program.form, session._state)
        session._state.opening = True
        session._state.work_out_all()
        session._state.opening = False
        session._state.touched.clear()
        return session

    @property
    def root(self) -> Node:
        return self._state.root

    @property
    def language(self) -> str:
        return self._words.language

    def speak(self, language: str) -> Changes:
        """Show the form in another of its languages."""
        if language not in self.program.form.languages:
            raise Invalid("language", f"表单没有“{language}”这种语言")
        self._words.language = language
        self._state.work_out_language()
        return self._changes()

    def answer(self, path: str, raw: str) -> Changes:
        """Another answer, as it is written in the instance; '' takes it back."""
        node = self.node(path)
        if node.definition.is_group:
            raise Invalid(path, "是一组题目，不能直接填写")
        self._moment()
        self._state.answer(node, raw)
        return self._changes()

    def fill(self, answers: Mapping[str, str]) -> Changes:
        """Answers known beforehand, from a task or from last year; places that do not exist are made."""
        self._moment()
        for path, raw in answers.items():
            node = find_node(self.root, path, self._grow)
            if node.definition.is_group:
                raise Invalid(path, "是一组题目，不能直接填写")
            self._state.answer(node, raw)
        return self._changes()

    def add_entry(self, path: str, number: int | None = None) -> Changes:
        """One more entry of the repeat at `path` (`members`), at the end or before that number."""
        entries = find_entries(self.root, path)
        at = len(entries.items) + 1 if number is None else number
        if not 1 <= at <= len(entries.items) + 1:
            raise Invalid(path, f"没有第{at}项")
        self._moment()
        self._state.insert(entries, at)
        return self._changes()

    def remove_entry(self, path: str) -> Changes:
        """Takes away one entry, such as `members[2]`, with all it holds."""
        node = self.node(path)
        if node.entries is None:
            raise Invalid(path, "不是重复组的一项")
        self._moment()
        self._state.remove(node.entries, node.number)
        return self._changes()

    def node(self, path: str) -> Node:
        """The item at a place. Raises Invalid where there is none."""
        return find_node(self.root, path, None)

    def entries(self, path: str) -> Entries:
        """The repeat at a place."""
        return find_entries(self.root, path)

    def value(self, path: str) -> str:
        """The answer as written; what is not relevant keeps it."""
        return self.node(path).raw

    def relevant(self, path: str) -> bool:
        return self.node(path).relevant

    def required(self, node: Node) -> bool:
        source = node.definition.source
        if not isinstance(source, Question):
            return False
        run = self.program.required.get(node.definition)
        return source.required if run is None else run(self._at(node), self._env)

    def readonly(self, node: Node) -> bool:
        """Whether it, or a group around it, may only be looked at."""
        for one in node.definition.chain:
            run = self.program.readonly.get(one)
            if one.source.readonly:
                return True
            if run is not None:
                around = self._at(node)
                while around.definition is not one:
                    around = around.parent
                self._env.current = around
                if run(around, self._env):
                    return True
        return False

    def label(self, node: Node) -> str:
        return self._words.say(node.definition.source.label_wording, self._at(node), self._env)

    def hint(self, node: Node) -> str:
        source = node.definition.source
        return (
            self._words.say(source.hint_wording, self._at(node), self._env)
            if isinstance(source, Question)
            else ""
        )

    def choices(self, node: Node) -> tuple[Choice, ...]:
        """What may be chosen now, with labels in the language that is shown."""
        return self._words.choices(node.definition, self._at(node), self._env)

    def problems(self, within: str = "") -> list[Problem]:
        """All that keeps the form, or a part of it, from being final, in the order of its questions."""
        start = self.node(within) if within else self.root
        nodes = [start] if not start.definition.is_group else list(start.below())
        return [found for node in nodes if (found := self.problem(node)) is not None]

    def problem(self, node: Node) -> Problem | None:
        """What is wrong with one answer, in words for whoever gives it."""
        source = node.definition.source
        if not node.relevant or not isinstance(source, Question) or not source.asked:
            return None
        message = self._wrong(node, source)
        return Problem(node.path, self._named(node), message) if message else None

    def _wrong(self, node: Node, source: Question) -> str:
        if not node.raw.strip():
            if not self.required(node):
                return ""
            return self._words.say(source.required_wording, node, self._env) or "没有填写，请补填"
        try:
            read_answer(source, node.raw.strip())
        except ValueError as error:
            return str(error)
        if node.definition in self.program.itemsets and (gone := self._not_offered(node)):
            return f"“{gone}”已不在选项中，请重新选择"
        run = self.program.constraints.get(node.definition)
        if run is None or run(self._at(node), self._env):
            return ""
        return self._words.say(source.constraint_wording, node, self._env) or "不符合要求，请核对"

    def _not_offered(self, node: Node) -> str:
        offered = self._words.offered(node.definition, self._at(node), self._env)
        chosen = node.raw.split() if node.definition.kind is Kind.SELECT_MANY else [node.raw]
        return next((value for value in chosen if value not in offered), "")

    def _named(self, node: Node) -> str:
        parts = [f"{self.label(one) or one.definition.name}第{one.number}项·" for one in _around(node)]
        return "".join(parts) + (self.label(node) or node.definition.name)

    def draft(self) -> str:
        """The whole state as XML, with what is not relevant now: for the journal, and for resume()."""
        return writing.write(self.root, self.program.form, everything=True)

    def instance(self) -> str:
        """The XML to submit: what is not relevant is left out, as Collect does."""
        return writing.write(self.root, self.program.form, everything=False)

    def answers(self) -> dict[str, str]:
        """All answers by place, in the order of the form; blanks are left out."""
        return {
            node.path: node.raw for node in self.root.below() if node.raw and not node.definition.is_group
        }

    @property
    def instance_id(self) -> str:
        """The id of this filled-in form, without `uuid:`."""
        return self.value("meta/instanceID").removeprefix("uuid:")

    @property
    def instance_name(self) -> str:
        """How the form calls what was filled in; '' where its author gave it no name."""
        meta = self.program.root.by_name.get("meta")
        return self.value("meta/instanceName") if meta and "instanceName" in meta.by_name else ""

    def finish(self) -> Changes:
        """The form is final: what is read off the clock at the end is read now."""
        self._moment()
        for node in self.root.below():
            source = node.definition.source
            if isinstance(source, Question) and source.preload == "timestamp:end":
                self._state.answer(node, self._stamp())
        return self._changes()

    def _preload(self) -> None:
        for node in self.root.below():
            source = node.definition.source
            if isinstance(source, Question) and source.preload and not node.raw:
                node.write(self._preloaded(*source.preload.split(":", 1)))

    def _preloaded(self, kind: str, parameter: str) -> str:
        match kind:
            case "timestamp":
                return self._stamp() if parameter == "start" else ""
            case "date":
                return self._env.today.isoformat()
            case "uid":
                return f"uuid:{self._env.uuid()}"
            case "property":
                return self._env.properties.get(parameter, "")
            case _:
                return ""

    def _stamp(self) -> str:
        return self._env.now.astimezone(SHANGHAI).isoformat(timespec="milliseconds")

    def _moment(self) -> None:
        self._env.now = self._occasion.now()
        self._env.today = self._env.now.astimezone(SHANGHAI).date()

    def _grow(self, entries: Entries, number: int) -> None:
        while len(entries.items) < number:
            self._state.insert(entries, len(entries.items) + 1)

    def _at(self, node: Node) -> Node:
        self._env.current = node
        return node

    def _changes(self) -> Changes:
        paths = tuple(node.path for node in self._state.touched if node.attached)
        self._state.touched.clear()
        return Changes(paths)


def _around(node: Node) -> Iterator[Node]:
    """The entries around an item, the outermost first."""
    found = []
    one = node
    while one.definition.parent is not None:
        if one.definition.repeat:
            found.append(one)
        one = one.parent
    return reversed(found)
