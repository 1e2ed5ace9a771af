"""What the surveyors write down at the family's home."""

from __future__ import annotations

from collections.abc import Sequence

from services.common.forms.answers import Picture
from services.common.policy.areas import unit
from services.demo.people import DemoStaff
from services.story import family


def survey_answers(task_id: str, surveyors: Sequence[DemoStaff]) -> dict[str, object]:
    """The filled-in survey: incomes of 1,000 yuan a month together, nothing beyond the limits."""
    return {
        "head": {
            "task_id": task_id,
            "visited_on": "2026-09-16",
            "place": "home",
            "mode": "home",
            "category": "dibao",
            "registration": "rural",
            "occasion": "first",
            "address": family.ADDRESS,
            "phone": family.PHONE,
        },
        "members": [
            _member(family.HEAD, "flexible", "3", "partial", "business", family.BUSINESS_FEN),
            _member(family.WIFE, "flexible", "1", "full", "transfer", family.TRANSFER_FEN),
            _member(family.DAUGHTER, "student", "1", "none"),
        ],
        "assets": {
            "houses": 1,
            "vehicles": 0,
            "deposits": _yuan(family.DEPOSITS_FEN),
            "business": "no",
            "meets_limits": "yes",
        },
        "living": {"food": "basic", "narrative": "三口人住小区楼房，家具简单，生活节俭。"},
        "conclusion": {
            "finding": "收入、财产与申报一致，生活确有困难。",
            "proposed": "dibao",
            "single_person": "no",
            "policy_told": "yes",
            "door": Picture("door.jpg"),
            "living_room": Picture("living-room.jpg"),
            "surveyors": [_surveyor(person, number) for number, person in enumerate(surveyors, 1)],
            "family_signed": "yes",
            "family_signer": family.HEAD.name,
            "family_signature": Picture("signature-family.jpg"),
        },
    }


def _member(
    member: family.Member, employment: str, health: str, labour: str, income: str = "", monthly: int = 0
) -> dict[str, object]:
    return {
        "person_id": member.person_id,
        "name": member.name,
        "id_number": member.id_number,
        "relation": member.relation,
        "standing": "counted",
        "presence": "home",
        "health": health,
        "seriously_ill": "no",
        "disabled": "no",
        "labour": labour,
        "employment": employment,
        "is_kin": "yes" if member is family.WIFE else "no",
        "incomes": [{"income_kind": income, "monthly": _yuan(monthly), "months": 12}] if income else [],
        "supporters_asked": "no",
    }


def _surveyor(person: DemoStaff, number: int) -> dict[str, object]:
    post = person.posts[0]
    return {
        "staff_id": person.staff_id,
        "name": person.name,
        "unit": unit(post.area).body,
        "post": post.role.chinese,
        "signature": Picture(f"signature-{number}.jpg"),
    }


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
