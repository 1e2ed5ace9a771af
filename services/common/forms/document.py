"""XML as plain elements, matched by local name; what could keep a parser busy for nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from services.common.policy.law import Invalid

DEEPEST = 40
MOST_ELEMENTS = 200_000


@dataclass(slots=True)
class Element:
    """One element: local names only, since every tool writes its own prefixes."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""
    # How much of the parent's text stands before it: a label may have values in its middle.
    at: int = 0

    def first(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Element]:
        return [child for child in self.children if child.name == name]

    def walk(self) -> Iterator[Element]:
        """This element and everything below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse(source: str | bytes, what: str) -> Element:
    """The root of a document; Invalid names `what` is broken and where."""
    builder = _Builder(what)
    # Text has been decoded already: an encoding that its header still names no longer counts.
    parser = expat.ParserCreate("utf-8" if isinstance(source, str) else None, " ")
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    parser.StartDoctypeDeclHandler = builder.refuse_doctype
    parser.buffer_text = True
    try:
        parser.Parse(source.encode() if isinstance(source, str) else source, True)
    except (expat.ExpatError, UnicodeEncodeError, LookupError, ValueError) as error:
        line = f"第{error.lineno}行" if isinstance(error, expat.ExpatError) else ""
        raise Invalid(what, f"{line}不是完整的XML，内容可能被截断；请在平板上重新打开并再次提交") from error
    if builder.root is None:
        raise Invalid(what, "内容是空的；请在平板上重新打开并再次提交")
    return builder.root


class _Builder:
    def __init__(self, what: str) -> None:
        self.root: Element | None = None
        self._what = what
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST or self._count > MOST_ELEMENTS:
            raise Invalid(self._what, "层次过深或项目过多，不是本系统的表单")
        element = Element(_local(name), {_local(key): value for key, value in attributes.items()})
        if self._open:
            parent = self._open[-1]
            element.at = len(parent.text)
            parent.children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _: str) -> None:
        self._open.pop()

    def characters(self, text: str) -> None:
        self._open[-1].text += text

    def refuse_doctype(self, *_: object) -> None:
        raise Invalid(self._what, "不能带有DOCTYPE或实体声明；请用本系统的平板程序或ODK Collect提交")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
