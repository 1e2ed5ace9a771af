"""How intake keeps what it knows. Importing this package makes every table known to `metadata`."""

from services.intake.storage import (
    appraisals,
    case_tables,
    identity_tables,
    kin_tables,
    notices,
    papers,
    registry_tables,
    visit_tables,
)
from services.intake.storage.metadata import metadata

__all__ = [
    "appraisals",
    "case_tables",
    "identity_tables",
    "kin_tables",
    "metadata",
    "notices",
    "papers",
    "registry_tables",
    "visit_tables",
]
