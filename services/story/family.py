"""The family of the story: a couple and their daughter in a compound of 清泉村, with kin among staff."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from services.demo.district import QINGQUAN
from services.demo.numbers import fictional_id_number, fictional_phone, seeded

SEED = 2026_09_14
NAMESPACE = UUID("6a69757a-6875-4064-8d6f-0000000570a7")
TOWNSHIP, VILLAGE, COMPOUND = QINGQUAN[:9], QINGQUAN, "清泉新居"
ADDRESS = "马厂镇清泉村清泉新居3号楼2单元402室"
PHONE = fictional_phone(402)

# 韩秀兰 is a sister of this handler of the township: he is recused from everything about the family.
KIN_ON_STAFF = "handler.hanzhigang"
RELATION_TO_STAFF = "姐姐"

# Per month, in fen. 760 × 3 − 1,000 = 1,280 yuan.
BUSINESS_FEN = 80_000
TRANSFER_FEN = 20_000
DEPOSITS_FEN = 1_200_000
AMOUNT_FEN = 128_000
CAUSE = "illness"


@dataclass(frozen=True, slots=True)
class Member:
    """One member, as the application asks."""

    person_id: str
    name: str
    id_number: str
    relation: str


def _members() -> tuple[Member, ...]:
    chance = seeded(SEED)
    people = (("崔建林", "户主", 1979, False), ("韩秀兰", "配偶", 1981, True), ("崔雨晴", "女", 2010, True))
    return tuple(
        Member(str(uuid5(NAMESPACE, name)), name, fictional_id_number(chance, born, female=female), relation)
        for name, relation, born, female in people
    )


MEMBERS = _members()
HEAD, WIFE, DAUGHTER = MEMBERS
PERSON_IDS = tuple(member.person_id for member in MEMBERS)
HOUSEHOLD_ID = str(uuid5(NAMESPACE, "household"))
