"""The ledger of papers in intake's database; how it is read and written is the room of papers' affair."""

from __future__ import annotations

from services.common.papers import ledger
from services.intake.storage.metadata import metadata

ledger.add_to(metadata)
