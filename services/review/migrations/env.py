"""Alembic's entry for review's own database."""

from services.common.runtime.migrations import run
from services.review.storage import metadata

run(metadata)
