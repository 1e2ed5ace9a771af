"""docs/settings.md: every JIUZHU_ variable a process understands."""

from __future__ import annotations

import re
from enum import EnumType

from services.common.runtime.settings import Settings
from services.docs_build.tables import GENERATED, table


def settings_page() -> str:
    """The settings with type, default and meaning, from the class that reads them."""
    rows = [
        (
            f"`JIUZHU_{name.upper()}`",
            _type(field.annotation),
            _default(field.get_default(call_default_factory=True)),
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        (
            GENERATED.format(source="services/common/runtime/settings.py"),
            "# Settings\n",
            "A process reads its settings from the environment. Dictionaries are written as JSON.\n",
            table(("variable", "type", "default", "says"), rows),
        )
    )


def _type(annotation: object) -> str:
    if type(annotation) is type or isinstance(annotation, EnumType):
        return annotation.__name__
    return re.sub(r"\b[a-z]+\.", "", str(annotation))


def _default(value: object) -> str:
    return f"`{value}`" if value not in (None, "", {}) else "none"
