"""The texts of a form: labels, hints and messages, in each language, with values in their middle."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.common.forms.document import Element
from services.common.forms.model import Output, Phrase, Wording

ITEXT = re.compile(r"\s*jr:itext\(\s*['\"]([^'\"]+)['\"]\s*\)\s*")
MEDIA = {"image": "图片", "big-image": "图片", "audio": "声音", "video": "视频"}


@dataclass(frozen=True, slots=True)
class Translations:
    """All texts by language and id; the default language first."""

    languages: tuple[str, ...] = ("",)
    texts: Mapping[str, Mapping[str, Phrase]] = field(default_factory=dict)
    # Texts with a picture, sound or film, by their id: what we would not show.
    media: Mapping[str, str] = field(default_factory=dict)

    def plain(self, wording: Wording) -> str:
        """The text in the default language, with a mark where a value will stand."""
        phrase = wording.phrase
        if wording.id:
            phrase = self.texts.get(self.languages[0], {}).get(wording.id, ())
        return " ".join("".join(part if isinstance(part, str) else "…" for part in phrase).split())


def read_translations(model: Element) -> Translations:
    """The itext of a form."""
    itext = model.first("itext")
    if itext is None:
        return Translations()
    found = itext.all("translation")
    found.sort(key=lambda one: not one.attributes.get("default"))
    texts: dict[str, dict[str, Phrase]] = {}
    media: dict[str, str] = {}
    for language in found:
        table = texts.setdefault(language.attributes.get("lang", ""), {})
        for text in language.all("text"):
            _read_text(text, table, media)
    return Translations(tuple(texts) or ("",), texts, media)


def _read_text(text: Element, table: dict[str, Phrase], media: dict[str, str]) -> None:
    key = text.attributes.get("id", "")
    for value in text.all("value"):
        form = value.attributes.get("form", "")
        if form in MEDIA:
            media[key] = MEDIA[form]
        elif form == "guidance":
            table[f"{key}:guidance"] = phrase_of(value)
        elif not form:
            table[key] = phrase_of(value)


def phrase_of(element: Element) -> Phrase:
    """The text of an element with its outputs in their places."""
    parts: list[str | Output] = []
    at = 0
    for child in element.children:
        if child.name == "output":
            parts += [
                element.text[at : child.at],
                Output(child.attributes.get("value", child.attributes.get("ref", ""))),
            ]
            at = child.at
    parts.append(element.text[at:])
    return tuple(part for part in parts if part)


def wording_of(element: Element | None) -> Wording:
    """What a label, hint or message element says."""
    if element is None:
        return Wording()
    return referred(element.attributes.get("ref", "")) or Wording(phrase=phrase_of(element))


def referred(reference: str) -> Wording:
    """The text that a reference to the translations names, or the reference itself as a text."""
    named = ITEXT.fullmatch(reference)
    if named:
        return Wording(id=named[1])
    return Wording(phrase=(reference,)) if reference.strip() else Wording()
