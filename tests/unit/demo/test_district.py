"""The demonstration is invented, valid in form, and the same on every machine."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from services.common.policy.areas import DISTRICT, unit
from services.common.policy.identity import IdNumber, redact
from services.common.policy.roles import Role
from services.demo import households as families
from services.demo.district import areas
from services.demo.people import member_of_staff, sign_ins, staff

EVERY_ROLE = frozenset(Role) - {Role.PUBLIC, Role.SYSTEM, Role.OPERATOR, Role.EXTERNAL_SYSTEM}
TOWNSHIP_ROLES = EVERY_ROLE - {
    Role.DISTRICT_HANDLER,
    Role.DISTRICT_LEADER,
    Role.AUDITOR,
}


def everyone() -> list[families.DemoMember]:
    return [member for family in families.households() for member in family.members]


def test_there_are_forty_families_in_villages_of_the_demonstration() -> None:
    codes = {area.code for area in areas()}

    assert len(families.households()) == 40
    assert all(family.village in codes and len(family.village) == 12 for family in families.households())
    assert set(Counter(family.kind for family in families.households()).values()) <= {6, 7}


@pytest.mark.law("GB11643")
def test_every_identity_number_is_valid_in_form_and_nobody_shares_one() -> None:
    numbers = [IdNumber.parse(member.id_number).value for member in everyone()]
    of_staff = [IdNumber.parse(person.id_number).value for person in staff() if person.id_number]
    shared = Counter(numbers) + Counter(of_staff)

    assert [number for number, times in shared.items() if times > 1] == [
        member_of_staff(families.STAFF_IN_FAMILY).id_number
    ]


@pytest.mark.law("GB11643")
def test_residents_keep_the_prefix_of_their_first_registration() -> None:
    prefixes = {member.id_number[:6] for member in everyone()}

    assert {"140402", "140411", "140403"} < prefixes


@pytest.mark.law("GB11643")
def test_somebody_typed_a_small_x() -> None:
    assert [m.id_number[-1] for m in everyone()].count("x") == 1


@pytest.mark.law("R3.10")
def test_a_village_worker_lives_in_one_of_the_families() -> None:
    worker = member_of_staff(families.STAFF_IN_FAMILY)
    [family] = [f for f in families.households() if worker.id_number in {m.id_number for m in f.members}]

    assert family.village == worker.posts[0].area


def test_telephone_numbers_are_given_to_nobody() -> None:
    assert all(family.phone.startswith("1990000") for family in families.households())
    assert all(area.report_phone.startswith("0355-0000") for area in areas())
    assert "1990000" not in redact(families.households()[0].phone)


@pytest.mark.law("R1.1", "R4.4")
def test_two_townships_and_the_district_have_somebody_for_every_role() -> None:
    held = {(post.role, post.area[:9]) for person in staff() for post in person.posts}

    for township in ("140403103", "140403010"):
        assert {role for role, area in held if area == township} == TOWNSHIP_ROLES
    assert {role for role, _ in held} == EVERY_ROLE
    assert {role for role, area in held if area == DISTRICT.code} == EVERY_ROLE - TOWNSHIP_ROLES


@pytest.mark.law("R1.1")
def test_one_village_without_a_grid_worker_shows_as_a_gap() -> None:
    covered = {p.area for person in staff() for p in person.posts if p.role is Role.GRID_WORKER}

    assert [area.name for area in areas() if len(area.code) == 12 and area.code not in covered] == ["石桥村"]


def test_everyone_signs_in_under_an_account_of_their_own() -> None:
    accounts = [line.account for line in sign_ins()]

    assert len(accounts) == len(set(accounts)) == len(staff()) + 1
    assert {"operator", "grid.wangfang", "handler.zhaoxiaoyan"} <= set(accounts)


def test_townships_are_real_and_named_by_the_district() -> None:
    townships = {unit(area.code).name for area in areas() if len(area.code) == 9}

    assert townships == {"马厂镇", "黄碾镇", "五马街道"}


def test_another_process_makes_the_same_families_and_staff() -> None:
    program = (
        "from services.demo.households import households; from services.demo.people import staff;"
        "print(households(), staff())"
    )
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert other.stdout.strip() == f"{families.households()} {staff()}"
