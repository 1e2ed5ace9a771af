"""Which times are believed, which photos can be kept, and what a survey's answers mean."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from PIL import Image

from services.common.forms.instance import read_instance, write_instance
from services.common.policy.household import HouseholdFacts, IncomeKind, SpendingKind, Standing
from services.common.policy.law import Invalid
from services.intake.model.visits import AnnouncedPhoto
from services.intake.rules import photos, survey_facts, visits
from tests.world.applications import HEAD, HOUSEHOLD, SON, SURVEY_VISIT, WIFE
from tests.world.field import form, photo, sha256, survey_answers
from tests.world.services import shanghai

OPENED, RECEIVED = shanghai("2026-09-23"), shanghai("2026-09-24")


@pytest.mark.law("R5.2a")
@pytest.mark.parametrize(
    ("recorded", "believed"), [("2026-09-23", True), ("2026-09-24", True), ("2026-09-22", False)]
)
def test_a_posting_time_is_believed_between_the_request_and_the_receipt(
    recorded: str, believed: bool
) -> None:
    posted = visits.posted_at(shanghai(recorded), OPENED, RECEIVED)

    assert posted.value == (shanghai(recorded) if believed else RECEIVED)
    assert posted.article.id == "R5.2a"


@pytest.mark.law("R5.2a")
def test_a_posting_from_the_future_counts_from_its_receipt() -> None:
    assert visits.posted_at(RECEIVED + timedelta(seconds=1), OPENED, RECEIVED).value == RECEIVED


@pytest.mark.parametrize(
    ("recorded", "received_on"),
    [
        ("2026-09-22", date(2026, 9, 22)),
        ("2026-09-25", date(2026, 9, 24)),
        ("1970-01-02", date(2026, 9, 24)),
    ],
)
def test_the_villages_receipt_is_the_tablets_day_if_its_clock_can_be_right(
    recorded: str, received_on: date
) -> None:
    assert visits.received_on(shanghai(recorded), RECEIVED) == received_on


def test_the_order_of_the_photos_does_not_change_the_content() -> None:
    announced = [AnnouncedPhoto(name, "0" * 64, 1, "door") for name in ("a.jpg", "b.jpg")]
    written = [
        visits.canonical("v", "visit", "1", RECEIVED, "140403103201", "<data/>", order)
        for order in (announced, announced[::-1])
    ]

    assert written[0] == written[1]
    assert visits.content_hash(written[0]) != visits.content_hash(written[0] + " ")


@pytest.mark.parametrize("value", ["", "1", HOUSEHOLD.upper(), f"{{{HOUSEHOLD}}}", HOUSEHOLD + " ", "x" * 36])
def test_an_id_has_one_writing(value: str) -> None:
    with pytest.raises(Invalid, match="UUID"):
        visits.check_id(value, "visit_id")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_whole_photo_is_kept(kind: str) -> None:
    content = photo(1, kind=kind)

    assert photos.objection(content, sha256(content)) == ""


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_photo_cut_anywhere_is_refused(kind: str, share: float) -> None:
    cut = photo(1, kind=kind)[: int(len(photo(1, kind=kind)) * share)]

    assert "不完整" in photos.objection(cut, sha256(cut))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP"])
def test_other_pictures_than_jpeg_and_png_are_refused(kind: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind)

    assert "不是JPEG或PNG" in photos.objection(out.getvalue(), sha256(out.getvalue()))


def surveyed(**changes: Any) -> HouseholdFacts:
    answers = survey_answers(HOUSEHOLD, **changes)
    return _facts(answers)


def _facts(answers: dict[str, Any]) -> HouseholdFacts:
    xml = write_instance(form("survey"), answers, SURVEY_VISIT)
    return survey_facts.household_facts(read_instance(form("survey"), xml).answers, date(2026, 9, 11))


@pytest.mark.law("DB.13")
def test_the_answers_become_the_facts_that_the_calculation_reads() -> None:
    facts = surveyed()

    assert [member.key for member in facts.members] == [HEAD, WIFE, SON]
    [income] = facts.member(WIFE).incomes
    assert (income.kind, income.monthly, income.months) == (IncomeKind.BUSINESS, 100_000, 12)
    assert facts.member(HEAD).born_on == date(1966, 3, 5)
    assert facts.member(HEAD).standing is Standing.COUNTED
    assert facts.member(HEAD).supporters is None
    assert facts.applied_on == date(2026, 9, 11)


@pytest.mark.law("DB.14")
def test_what_could_be_turned_into_money_counts_with_the_deposits() -> None:
    facts = surveyed(assets={"deposits": "100.10", "funds": "0.05", "securities": "3", "claims": "1000"})

    assert facts.assets.deposits == 110_315


@pytest.mark.law("DB.13")
def test_only_wages_carry_the_cost_of_being_employed() -> None:
    answers = survey_answers(HOUSEHOLD)
    answers["members"][0]["incomes"] = [
        {"income_kind": "wage", "monthly": "1800", "months": 6, "employment_cost": "360.00"}
    ]

    [income] = _facts(answers).member(HEAD).incomes
    assert (income.monthly, income.months, income.employment_cost) == (180_000, 6, 36_000)


def test_disability_supporters_and_spending_are_read() -> None:
    answers = survey_answers(HOUSEHOLD)
    answers["members"][0] |= {
        "disabled": True,
        "disability_kind": "limb",
        "disability_grade": "2",
        "supporters_asked": True,
        "supporters": [
            {"name": "王大", "relation": "长子", "household_size": 3, "unable": "severely-disabled"}
        ],
    }
    answers["spending"] = [{"spending_kind": "medical", "total": "31234.56", "person_id": WIFE}]

    facts = _facts(answers)
    disability = facts.member(HEAD).disability
    assert disability is not None
    assert disability.severe
    [supporter] = facts.member(HEAD).supporters or ()
    assert supporter.unable == "severely-disabled"
    [spent] = facts.rigid_spending
    assert (spent.kind, spent.total, spent.member) == (SpendingKind.MEDICAL, 3_123_456, WIFE)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("members[1]/id_number", {"id_number": "140403196603050011"}),
        (
            "members[1]/incomes[1]/monthly",
            {"incomes": [{"income_kind": "wage", "monthly": "1.001", "months": 1}]},
        ),
        (
            "members[1]/disability_grade",
            {"disabled": True, "disability_kind": "limb", "disability_grade": None},
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_named_from_the_root_of_the_form(
    path: str, change: dict[str, Any]
) -> None:
    answers = survey_answers(HOUSEHOLD)
    answers["members"][0] |= change

    with pytest.raises(Invalid) as refusal:
        _facts(answers)
    assert refusal.value.field == path
