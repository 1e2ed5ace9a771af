"""Codes that are shown once and kept as a hash: enough chance in them that a plain hash is safe."""

from __future__ import annotations

import hashlib
import secrets


def fresh_code() -> str:
    """Twenty-two letters and digits that nobody guesses."""
    return secrets.token_urlsafe(16)


def code_hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
