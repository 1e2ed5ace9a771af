"""What time triggers in review."""

from __future__ import annotations

from services.common.contracts import review
from services.common.runtime.anchor import anchoring

JOBS = (anchoring(review.AuditHeadAnchored),)
