"""Operators' tools: what is stuck or was given up, how far behind; replay, topics, lanes."""

from services.ops.commands import app

__all__ = ["app"]
