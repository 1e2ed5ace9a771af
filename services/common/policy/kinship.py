"""Who is near kin to a staff member, in the words that people use for their relations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from services.common.policy.articles import R3_1, R3_5, R3_6
from services.common.policy.law import Article, Finding, Invalid, rule
from services.common.policy.parameters import Policy
from services.common.policy.shipped import shipped


class _Bond(StrEnum):
    """How a relation came about, which decides the article it rests on."""

    SELF = "self"
    NEAR = "near"
    EXTENDED = "extended"
    DEPENDENT_STEP = "dependent-step"
    NOT_NEAR = "not-near"


@dataclass(frozen=True, slots=True)
class _Relation:
    word: str
    group: str
    bond: _Bond


@rule(R3_1, R3_5, R3_6)
def near_kin(relation: str, policy: Policy, on: date, widened_here: Collection[str] = ()) -> Finding[bool]:
    """Whether the relation counts, by the list of the regulation and the widening in force that day.

    `widened_here` is what the township itself counts beyond the district's widening.
    """
    found = _read(relation)
    near = policy.words("kin.near", on)
    widened = (*policy.words("kin.local_widening", on), *widened_here)
    by_local_widening = found.group in widened or found.word in widened
    counts = found.bond is _Bond.SELF or found.group in near or by_local_widening
    if found.bond is _Bond.DEPENDENT_STEP and _denies_dependence(relation):
        counts = False
    article = _article(found.bond)
    facts: dict[str, object] = {
        "relation": found.word,
        "group": found.group,
        "local_widening": by_local_widening and found.group not in near,
        "only_if_dependent": found.bond is _Bond.DEPENDENT_STEP,
        "revision": policy.revision,
        "text": _text(found, article, counts=counts, widened=by_local_widening),
    }
    return Finding(article, counts, facts)


def _article(bond: _Bond) -> Article:
    if bond is _Bond.SELF:
        return R3_1
    return R3_6 if bond in (_Bond.EXTENDED, _Bond.DEPENDENT_STEP) else R3_5


def _text(found: _Relation, article: Article, *, counts: bool, widened: bool) -> str:
    if found.bond is _Bond.SELF:
        return f"申请人本人就是经办人员或村(居)工作人员的，同样应当声明并备案（{article.title}）"
    if not counts:
        hint = _IN_LAW_HINTS.get(found.word, "")
        return f"{found.word}不在近亲属范围内（{article.title}）{hint}"
    because = "，按本地扩大的备案范围" if widened else ""
    step = "，以有抚养关系为限" if found.bond is _Bond.DEPENDENT_STEP else ""
    return f"{found.word}属于近亲属（{found.group}）{because}{step}（{article.title}）"


# The list names parents-in-law but not children-in-law, so it matters whose relation the word states.
_IN_LAW_HINTS = {
    word: f"；如果申请人是工作人员的{whose}，请按“{whose}”登记"
    for word, whose in (("女婿", "岳父母"), ("儿媳", "公婆"), ("儿媳妇", "公婆"))
}
_DEPENDENCE = re.compile(r"[(,，]?(?P<negated>无|没有?|未|非)?(有|已)?(形成)?抚养(关系|教育)?的?\)?")
_WHOSE = re.compile(r"^(我|他|她|申请人|本人)的?(?=.)")


def _denies_dependence(relation: str) -> bool:
    match = _DEPENDENCE.search(_normal(relation))
    return bool(match and match["negated"])


def _normal(relation: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", relation))


def _read(relation: str) -> _Relation:
    text = _normal(relation)
    if not text:
        raise Invalid("关系", "请填写关系，例如：父亲、岳父、哥哥、外甥")
    word = text if text in _words() else _WHOSE.sub("", _DEPENDENCE.sub("", text))
    asked: dict[str, str] = shipped("kinship.toml")["ask"]
    if word in asked:
        raise Invalid("关系", f"“{word}”说法不明，请写明{asked[word]}")
    if word in _words():
        return _words()[word]
    raise Invalid(
        "关系",
        f"不认识“{relation.strip()[:20]}”，请改用常用称呼，例如：父亲、岳母、公公、丈夫、女儿、弟弟、姥爷、孙子、"
        "养父、继母、表哥；实在不在其中的，按最接近的称呼填写并在备注中说明",
    )


@cache
def _words() -> dict[str, _Relation]:
    data = shipped("kinship.toml")
    words = {w: _Relation(w, "本人", _Bond.SELF) for w in data["self"]["words"]}
    for section, bond in (
        ("near", _Bond.NEAR),
        ("extended", _Bond.EXTENDED),
        ("dependent_step", _Bond.DEPENDENT_STEP),
    ):
        for group, names in data[section].items():
            words |= {name: _Relation(name, group, bond) for name in names}
    words |= {w: _Relation(w, w, _Bond.NOT_NEAR) for w in data["not_near"]["words"]}
    return words
