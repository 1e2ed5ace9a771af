"""Alembic's entry for disclosure."""

from services.common.runtime.migrations import run
from services.disclosure.storage import metadata

run(metadata)
