"""What a form says: its texts and choices in the language that is shown, with values in their middle."""

from __future__ import annotations

from collections.abc import Mapping

from services.common.forms.code import Env, Item
from services.common.forms.definitions import Definition
from services.common.forms.model import Choice, Itemset, Output, Phrase, Question, Wording
from services.common.forms.nodes import Entries, Node
from services.common.forms.program import Program
from services.common.forms.values import text

ITEXT_OF = "jr:itext("


class Speaker:
    """Finds the texts of one language; what is not translated is said in the first."""

    def __init__(self, program: Program, language: str) -> None:
        self._program = program
        self.language = language

    def say(self, wording: Wording, node: Node, env: Env) -> str:
        """A text as the item shows it."""
        phrase = self._phrase(wording.id) if wording.id else wording.phrase
        return self._spoken(phrase, node, env)

    def itext(self, key: str, node: Node, env: Env) -> str:
        """The text with that id."""
        return self._spoken(self._phrase(key), env.current, env)

    def choice_name(self, asker: Definition, value: str, node: Node, env: Env) -> str:
        """The label of a choice; several values give several labels."""
        labels = self._labels(asker, node, env)
        return ", ".join(labels.get(one, one) for one in value.split())

    def choices(self, definition: Definition, node: Node, env: Env) -> tuple[Choice, ...]:
        """What an item offers now."""
        source = definition.source
        if not isinstance(source, Question):
            return ()
        if source.itemset is None:
            return tuple(Choice(value, self.say(label, node, env)) for value, label in source.items)
        itemset = source.itemset
        return tuple(
            Choice(_cell(item, itemset.value), self._item_label(item, itemset, node, env))
            for item in self._items(definition, node, env)
        )

    def offered(self, definition: Definition, node: Node, env: Env) -> frozenset[str]:
        """The values alone, for a question whose choices change."""
        source = definition.source
        if not isinstance(source, Question) or source.itemset is None:
            return frozenset()
        return frozenset(_cell(item, source.itemset.value) for item in self._items(definition, node, env))

    def _items(self, definition: Definition, node: Node, env: Env) -> list[Item]:
        run = self._program.itemsets.get(definition)
        return list(run(node, env)) if run is not None else []

    def _item_label(self, item: Item, itemset: Itemset, node: Node, env: Env) -> str:
        if itemset.label.startswith(ITEXT_OF):
            return self.itext(_cell(item, itemset.label[len(ITEXT_OF) : -1].strip()), node, env)
        return _cell(item, itemset.label)

    def _labels(self, asker: Definition, node: Node, env: Env) -> Mapping[str, str]:
        """All labels that the list of a question knows, whatever its filter leaves of it now."""
        source = asker.source
        if not isinstance(source, Question):
            return {}
        if source.itemset is None:
            return {value: self.say(label, node, env) for value, label in source.items}
        table = self._program.tables.get(source.table)
        if table is None:
            return {one.value: one.label for one in self.choices(asker, node, env)}
        itemset = source.itemset
        return {row.get(itemset.value, ""): self._item_label(row, itemset, node, env) for row in table.rows}

    def _phrase(self, key: str) -> Phrase:
        texts, languages = self._program.form.texts, self._program.form.languages
        for language in (self.language, languages[0]):
            phrase = texts.get(language, {}).get(key)
            if phrase:
                return phrase
        return ()

    def _spoken(self, phrase: Phrase, node: Node, env: Env) -> str:
        if len(phrase) == 1 and isinstance(phrase[0], str):
            return phrase[0].strip()
        return "".join(self._part(part, node, env) for part in phrase).strip()

    def _part(self, part: str | Output, node: Node, env: Env) -> str:
        if isinstance(part, str):
            return part
        env.current = node
        return text(self._program.output(node.definition, part.expression)(node, env))


def _cell(item: Item, column: str) -> str:
    """A column of a row, or an answer of an entry."""
    if isinstance(item, str):
        return item
    if not isinstance(item, Node):
        return item.get(column, "")
    found: Node | Entries = item
    for name in column.removeprefix("./").split("/"):
        if isinstance(found, Entries) or name not in found.definition.by_name:
            return ""
        found = found.children[found.definition.by_name[name].at]
    return found.raw if isinstance(found, Node) else ""
