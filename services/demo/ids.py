"""Ids of the demonstration district: made from what they name, so that loading it twice changes nothing."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("6a69757a-6875-4064-8d6f-000000140403")


def demo_id(kind: str, name: str) -> str:
    """The id of one thing of the demonstration district."""
    return str(uuid5(NAMESPACE, f"{kind}/{name}"))
