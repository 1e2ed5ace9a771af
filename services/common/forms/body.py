"""The visible part of an XForm: controls, groups and repeats by the path of their item."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.common.forms.document import Element
from services.common.forms.faults import Fault
from services.common.forms.model import Action, Itemset, Range, Wording
from services.common.forms.texts import MEDIA, Translations, wording_of

CONTROLS = frozenset({"input", "select1", "select", "upload", "trigger", "range"})
UNSUPPORTED_CONTROLS = {"rank": "排序题(rank)", "secret": "密码题(secret)"}
UNSUPPORTED_ACTIONS = {
    "setgeopoint": "自动定位(setgeopoint)",
    "recordaudio": "自动录音(background-audio)",
}
PARTS = frozenset({"label", "hint", "setvalue", *UNSUPPORTED_ACTIONS})


@dataclass(slots=True)
class Control:
    """One control: how it asks, and what may be chosen."""

    kind: str
    label: Wording
    hint: Wording
    mediatype: str
    appearance: str
    items: tuple[tuple[str, Wording], ...]
    itemset: Itemset | None
    range: Range | None


@dataclass(slots=True)
class Body:
    """All controls and groups by path, and the actions that stand among them."""

    controls: dict[str, Control] = field(default_factory=dict)
    labels: dict[str, Wording] = field(default_factory=dict)
    appearances: dict[str, str] = field(default_factory=dict)
    repeats: dict[str, str] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)


class BodyReader:
    """Walks the body and remembers what cannot run."""

    def __init__(self, translations: Translations, faults: list[Fault]) -> None:
        self.body = Body()
        self._translations = translations
        self._faults = faults

    def read(self, element: Element) -> None:
        """Everything below one element of the body."""
        for child in element.children:
            path = child.attributes.get("ref", "") or child.attributes.get("nodeset", "")
            if child.name == "group":
                self._group(child, path)
            elif child.name == "repeat":
                self.body.repeats[path] = child.attributes.get("count", "").strip()
                self.body.labels.setdefault(path, wording_of(child.first("label")))
                self.read(child)
            elif child.name in CONTROLS:
                self.body.controls[path] = self._control(child, path)
            elif child.name in UNSUPPORTED_CONTROLS:
                named = self._translations.plain(wording_of(child.first("label")))
                self.refuse(path, "type", f"“{named}”是{UNSUPPORTED_CONTROLS[child.name]}")
            elif child.name in ("setvalue", *UNSUPPORTED_ACTIONS):
                self.action(child)
            elif child.name not in PARTS:
                self.refuse(path, "type", f"题型 {child.name}")

    def _group(self, element: Element, path: str) -> None:
        if path:
            self.body.labels[path] = wording_of(element.first("label"))
            self.body.appearances[path] = element.attributes.get("appearance", "")
            self._check_media(path, self.body.labels[path])
        self.read(element)

    def refuse(self, path: str, column: str, message: str) -> None:
        self._faults.append(Fault(path, column, message, unsupported=True))

    def action(self, element: Element, source: str = "") -> None:
        """A value that is set by an event."""
        if element.name in UNSUPPORTED_ACTIONS:
            target = element.attributes.get("ref", "")
            self.refuse(target, "type", UNSUPPORTED_ACTIONS[element.name])
            return
        expression = element.attributes.get("value", "").strip() or repr_of(element.text.strip())
        for event in element.attributes.get("event", "").split():
            self.body.actions.append(Action(event, element.attributes.get("ref", ""), expression, source))

    def _control(self, element: Element, path: str) -> Control:
        label = wording_of(element.first("label"))
        named = self._translations.plain(label)
        if element.attributes.get("query"):
            self.refuse(path, "type", f"“{named}”用了外部选项表(select_one_external)")
        if element.attributes.get("appearance", "").strip().startswith("search("):
            self.refuse(path, "appearance", f"“{named}”用了外部查询(search)")
        for child in element.children:
            if child.name in ("setvalue", *UNSUPPORTED_ACTIONS):
                self.action(child, source=path)
        self._check_media(path, label)
        bounds = element.attributes
        return Control(
            kind=element.name,
            label=label,
            hint=wording_of(element.first("hint")),
            mediatype=element.attributes.get("mediatype", ""),
            appearance=element.attributes.get("appearance", ""),
            items=tuple((_value(item), wording_of(item.first("label"))) for item in element.all("item")),
            itemset=_itemset(element.first("itemset")),
            range=Range(*(bounds.get(name, "") for name in ("start", "end", "step")))
            if element.name == "range"
            else None,
        )

    def _check_media(self, path: str, label: Wording) -> None:
        kind = self._translations.media.get(label.id)
        if kind in MEDIA.values():
            named = self._translations.plain(label)
            self.refuse(path, "media", f"“{named or path.rpartition('/')[2]}”的标签里有{kind}")


def repr_of(text: str) -> str:
    """A fixed text as an expression."""
    return f'"{text}"' if "'" in text else f"'{text}'"


def _value(item: Element) -> str:
    value = item.first("value")
    return value.text.strip() if value else ""


def _itemset(element: Element | None) -> Itemset | None:
    if element is None:
        return None
    value, label = element.first("value"), element.first("label")
    return Itemset(
        nodeset=element.attributes.get("nodeset", "").strip(),
        value=value.attributes.get("ref", "") if value else "",
        label=label.attributes.get("ref", "") if label else "",
    )
