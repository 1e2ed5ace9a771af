"""approval's tables, and the few ways rows become what the rules speak of."""

from services.approval.storage import relief_tables
from services.approval.storage.tables import metadata

__all__ = ["metadata", "relief_tables"]
