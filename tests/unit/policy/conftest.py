"""The shipped law, and a way to add to it what a district would import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from services.common.policy.calendar import WorkCalendar
from services.common.policy.parameters import Policy, Revision

Amend = Callable[..., Policy]


@pytest.fixture
def policy() -> Policy:
    return Policy.shipped()


@pytest.fixture
def calendar(policy: Policy) -> WorkCalendar:
    return policy.calendar


@pytest.fixture
def amended(policy: Policy) -> Amend:
    """The shipped policy with confirmed rows for these values, from the day the shipped ones begin."""

    def amend(values: dict[str, object], from_on: date = date(2026, 1, 1)) -> Policy:
        rows = tuple(
            policy.definition(name).row(value, from_on, "测试", confirmed=True)
            for name, value in values.items()
        )
        return policy.with_revision(Revision(1, rows))

    return amend
