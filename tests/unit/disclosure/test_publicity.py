"""Where a notice hangs, what proves it, from when its period runs and when it is over."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.calendar import WorkCalendar
from services.common.policy.household import Category
from services.common.policy.law import Conflict
from services.common.policy.parameters import Policy
from services.common.policy.publicity import PublicityKind, publicity_period
from services.disclosure.model import (
    ENTRY_MOVES,
    MOVES,
    POSTING_MOVES,
    CaseId,
    Cause,
    EntryStage,
    HouseholdId,
    PlaceKind,
    Posting,
    PostingId,
    PostingStage,
    Publicity,
    PublicityId,
    Stage,
)
from services.disclosure.rules import publicity as rules
from services.disclosure.rules.wording import quarters_used, time_left

FORMED, RECEIVED = date(2026, 9, 22), date(2026, 9, 25)
PERIOD = publicity_period(
    PublicityKind.INITIAL, date(2026, 9, 24), WorkCalendar.shipped(), Policy.shipped()
).value
OPENED = Publicity(
    publicity_id=PublicityId("p"),
    case_id=CaseId("c"),
    household_id=HouseholdId("h"),
    township=TownshipCode("140403103"),
    village=VillageCode("140403103001"),
    compound="",
    kind=PublicityKind.INITIAL,
    revision=1,
    stage=Stage.AWAITING_POSTING,
    head_name="李守田",
    household_size=3,
    cause=Cause.ILLNESS,
    category=Category.DIBAO,
    formed_on=FORMED,
)


def posting(number: int, on: date | None = None, *, sha256: str = "") -> Posting:
    return Posting(
        posting_id=PostingId(f"{number}"),
        publicity_id=PublicityId("p"),
        place=PlaceKind.VILLAGE_BOARD,
        place_name=f"第{number}处公示栏",
        stage=PostingStage.PROVEN if on else PostingStage.REQUESTED,
        posted_on=on,
        proof_sha256=sha256,
    )


@pytest.mark.law("R5.2a")
def test_a_household_outside_any_compound_is_posted_on_the_village_board() -> None:
    places = rules.posting_places(PublicityKind.INITIAL, "李家庄村").value
    assert [place.place for place in places] == [PlaceKind.VILLAGE_BOARD]


@pytest.mark.law("R5.2a")
def test_a_household_in_a_compound_is_posted_in_both_places() -> None:
    places = rules.posting_places(PublicityKind.INITIAL, "李家庄村", compound="幸福小区").value
    assert [place.place for place in places] == [PlaceKind.VILLAGE_BOARD, PlaceKind.COMPOUND_BOARD]
    assert [place.name for place in places] == ["李家庄村公示栏", "幸福小区公告栏"]


@pytest.mark.law("R5.3a")
def test_expenditure_relief_is_posted_where_the_family_is_registered_and_where_it_lives() -> None:
    places = rules.posting_places(PublicityKind.EXPENDITURE, "李家庄村", residence="西河村").value
    assert [place.place for place in places] == [PlaceKind.VILLAGE_BOARD, PlaceKind.RESIDENCE_BOARD]


@pytest.mark.law("R5.2c")
def test_the_end_of_destitute_support_is_posted_in_the_village_and_in_the_institution() -> None:
    places = rules.posting_places(PublicityKind.DESTITUTE_END, "李家庄村", institution="马厂镇敬老院").value
    assert [place.place for place in places] == [PlaceKind.VILLAGE_BOARD, PlaceKind.INSTITUTION_BOARD]


@pytest.mark.law("R5.2a")
def test_a_missing_photo_is_chased_after_three_working_days_and_every_three_days_again() -> None:
    calendar, policy, asked = WorkCalendar.shipped(), Policy.shipped(), date(2026, 9, 22)
    owed = replace(posting(1), asked_on=asked)
    assert rules.chased(owed, asked, date(2026, 9, 28), calendar, policy) is None
    first = rules.chased(owed, asked, date(2026, 9, 29), calendar, policy)
    assert first is not None
    assert (first.value, "催办" in str(first.facts["text"])) == (1, True)
    again = replace(owed, chased=1)
    assert rules.chased(again, asked, date(2026, 9, 29), calendar, policy) is None


@pytest.mark.law("R5.2a")
def test_the_photo_of_one_place_does_not_prove_the_other() -> None:
    proof = rules.proven_by_own_photo(posting(2), "a" * 64, [posting(1, RECEIVED, sha256="a" * 64)])
    assert proof.value is False
    assert "同一张" in str(proof.facts["text"])


@pytest.mark.law("R5.2a")
@pytest.mark.parametrize(
    ("taken", "counts"),
    [
        (datetime(2026, 9, 24, 15, 59, tzinfo=UTC), date(2026, 9, 24)),
        (datetime(2026, 9, 24, 16, 0, tzinfo=UTC), date(2026, 9, 25)),
        (datetime(2020, 1, 1, tzinfo=UTC), FORMED),
        (datetime(2031, 1, 1, tzinfo=UTC), RECEIVED),
    ],
)
def test_the_day_of_posting_is_shanghais_and_a_wrong_tablet_clock_does_not_move_it(
    taken: datetime, counts: date
) -> None:
    assert rules.posting_day(taken, FORMED, RECEIVED).value == counts


@pytest.mark.law("R5.2a")
def test_the_period_waits_for_the_last_place() -> None:
    early, late = date(2026, 9, 24), date(2026, 9, 25)
    assert rules.last_posting([posting(1, early), posting(2)]) is None
    assert rules.last_posting([posting(1, early), posting(2, late)]) == late
    assert rules.last_posting([]) is None


@pytest.mark.law("R5.2a", "R4.2")
def test_nobody_ends_a_period_on_its_last_day() -> None:
    running = OPENED.moved_to(Stage.POSTED).running(date(2026, 9, 24), PERIOD)
    with pytest.raises(rules.PeriodStillRuns):
        rules.concluded(running, date(2026, 10, 8))
    assert rules.concluded(running, date(2026, 10, 9)).value == date(2026, 10, 9)


@pytest.mark.law("R5.2a")
def test_a_publicity_that_was_never_posted_cannot_end() -> None:
    with pytest.raises(rules.PeriodStillRuns):
        rules.concluded(OPENED, date(2030, 1, 1))


def test_every_stage_has_its_line_in_the_tables_of_moves() -> None:
    assert MOVES.keys() == set(Stage)
    assert POSTING_MOVES.keys() == set(PostingStage)
    assert ENTRY_MOVES.keys() == set(EntryStage)


def test_what_is_concluded_or_withdrawn_moves_no_more() -> None:
    for stage in (Stage.CONCLUDED, Stage.WITHDRAWN):
        with pytest.raises(Conflict):
            replace(OPENED, stage=stage).moved_to(Stage.POSTED)


def test_the_days_left_are_said_in_words() -> None:
    assert time_left(date(2026, 9, 29), date(2026, 10, 8)) == "还有 9 天"
    assert time_left(date(2026, 10, 7), date(2026, 10, 8)) == "还有 1 天"
    assert time_left(date(2026, 10, 8), date(2026, 10, 8)) == "今天是最后一天"


def test_the_disc_fills_by_quarters_and_is_full_on_the_last_day() -> None:
    posted, ends = date(2026, 9, 24), date(2026, 10, 8)
    seen = [
        quarters_used(date(2026, 9, 24 + n) if n < 7 else date(2026, 10, n - 6), posted, ends)
        for n in range(15)
    ]
    assert seen[0] == 0
    assert seen[-1] == 4
    assert seen == sorted(seen)
