"""A form that is being filled in, as XML: written for the journal or the office, and read back."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from services.common.forms.document import Element, parse
from services.common.forms.model import Form
from services.common.forms.nodes import Entries, Node
from services.common.forms.propagation import Propagation
from services.common.policy.law import Invalid

# What XML cannot hold and no keyboard means; a pasted text may bring it along.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write(root: Node, form: Form, *, everything: bool) -> str:
    """The instance; with `everything` also what is not relevant."""
    parts = [f"<{root.definition.name} id={quoteattr(form.id)} version={quoteattr(form.version)}>"]
    _write_below(root, parts, everything)
    parts.append(f"</{root.definition.name}>")
    return "".join(parts)


def _write_below(node: Node, parts: list[str], everything: bool) -> None:
    for child in node.children:
        for one in child.items if isinstance(child, Entries) else (child,):
            if everything or one.relevant:
                _write(one, parts, everything)


def _write(node: Node, parts: list[str], everything: bool) -> None:
    name = node.definition.name
    if node.definition.is_group:
        parts.append(f"<{name}>")
        _write_below(node, parts, everything)
        parts.append(f"</{name}>")
    elif node.raw:
        parts.append(f"<{name}>{escape(UNWRITABLE.sub('', node.raw), {chr(13): '&#13;'})}</{name}>")
    else:
        parts.append(f"<{name}/>")


def read_into(root: Node, source: str | bytes, form: Form, state: Propagation) -> None:
    """Builds the items as they were written. Raises Invalid for another form or version."""
    document = parse(source, "instance")
    if document.attributes.get("id", form.id) != form.id:
        raise Invalid("instance", f"内容不是表单“{form.title}”({form.id})的，请重新选择表单填写")
    if document.attributes.get("version", form.version) != form.version:
        raise Invalid("instance", f"草稿是另一版本的，本表单的版本是{form.version}；请先转到新版本")
    state.build(root)
    _read_below(root, document, state)


def _read_below(node: Node, element: Element, state: Propagation) -> None:
    found: dict[str, list[Element]] = {}
    for child in element.children:
        if "template" not in child.attributes:
            found.setdefault(child.name, []).append(child)
    for below in node.children:
        written = found.get(below.definition.name, [])
        if isinstance(below, Entries):
            _read_entries(below, written, state)
        elif below.definition.is_group:
            _read_below(below, written[0] if written else Element(below.definition.name, {}), state)
        else:
            below.write(written[0].text if written else "")


def _read_entries(entries: Entries, written: list[Element], state: Propagation) -> None:
    while entries.items:
        entries.remove(len(entries.items))
    for element in written:
        node = state.entry(entries)
        entries.add(node)
        _read_below(node, element, state)
