"""Reads an XForm: bindings, body and choices become one tree; what we cannot run is refused by name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from services.common.forms.document import Element, parse
from services.common.forms.model import Choice, Form, Group, Kind, Question
from services.common.policy.law import Invalid

META = "meta"
FORM_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
VERSION = re.compile(r"[A-Za-z0-9_.-]{1,40}")
KINDS: dict[str, Kind] = {
    "": Kind.TEXT,
    "string": Kind.TEXT,
    "barcode": Kind.TEXT,
    "int": Kind.INTEGER,
    "integer": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.INSTANT,
    "geopoint": Kind.GEOPOINT,
    "binary": Kind.PICTURE,
}
BY_CONTROL = {"select1": Kind.SELECT_ONE, "select": Kind.SELECT_MANY, "trigger": Kind.ACKNOWLEDGE}
CONTROLS = frozenset({"input", "select1", "select", "upload", "trigger", "range"})
UNSUPPORTED_CONTROLS = {"rank": "排序题(rank)", "secret": "密码题(secret)"}
UNSUPPORTED_TYPES = {"geotrace": "轨迹题(geotrace)", "geoshape": "范围题(geoshape)"}
UNSUPPORTED_ACTIONS = {
    "setgeopoint": "自动定位(setgeopoint)",
    "recordaudio": "自动录音(background-audio)",
    "setgeopoint-start": "自动定位(start-geopoint)",
}
INTERNAL = re.compile(r"\s*instance\(\s*['\"]([^'\"]+)['\"]\s*\)/")
ITEXT = re.compile(r"\s*jr:itext\(\s*['\"]([^'\"]+)['\"]\s*\)\s*")


class Unsupported(Invalid):
    """The form uses parts that the engine does not run."""

    code = "form-unsupported"


@dataclass(slots=True)
class _Control:
    kind: str
    label: str
    hint: str
    mediatype: str
    appearance: str
    choices: tuple[Choice, ...] | None


@dataclass(slots=True)
class _Body:
    controls: dict[str, _Control] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    appearances: dict[str, str] = field(default_factory=dict)
    repeats: dict[str, str] = field(default_factory=dict)


def parse_form(source: str | bytes) -> Form:
    """Compile an XForm. Raises Unsupported naming every part that cannot run, Invalid where it is broken."""
    document = parse(source, "表单")
    head, body = document.first("head"), document.first("body")
    model = head.first("model") if head else None
    instances = model.all("instance") if model else []
    if head is None or body is None or model is None or not instances or not instances[0].children:
        raise Invalid("表单", "不是XForm：缺少model、instance或body")
    reader = _Reader(model, body)
    root = instances[0].children[0]
    title = head.first("title")
    form = Form(
        id=root.attributes.get("id", ""),
        version=root.attributes.get("version", ""),
        title=title.text.strip() if title else "",
        root=reader.group(root, f"/{root.name}", label=""),
    )
    _check_names(form)
    if reader.unsupported:
        raise Unsupported("表单", f"有本系统不能运行的部分：{'；'.join(reader.unsupported)}。请改用其他题型")
    return form


def _check_names(form: Form) -> None:
    if not FORM_ID.fullmatch(form.id):
        raise Invalid("form_id", "请在settings页填写form_id，以字母开头，只用字母、数字、点、横线")
    if not VERSION.fullmatch(form.version):
        raise Invalid("version", "请在settings页填写version，例如 2026092301；每次修改都要换新")
    if not form.title:
        raise Invalid("form_title", "请在settings页填写form_title(表单标题)")


class _Reader:
    """Holds what must be at hand while the instance is walked."""

    def __init__(self, model: Element, body: Element) -> None:
        self.unsupported: list[str] = []
        self._binds = {bind.attributes.get("nodeset", ""): bind.attributes for bind in model.all("bind")}
        self._texts = _texts(model)
        self._lists = self._choice_lists(model)
        self._first_load = self._actions(model)
        self._body = _Body()
        self._read_body(body)
        if model.first("submission") is not None:
            key = (model.first("submission") or model).attributes.get("base64RsaPublicKey")
            if key:
                self.unsupported.append("加密提交(public_key)")

    def group(self, element: Element, path: str, label: str) -> Group:
        """The tree below one element of the main instance."""
        children: list[Question | Group] = []
        seen: set[str] = set()
        for child in element.children:
            # pyxform writes a repeat twice: the template and a first entry.
            if child.name in seen or child.name == META:
                continue
            seen.add(child.name)
            below = f"{path}/{child.name}"
            if child.children or below in self._body.repeats:
                children.append(self.group(child, below, self._body.labels.get(below, "")))
            else:
                children.append(self._question(child, below))
        return Group(
            path=path,
            name=element.name,
            label=label,
            children=tuple(children),
            repeat=path in self._body.repeats,
            relevant=self._binds.get(path, {}).get("relevant", "").strip(),
            count=self._body.repeats.get(path, ""),
            appearance=self._body.appearances.get(path, ""),
        )

    def _question(self, element: Element, path: str) -> Question:
        bind = self._binds.get(path, {})
        control = self._body.controls.get(path)
        required = bind.get("required", "").strip()
        label = control.label if control and control.label else element.name
        return Question(
            path=path,
            name=element.name,
            label=label,
            kind=self._kind(bind.get("type", ""), control, label),
            required=required == "true()",
            required_if="" if required in ("true()", "false()") else required,
            relevant=bind.get("relevant", "").strip(),
            constraint=bind.get("constraint", "").strip(),
            constraint_message=self._text(bind.get("constraintMsg", "")),
            calculate=bind.get("calculate", "").strip(),
            first_load=self._first_load.get(path, ""),
            preload=bind.get("preload", "") and f"{bind['preload']}:{bind.get('preloadParams', '')}",
            readonly=bind.get("readonly", "").strip() == "true()",
            asked=control is not None,
            choices=control.choices if control else None,
            default=element.text.strip(),
            hint=control.hint if control else "",
            appearance=control.appearance if control else "",
        )

    def _kind(self, declared: str, control: _Control | None, label: str) -> Kind:
        declared = declared.rpartition(":")[2]
        if control and control.kind in BY_CONTROL:
            return BY_CONTROL[control.kind]
        if declared not in KINDS:
            self.unsupported.append(f"“{label}”是{UNSUPPORTED_TYPES.get(declared, declared)}")
            return Kind.TEXT
        if control and control.kind == "upload" and not control.mediatype.startswith("image/"):
            self.unsupported.append(f"“{label}”要上传{control.mediatype or '文件'}，只支持照片(image)")
        return KINDS[declared]

    def _read_body(self, element: Element) -> None:
        for child in element.children:
            path = child.attributes.get("ref", "") or child.attributes.get("nodeset", "")
            if child.name == "group":
                if path:
                    self._body.labels[path] = self._label(child)
                    self._body.appearances[path] = child.attributes.get("appearance", "")
                self._read_body(child)
            elif child.name == "repeat":
                self._body.repeats[path] = child.attributes.get("count", "")
                self._body.labels.setdefault(path, self._label(child))
                self._read_body(child)
            elif child.name in CONTROLS:
                self._body.controls[path] = self._control(child)
            elif child.name in UNSUPPORTED_CONTROLS:
                self.unsupported.append(f"“{self._label(child)}”是{UNSUPPORTED_CONTROLS[child.name]}")
            elif child.name not in ("label", "hint"):
                self.unsupported.append(f"题型 {child.name}")

    def _control(self, element: Element) -> _Control:
        label = self._label(element)
        if element.attributes.get("query"):
            self.unsupported.append(f"“{label}”用了外部选项表(select_one_external)")
        if element.first("setvalue") is not None:
            self.unsupported.append(f"“{label}”用了触发计算(trigger)")
        return _Control(
            kind=element.name,
            label=label,
            hint=self._child_text(element, "hint"),
            mediatype=element.attributes.get("mediatype", ""),
            appearance=element.attributes.get("appearance", ""),
            choices=self._choices(element),
        )

    def _choices(self, control: Element) -> tuple[Choice, ...] | None:
        """What may be chosen; None where the list only comes about while the form is filled in."""
        itemset = control.first("itemset")
        if itemset is not None:
            named = INTERNAL.match(itemset.attributes.get("nodeset", ""))
            return self._lists.get(named[1]) if named else None
        items = control.all("item")
        if not items:
            return None
        return tuple(Choice(self._child_text(item, "value"), self._label(item)) for item in items)

    def _choice_lists(self, model: Element) -> dict[str, tuple[Choice, ...] | None]:
        lists: dict[str, tuple[Choice, ...] | None] = {}
        for instance in model.all("instance")[1:]:
            name = instance.attributes.get("id", "")
            if instance.attributes.get("src"):
                self.unsupported.append(f"外部数据表“{name}”")
                continue
            root = instance.children[0] if instance.children else None
            items = root.all("item") if root else []
            lists[name] = tuple(self._item(item) for item in items)
        return lists

    def _item(self, item: Element) -> Choice:
        named = {child.name: child.text.strip() for child in item.children}
        label = self._texts.get(named["itextId"], "") if "itextId" in named else named.get("label", "")
        return Choice(named.get("name", ""), label)

    def _actions(self, model: Element) -> dict[str, str]:
        """Values that are worked out when the form is opened for the first time."""
        found: dict[str, str] = {}
        for child in model.children:
            if child.name == "setvalue":
                found[child.attributes.get("ref", "")] = child.attributes.get("value", "")
            elif child.name in UNSUPPORTED_ACTIONS:
                self.unsupported.append(UNSUPPORTED_ACTIONS[child.name])
        return found

    def _label(self, element: Element) -> str:
        return self._child_text(element, "label")

    def _child_text(self, element: Element, name: str) -> str:
        child = element.first(name)
        if child is None:
            return ""
        return self._text(child.attributes.get("ref", "")) or " ".join(child.text.split())

    def _text(self, reference: str) -> str:
        """A text itself, or the one that a reference to the translations names."""
        named = ITEXT.fullmatch(reference)
        return self._texts.get(named[1], "") if named else reference


def _texts(model: Element) -> dict[str, str]:
    """The texts of the default language by their id."""
    itext = model.first("itext")
    languages = itext.all("translation") if itext else []
    chosen = next((one for one in languages if one.attributes.get("default")), None)
    chosen = chosen or (languages[0] if languages else None)
    texts: dict[str, str] = {}
    for text in chosen.all("text") if chosen else []:
        plain = next((value for value in text.all("value") if not value.attributes.get("form")), None)
        texts[text.attributes.get("id", "")] = " ".join(plain.text.split()) if plain else ""
    return texts
