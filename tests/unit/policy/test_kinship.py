"""Near kin in people's own words."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.policy.kinship import near_kin
from services.common.policy.law import Invalid
from services.common.policy.parameters import Policy

DAY = date(2026, 9, 14)
NEAR = (
    "父亲 妈妈 岳父 岳母 丈母娘 老丈人 配偶 丈夫 老婆 爱人 儿子 闺女 "
    " 小女儿 哥哥 二姐 弟弟 爷爷 奶奶 姥爷 姥姥 外公 外婆 "
    "孙子 孙女 外孙 外孙女 我妈妈 申请人的儿子"
)
EXTENDED = (
    "养父 养母 养子 非婚生子 同父异母 同母异父的姐姐 养兄 "
    "继父 继母(有抚养关系) 有抚养关系的继子 继女（有抚养关系）"
)
NOT_NEAR = "表哥 堂弟 侄子 叔叔 舅舅 姑姑 外甥 嫂子 姐夫 女婿 儿媳 亲家 邻居 继兄 干爹"


@pytest.mark.law("R3.5")
@pytest.mark.parametrize("relation", NEAR.split())
def test_parents_in_law_spouse_children_siblings_and_grandparents_are_near_kin(relation: str, policy):
    found = near_kin(relation, policy, DAY)
    assert (found.value, found.article.id) == (True, "R3.5")


@pytest.mark.law("R3.6")
@pytest.mark.parametrize("relation", EXTENDED.split())
def test_adoptive_dependent_step_out_of_wedlock_and_half_blood_are_near_kin(relation: str, policy):
    found = near_kin(relation, policy, DAY)
    assert (found.value, found.article.id) == (True, "R3.6")


@pytest.mark.law("R3.6")
@pytest.mark.parametrize("relation", ["无抚养关系的继父", "没有抚养关系的继母", "继子（未形成抚养关系）"])
def test_step_relations_without_dependence_are_not_near_kin(relation: str, policy):
    assert not near_kin(relation, policy, DAY).value


@pytest.mark.law("R3.5")
@pytest.mark.parametrize("relation", NOT_NEAR.split())
def test_other_relatives_are_not_near_kin(relation: str, policy):
    assert not near_kin(relation, policy, DAY).value


@pytest.mark.law("R3.5")
def test_the_husbands_parents_are_near_kin_by_local_widening_only(policy, amended):
    found = near_kin("公公", policy, DAY)
    assert found.value
    assert found.facts["local_widening"]
    assert not near_kin("公公", amended({"kin.local_widening": []}), DAY).value


@pytest.mark.law("R3.5")
def test_a_township_may_widen_the_list(amended):
    policy = amended({"kin.local_widening": ["公婆", "女婿", "侄子"]})
    assert near_kin("女婿", policy, DAY).value
    assert near_kin("侄子", policy, DAY).value
    assert not near_kin("表哥", policy, DAY).value


@pytest.mark.law("R3.1")
def test_an_applicant_who_is_staff_declares_too(policy):
    found = near_kin("本人", policy, DAY)
    assert (found.value, found.article.id) == (True, "R3.1")


@pytest.mark.parametrize(
    ("relation", "says"), [("", "请填写"), ("媳妇", "儿媳"), ("亲戚", "写明"), ("老王", "不认识")]
)
def test_an_unclear_word_is_refused_with_what_to_do(relation: str, says: str, policy):
    with pytest.raises(Invalid, match=says):
        near_kin(relation, policy, DAY)


@given(st.text(max_size=12))
def test_any_text_is_a_relation_or_refused(relation: str):
    with suppress(Invalid):
        assert near_kin(relation, Policy.shipped(), DAY).value in (True, False)
