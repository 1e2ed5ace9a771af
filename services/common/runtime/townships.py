"""deploy/townships.yaml: which lane carries a township, how wide a lane is, how fast a township may send."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

DISTRICT_LANE = "district"
SHARED_LANE = "shared"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quota(_Row):
    """A token bucket at the door: calls per second in the long run, and how many at once."""

    per_second: float = Field(50.0, gt=0)
    burst: int = Field(100, ge=1)


class Lane(_Row):
    """How wide a lane is: partitions of its topics, processes that serve it in each service."""

    partitions: int = Field(24, ge=1)
    processes: int = Field(1, ge=1)


class Township(_Row):
    """What one township has for itself."""

    lane: str = SHARED_LANE
    quota: Quota | None = None


class Townships(_Row):
    """The whole file. A township that it does not name shares the common lane and the common quota."""

    replication: int = Field(1, ge=1)
    retention_days: int = Field(30, ge=1)
    quota: Quota = Quota()
    lanes: Mapping[str, Lane] = {}
    townships: Mapping[str, Township] = {}

    @model_validator(mode="after")
    def _every_lane_is_described(self) -> Townships:
        unknown = {row.lane for row in self.townships.values()} - {*self.lanes, SHARED_LANE}
        if unknown:
            raise ValueError(f"lanes without a row: {', '.join(sorted(unknown))}")
        bad = [name for name in self.lanes if not name.replace("-", "").isalnum() or len(name) > 30]
        if bad:
            raise ValueError(f"a lane's name is a short word of letters, digits and hyphens: {bad}")
        return self

    @property
    def lane_names(self) -> tuple[str, ...]:
        """Every lane, those that each deployment has first."""
        own = sorted(set(self.lanes) - {DISTRICT_LANE, SHARED_LANE})
        return (DISTRICT_LANE, SHARED_LANE, *own)

    def lane_of(self, township: str) -> str:
        row = self.townships.get(township)
        return row.lane if row else SHARED_LANE if township else DISTRICT_LANE

    def quota_of(self, township: str) -> Quota:
        row = self.townships.get(township)
        return (row and row.quota) or self.quota


@lru_cache(maxsize=8)
def load(path: Path) -> Townships:
    """The file at `path`; ValueError says what is wrong in it."""
    return Townships.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
