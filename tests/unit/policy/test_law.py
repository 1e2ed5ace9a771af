"""Articles, refusals and the register of rules."""

from __future__ import annotations

import re

import pytest

from services.common.policy import articles, assess, clocks, gradual_exit, kinship, publicity
from services.common.policy.articles import ARTICLES, R7_4, ROWS
from services.common.policy.law import RULES, Conflict, Finding, Forbidden, Invalid, Missing, Refused, rule

MODULES = (assess, clocks, gradual_exit, kinship, publicity)


def test_an_article_is_cited_with_its_id_and_its_chinese_title():
    assert str(R7_4) == "R7.4《社会救助动态清零管理制度》第4条"


def test_every_article_is_a_constant_with_a_summary_and_ours_have_an_owner():
    for key, article in ARTICLES.items():
        constant = re.sub(r"\.", "_", key).upper()
        assert getattr(articles, constant) is article
        assert ROWS[key].summary
        assert ROWS[key].owner or not re.match(r"R\d", key)


def test_the_ten_regulations_are_complete():
    counts = {n: sum(key.startswith(f"R{n}.") for key in ARTICLES) for n in range(1, 11)}
    assert counts == {1: 11, 2: 4, 3: 13, 4: 10, 5: 7, 6: 9, 7: 5, 8: 5, 9: 7, 10: 4}


def test_every_registered_rule_cites_articles_that_exist():
    assert len(MODULES) == 5
    assert set(RULES) <= set(ARTICLES)
    assert "services.common.policy.clocks:decision_clock" in RULES["R7.4"]
    for wanted in ("R3.5", "R3.6", "R4.7", "R5.2a", "R5.2c", "R5.3a", "R6.3", "R7.3"):
        assert RULES[wanted]


def test_rule_returns_the_function_unchanged():
    def decide() -> int:
        return 1

    assert rule(R7_4)(decide) is decide
    RULES["R7.4"].pop()


def test_a_refusal_names_its_article_and_keeps_a_stable_code():
    class TooEarly(Refused):
        code = "too-early"

    with pytest.raises(Refused) as refused:
        raise TooEarly(R7_4, "公示期未满")
    assert (refused.value.code, refused.value.article, refused.value.message) == (
        "too-early",
        R7_4,
        "公示期未满",
    )
    assert str(refused.value) == "公示期未满（《社会救助动态清零管理制度》第4条）"


def test_the_other_errors_have_stable_codes_and_sentences():
    assert (Invalid("日期", "请填写").code, str(Invalid("日期", "请填写"))) == ("invalid", "日期：请填写")
    assert (Missing("该案件").code, str(Missing("该案件"))) == ("not-found", "没有找到该案件")
    assert (Conflict("已被修改").code, Conflict("已被修改").message) == ("conflict", "已被修改")
    assert Forbidden("不能办理", R7_4).article is R7_4
    assert Forbidden("不能办理").code == "forbidden"


def test_a_finding_is_a_value_with_its_article_and_facts():
    assert Finding(R7_4, 3, {"text": "x"}) == Finding(R7_4, 3, {"text": "x"})
