"""Where Alembic finds intake's tables."""

from services.common.runtime.migrations import run
from services.intake.storage import metadata

run(metadata)
