"""The token bucket at the door, and the file that says how much a township may send and on which lane."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.common.runtime import townships
from services.common.runtime.quota import Quotas, TooMany
from services.common.runtime.settings import Settings
from services.common.runtime.topics import wanted
from services.common.runtime.townships import Quota, Townships

ROOT = Path(__file__).parents[3]


class Stopwatch:
    """Shows what the test sets."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def quotas(quota: Quota, stopwatch: Stopwatch) -> Quotas:
    return Quotas(lambda _: quota, stopwatch)


def admitted(doors: Quotas, township: str, calls: int) -> int:
    """How many of `calls` at the same instant get in."""
    count = 0
    for _ in range(calls):
        try:
            doors.admit(township)
            count += 1
        except TooMany:
            pass
    return count


def test_a_burst_gets_in_and_the_next_call_is_told_how_long_to_wait() -> None:
    stopwatch = Stopwatch()
    doors = quotas(Quota(per_second=0.5, burst=3), stopwatch)
    assert admitted(doors, "a", 3) == 3
    with pytest.raises(TooMany) as refused:
        doors.admit("a")
    assert refused.value.retry_after == 2
    stopwatch.seconds += 2
    doors.admit("a")


def test_a_flood_in_one_township_does_not_delay_another() -> None:
    doors = quotas(Quota(per_second=1, burst=5), Stopwatch())
    assert admitted(doors, "flooded", 1000) == 5
    assert admitted(doors, "quiet", 5) == 5


@given(
    pauses=st.lists(st.floats(0, 3, allow_nan=False), max_size=60),
    per_second=st.floats(0.1, 20),
    burst=st.integers(1, 10),
)
def test_never_more_than_the_burst_and_what_time_gave(
    pauses: list[float], per_second: float, burst: int
) -> None:
    stopwatch = Stopwatch()
    doors = quotas(Quota(per_second=per_second, burst=burst), stopwatch)
    start, count = stopwatch.seconds, 0
    for pause in pauses:
        stopwatch.seconds += pause
        count += admitted(doors, "a", 3)
        assert count <= burst + (stopwatch.seconds - start) * per_second + 1e-6


def test_the_file_of_the_repository_can_be_read() -> None:
    file = townships.load(ROOT / "deploy" / "townships.yaml")
    assert file.lane_names == ("district", "shared")
    assert file.lane_of("140403103") == "shared"
    assert file.lane_of("") == "district"


def test_a_township_with_a_lane_and_a_quota_of_its_own_has_them() -> None:
    file = Townships.model_validate(
        {
            "lanes": {"machang": {"partitions": 12}},
            "townships": {"140403103": {"lane": "machang", "quota": {"per_second": 200, "burst": 400}}},
        }
    )
    assert file.lane_of("140403103") == "machang"
    assert file.quota_of("140403103").burst == 400
    assert file.quota_of("140403104") == file.quota


@pytest.mark.parametrize(
    "mistake",
    [
        {"townships": {"140403103": {"lane": "nowhere"}}},
        {"lanes": {"a.b": {}}},
        {"lanes": {"machang": {"partitions": 0}}},
        {"quota": {"burst": 0}},
        {"lane": {}},
    ],
)
def test_a_mistake_in_the_file_is_refused(mistake: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Townships.model_validate(mistake)


def test_topics_have_the_width_the_file_gives_their_lane(tmp_path: Path) -> None:
    file = tmp_path / "townships.yaml"
    file.write_text("replication: 3\nlanes: {shared: {partitions: 24}, machang: {partitions: 12}}")
    settings = Settings(townships_file=file)
    found = wanted(settings, "approval", ["intake"], settings.all_lanes())
    assert {name: (topic.partitions, topic.replication) for name, topic in found.items()} == {
        "jiuzhu.approval.district": (24, 3),
        "jiuzhu.approval.machang": (12, 3),
        "jiuzhu.approval.shared": (24, 3),
        "jiuzhu.intake.district": (24, 3),
        "jiuzhu.intake.district.approval.dlq": (1, 3),
        "jiuzhu.intake.machang": (12, 3),
        "jiuzhu.intake.machang.approval.dlq": (1, 3),
        "jiuzhu.intake.shared": (24, 3),
        "jiuzhu.intake.shared.approval.dlq": (1, 3),
    }
