"""Roles, posts and the units of the district."""

from __future__ import annotations

import pytest

from services.common.policy.areas import DISTRICT, UNITS, UnitKind, unit
from services.common.policy.law import Invalid, Missing
from services.common.policy.roles import AreaLevel, Post, Role, area_level, covers


def test_every_role_has_its_chinese_name():
    assert len({role.chinese for role in Role}) == len(Role)


@pytest.mark.parametrize(
    ("post", "target", "reaches"),
    [
        ("140403", "140403001", True),
        ("140403", "140403001201", True),
        ("140403001", "140403001201", True),
        ("140403001", "140403002201", False),
        ("140403001", "140403", False),
        ("140403001201", "140403001201", True),
        ("140403001201", "140403001202", False),
    ],
)
def test_a_post_covers_its_own_area_and_what_lies_below(post: str, target: str, reaches: bool):
    assert covers(post, target) is reaches
    assert Post(Role.TOWNSHIP_HANDLER, post).covers(target) is reaches


@pytest.mark.parametrize("code", ["", "14", "1404031", "14040300a", "１４０４０３", "1404030010001"])
def test_what_is_not_an_area_code_is_refused(code: str):
    with pytest.raises(Invalid, match="区划代码"):
        area_level(code)
    with pytest.raises(Invalid):
        covers(code, "140403")


def test_the_levels_are_told_by_the_length_of_the_code():
    levels = [area_level(code) for code in ("140403", "140403001", "140403001201")]
    assert levels == [AreaLevel.DISTRICT, AreaLevel.TOWNSHIP, AreaLevel.VILLAGE]
    assert Post(Role.GRID_WORKER, "140403001201").level is AreaLevel.VILLAGE


def test_the_district_has_13_streets_3_towns_and_3_centres():
    kinds = [unit.kind for unit in UNITS]
    assert [kinds.count(kind) for kind in (UnitKind.STREET, UnitKind.TOWN, UnitKind.CENTRE)] == [13, 3, 3]
    assert all(unit.code.startswith(DISTRICT.code) for unit in UNITS)


def test_the_codes_are_those_of_the_published_data_set():
    codes = " ".join(unit.code.removeprefix("140403") for unit in UNITS)
    assert codes == "001 002 003 004 005 006 007 008 009 010 013 014 015 103 104 105 400 401 403"
    assert [unit(f"140403{n}").name for n in ("010", "013", "015")] == [
        "五马街道",
        "堠北庄街道",
        "大辛庄街道",
    ]


def test_only_a_town_is_called_a_peoples_government():
    for found in UNITS:
        assert ("人民政府" in found.body + found.seal) is (found.kind is UnitKind.TOWN)


def test_a_unit_is_found_by_its_own_code_or_by_that_of_a_village_in_it():
    assert unit("140403103").body == "马厂镇人民政府"
    assert unit("140403014201").body == "老顶山街道办事处"
    with pytest.raises(Missing):
        unit("140403999")
    with pytest.raises(Missing):
        unit("140403")
