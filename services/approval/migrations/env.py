"""Alembic's entry for approval's own database."""

from services.approval.storage import metadata
from services.common.runtime.migrations import run

run(metadata)
