"""Reads an XForm: bindings, body and choices become one tree; what we cannot run is refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from services.common.forms.body import BodyReader, Control
from services.common.forms.document import Element, parse
from services.common.forms.faults import Fault, refuse
from services.common.forms.faults import Unsupported as Unsupported
from services.common.forms.model import Choice, Form, Group, Kind, Question, Row, Wording
from services.common.forms.texts import Translations, read_translations, referred
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
UNSUPPORTED_TYPES = {
    "geotrace": "轨迹题(geotrace)",
    "geoshape": "范围题(geoshape)",
    "rank": "排序题(rank)",
}
UNSUPPORTED_META = {"audit": "操作日志(audit)", "entity": "实体(entities)"}
INTERNAL = re.compile(r"\s*(?:randomize\(\s*)?instance\(\s*['\"]([^'\"]+)['\"]\s*\)/")
FILES = re.compile(r"jr://(?:file|file-csv)/([^/]+\.(?:csv|xml))")


def parse_form(source: str | bytes) -> Form:
    """The form as it stands. Raises Unsupported naming what cannot run, Invalid where it is broken."""
    form, faults = read_form(source)
    refuse(faults)
    return form


def read_form(source: str | bytes) -> tuple[Form, list[Fault]]:
    """The form and what keeps it from running. Raises Invalid where it is no form at all."""
    document = parse(source, "表单")
    head, body = document.first("head"), document.first("body")
    model = head.first("model") if head else None
    instances = model.all("instance") if model else []
    if head is None or body is None or model is None or not instances or not instances[0].children:
        raise Invalid("表单", "不是XForm：缺少model、instance或body")
    reader = _Reader(model, body)
    root = instances[0].children[0]
    title, meta = head.first("title"), root.first(META)
    form = Form(
        id=root.attributes.get("id", ""),
        version=root.attributes.get("version", ""),
        title=title.text.strip() if title else "",
        root=reader.group(root, f"/{root.name}"),
        meta=reader.meta(meta, f"/{root.name}/{META}") if meta else None,
        languages=reader.translations.languages,
        texts=reader.translations.texts,
        tables=reader.tables,
        external=reader.external,
        actions=tuple(reader.body.actions),
    )
    _check_names(form)
    return form, reader.faults


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
        self.faults: list[Fault] = []
        self.translations: Translations = read_translations(model)
        self.tables: dict[str, tuple[Row, ...]] = {}
        self.external: dict[str, str] = {}
        self._binds = {bind.attributes.get("nodeset", ""): bind.attributes for bind in model.all("bind")}
        self._read_tables(model)
        reader = BodyReader(self.translations, self.faults)
        for child in model.children:
            if child.name in ("setvalue", "setgeopoint", "recordaudio"):
                reader.action(child)
        reader.read(body)
        self.body = reader.body
        submission = model.first("submission")
        if submission is not None and submission.attributes.get("base64RsaPublicKey"):
            self._refuse("", "public_key", "加密提交(public_key)")

    def meta(self, element: Element, path: str) -> Group:
        """What the form keeps of itself: its id and its name."""
        for child in element.children:
            if child.name in UNSUPPORTED_META:
                self._refuse(f"{path}/{child.name}", "type", UNSUPPORTED_META[child.name])
        return self.group(element, path)

    def group(self, element: Element, path: str, entries: int = 1) -> Group:
        """The tree below one element of the main instance."""
        children: list[Question | Group] = []
        seen: set[str] = set()
        for child in element.children:
            # pyxform writes a repeat twice: the template and a first entry.
            if child.name in seen or (child.name == META and path.count("/") == 1):
                continue
            seen.add(child.name)
            entries = sum(
                one.name == child.name and "template" not in one.attributes for one in element.children
            )
            below = f"{path}/{child.name}"
            if child.children or below in self.body.repeats or below in self.body.labels:
                children.append(self.group(child, below, entries))
            else:
                children.append(self._question(child, below))
        bind, label = self._binds.get(path, {}), self.body.labels.get(path, Wording())
        readonly = bind.get("readonly", "").strip()
        return Group(
            path=path,
            name=element.name,
            label=self.translations.plain(label),
            children=tuple(children),
            repeat=path in self.body.repeats,
            relevant=bind.get("relevant", "").strip(),
            count=self.body.repeats.get(path, ""),
            entries=entries,
            appearance=self.body.appearances.get(path, ""),
            readonly=readonly == "true()",
            readonly_if="" if readonly in ("true()", "false()") else readonly,
            label_wording=label,
        )

    def _question(self, element: Element, path: str) -> Question:
        bind, control = self._binds.get(path, {}), self.body.controls.get(path)
        required, readonly = bind.get("required", "").strip(), bind.get("readonly", "").strip()
        wording = control.label if control else Wording()
        label = self.translations.plain(wording) or element.name
        hint = control.hint if control else Wording()
        message = referred(bind.get("constraintMsg", ""))
        return Question(
            path=path,
            name=element.name,
            label=label,
            kind=self._kind(path, bind.get("type", ""), control, label),
            required=required == "true()",
            required_if="" if required in ("true()", "false()") else required,
            relevant=bind.get("relevant", "").strip(),
            constraint=bind.get("constraint", "").strip(),
            constraint_message=self.translations.plain(message),
            calculate=bind.get("calculate", "").strip(),
            preload=bind.get("preload", "") and f"{bind['preload']}:{bind.get('preloadParams', '')}",
            readonly=readonly == "true()",
            readonly_if="" if readonly in ("true()", "false()") else readonly,
            asked=control is not None,
            choices=self._choices(control),
            default=element.text.strip(),
            hint=self.translations.plain(hint),
            appearance=control.appearance if control else "",
            label_wording=wording or Wording(phrase=(element.name,)),
            hint_wording=hint,
            guidance_wording=Wording(id=f"{hint.id}:guidance") if hint.id else Wording(),
            constraint_wording=message,
            required_wording=referred(bind.get("requiredMsg", "")),
            items=control.items if control else (),
            itemset=control.itemset if control else None,
            table=_table(control),
            range=control.range if control else None,
        )

    def _kind(self, path: str, declared: str, control: Control | None, label: str) -> Kind:
        declared = declared.rpartition(":")[2]
        if control and control.kind in BY_CONTROL:
            return BY_CONTROL[control.kind]
        if declared not in KINDS:
            if not any(fault.path == path for fault in self.faults):
                self._refuse(path, "type", f"“{label}”是{UNSUPPORTED_TYPES.get(declared, declared)}")
            return Kind.TEXT
        if control and control.kind == "upload" and not control.mediatype.startswith("image/"):
            self._refuse(path, "type", f"“{label}”要上传{control.mediatype or '文件'}，只支持照片(image)")
        return KINDS[declared]

    def _refuse(self, path: str, column: str, message: str) -> None:
        self.faults.append(Fault(path, column, message, unsupported=True))

    def _choices(self, control: Control | None) -> tuple[Choice, ...] | None:
        """What may be chosen; None where the list only comes about while the form is filled in."""
        if control is None:
            return None
        if control.itemset is not None:
            rows = self.tables.get(_table(control))
            if rows is None:
                return None
            value, label = control.itemset.value, control.itemset.label
            return tuple(Choice(row.get(value, ""), self._row_label(row, label)) for row in rows)
        if not control.items:
            return None
        return tuple(Choice(value, self.translations.plain(label)) for value, label in control.items)

    def _row_label(self, row: Mapping[str, str], label: str) -> str:
        if label.startswith("jr:itext("):
            return self.translations.plain(Wording(id=row.get(label[9:-1].strip(), "")))
        return row.get(label, "")

    def _read_tables(self, model: Element) -> None:
        for instance in model.all("instance")[1:]:
            name, source = instance.attributes.get("id", ""), instance.attributes.get("src", "")
            if source:
                file = FILES.fullmatch(source)
                if file:
                    self.external[name] = file[1]
                else:
                    self._refuse("", "type", f"外部数据表“{name}”")
                continue
            root = instance.children[0] if instance.children else None
            items = root.all("item") if root else []
            self.tables[name] = tuple(
                {cell.name: cell.text.strip() for cell in item.children} for item in items
            )


def _table(control: Control | None) -> str:
    """The table from which a question takes its choices; '' where it is none of the form's."""
    named = INTERNAL.match(control.itemset.nodeset) if control and control.itemset else None
    return named[1] if named else ""
