"""Clock chips, counting calendars, navigation and addresses as office pages make them."""

from __future__ import annotations

from datetime import date

import pytest

from services.common.pages.clock import Urgency, chip, counting
from services.common.pages.nav import NAV, SEARCH
from services.common.pages.session import own_path
from services.common.policy.calendar import WorkCalendar
from services.common.policy.roles import Role
from services.launch import blueprints

CALENDAR = WorkCalendar.shipped()
ACCEPTED, TARGET, DUE = date(2026, 9, 14), date(2026, 10, 16), date(2026, 10, 30)


@pytest.mark.law("R7.4")
@pytest.mark.parametrize(
    ("today", "text", "urgency"),
    [
        (date(2026, 9, 14), "还剩 30 个工作日 · 10月30日", Urgency.LATER),
        (date(2026, 10, 9), "还剩 16 个工作日 · 10月30日", Urgency.LATER),
        (date(2026, 10, 27), "还剩 3 个工作日 · 10月30日", Urgency.NEAR),
        (date(2026, 10, 30), "今天到期 · 10月30日", Urgency.TODAY),
        (date(2026, 11, 3), "逾期 2 个工作日 · 10月30日", Urgency.OVERDUE),
    ],
)
def test_a_clock_says_working_days_first_and_then_the_date(today: date, text: str, urgency: Urgency) -> None:
    shown = chip(today, ACCEPTED, DUE, CALENDAR)
    assert (shown.text, shown.urgency) == (text, urgency)


@pytest.mark.law("R7.4")
def test_the_counting_calendar_names_every_day_that_is_not_counted() -> None:
    weeks = counting(ACCEPTED, TARGET, DUE, date(2026, 10, 13), CALENDAR)
    cells = [cell for week in weeks for cell in week]
    assert [len(week) for week in weeks] == [7] * len(weeks)
    assert [cell.note for cell in cells if cell.css == "start"] == ["起算"]
    assert [cell.note for cell in cells if cell.css in ("due", "hard")] == ["目标 20", "法定 30"]
    assert [cell.note for cell in cells if cell.css.endswith("now")] == ["今天 17"]
    assert [cell.note for cell in cells].count("国庆节") == 7
    assert "班 5" in [cell.note for cell in cells], "a working Sunday counts"


def test_the_navigation_offers_exactly_what_the_gate_allows() -> None:
    access = {blueprint.name: blueprint.access for blueprint in blueprints()}
    for place in (*NAV, SEARCH):
        if place.action:
            assert place.roles == access[place.service][place.action].roles - {Role.SYSTEM}, place.title


@pytest.mark.parametrize(
    "text", ["", "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/a\r\nb", "x"]
)
def test_after_signing_in_nobody_is_led_to_another_site(text: str) -> None:
    assert own_path(text) == "/intake/today"
    assert own_path("/intake/cases?stage=received") == "/intake/cases?stage=received"
